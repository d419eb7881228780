"""Values of settings: a function for each kind checks the text and converts it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handpress.core.problem import nearest

# Keys with text that is printed as the text of an article is.
PROSE = frozenset(
    {"title", "subtitle", "summary", "description", "publisher", "rights", "collection", "name", "file_as",
     "credentials", "role", "short", "practitioner", "address", "hours", "note"}
)  # fmt: skip
LONGEST = 100  # letters of a name in addresses: file systems allow 255, including endings


class Wrong(ValueError):
    """A value that does not fit its key: the reason, and an example to follow."""

    def __init__(self, reason: str, example: str, meant: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.example, self.meant = reason, example, meant


# Readers of one value: they convert the author's text to a Python value, or raise Wrong.


def text(written: str) -> str:
    return " ".join(written.split())


def filled(written: str) -> str:
    if not written.strip():
        raise Wrong("it is empty", "write a value, or delete the line")
    return text(written)


def date(written: str) -> datetime.date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            raise ValueError
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise Wrong(
            f"`{written}` is not a date", "write it as year-month-day, such as 2026-11-22"
        ) from None


def whole(written: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", written):
        raise Wrong(f"`{written}` is not a whole number from 1 to 9999", "write a number such as 1")
    return int(written)


def flag(written: str) -> bool:
    if written.lower() not in ("true", "false", "yes", "no"):
        raise Wrong(f"`{written}` is neither true nor false", "write true or false")
    return written.lower() in ("true", "yes")


def address(written: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", written):
        raise Wrong(
            f"`{written}` is not a web address", "write it out, such as https://example.org/series/"
        )
    return written


def website(written: str) -> str:
    """Read a web address as printed, which may lack its `https://`."""
    host, _, _ = written.partition("/")
    if re.fullmatch(r"[\w\-]+(\.[\w\-]+)+(:\d+)?", host):
        address(f"https://{written}")
        return written
    return address(written)


def language(written: str) -> str:
    # A plain tag of RFC 5646: EPUB readers and PDF viewers select a voice by it.
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", written):
        raise Wrong(f"`{written}` is not a language tag", "use a tag such as en, en-GB or de")
    return written


def name(written: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written):
        raise Wrong(f"`{written}` is not a valid name", "use small letters, digits and hyphens")
    if len(written) > LONGEST:
        raise Wrong(f"it is {len(written)} letters long", f"use at most {LONGEST}")
    return written


def isbn(written: str) -> str:
    """Read the thirteen digits of an ISBN (ISO 2108), and verify the check digit."""
    digits = re.sub(r"[\s-]", "", written.upper().removeprefix("ISBN"))
    example = "copy it from your ISBN agency, in the form 978-1-86197-876-9"
    if not re.fullmatch(r"97[89]\d{10}", digits):
        raise Wrong(f"`{written}` is not a thirteen-digit ISBN", example)
    check = -sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits[:12])) % 10
    if check != int(digits[12]):
        raise Wrong(f"`{written}` has a wrong digit: its check digit should be {check}", example)
    return digits


def one_of(*known: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written not in known:
            meant = nearest(written, known)
            raise Wrong(f"unknown value `{written}`", f"use one of: {', '.join(known)}", meant)
        return written

    return read


@dataclass(frozen=True)
class Many:
    """A list of values, each read by `each`; one value alone is a list of one."""

    each: Callable[[str], Any]


@dataclass(frozen=True)
class Record:
    """A mapping with keys of its own, or (with `each`) with any keys and values of one kind."""

    each: Callable[[str], Any]


@dataclass(frozen=True)
class ByLanguage:
    """One value for all languages, or a mapping of language tags to values; "" is any other language."""

    each: Callable[[str], Any]


@dataclass(frozen=True)
class Lists:
    """A mapping of lists, with names read by `name` and non-empty lists of values read by `each`.

    The place of the `n`-th value of a list is that of ``key.name``, `n`.
    """

    each: Callable[[str], Any]


Reader = Callable[[str], Any] | Many | Record | ByLanguage | Lists
