"""Values of settings: a function for each kind checks the text and converts it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from handpress.assets.colour import Colour, parse_colour
from handpress.core.files.file_names import NAME
from handpress.core.problems.problem import nearest
from handpress.core.units import SIDES

# Keys with text that is printed as the text of an article is.
PROSE = frozenset(
    {"title", "subtitle", "summary", "description", "publisher", "rights", "collection", "name", "file_as",
     "credentials", "role", "short", "practitioner", "address", "hours", "note"}
)  # fmt: skip
# Those of them that are titles.
TITLES = frozenset({"title", "subtitle"})
LONGEST = 100  # letters of a name in addresses: file systems allow 255, including endings


class Wrong(ValueError):
    """A value that does not fit its key: the reason, and an example to follow."""

    def __init__(self, reason: str, example: str, meant: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.example, self.meant = reason, example, meant


# Readers of one value: they convert the author's text to a Python value, or raise Wrong.


def text(written: str) -> str:
    return " ".join(written.split())


# Markdown within a line: code, emphasis and links. A star or a tick that is alone is text.
_MARKED = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)|(?<![\w*~\\])(?P<marks>\*{1,3}|~~)(?=\S)(?P<words>.+?)(?<=\S)(?P=marks)(?![\w*~])"
    r"|\[(?P<link>[^\[\]]+)\]\([^()\s]+\)"
)


def without_marks(written: str) -> str:
    """Return a title without the marks of Markdown in it, since it is shown where there are only words."""
    return _MARKED.sub(_unmarked, written)


def _unmarked(found: re.Match[str]) -> str:
    return found["code"] or without_marks(found["words"] or found["link"])


def filled(written: str) -> str:
    if not written.strip():
        raise Wrong("it is empty", "write a value, or delete the line")
    return text(written)


def date(written: str) -> datetime.date:
    """Read a day, as it is written in any time zone: a time after it is left out."""
    found = next((match for form in DATES if (match := form.match(written.strip()))), None)
    try:
        parts = found.groupdict() if found else {}
        if "moment" in parts:
            return (EPOCH + datetime.timedelta(seconds=int(parts["moment"]))).date()
        if "either" in parts:
            return _either(int(parts["either"]), int(parts["other"]), int(parts["year"]))
        month = parts["month"]
        number = MONTHS[month[:3].casefold()] if month.isalpha() else int(month)
        return datetime.date(int(parts["year"]), number, int(parts["day"]))
    except (KeyError, ValueError):
        raise Wrong(
            f"`{written}` is not a date", "write it as year-month-day, such as 2026-11-22"
        ) from None


def _either(first: int, second: int, year: int) -> datetime.date:
    """Return the date of ``22/11/2026``, if the day cannot be the month as well."""
    if first <= 12 and second <= 12 and first != second:
        raise ValueError
    day, month = (first, second) if first > 12 else (second, first)
    return datetime.date(year, month, day)


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
# A time, or the end of the text.
TIME = r"(?=$|[T\s,]\s*(?:at\s+)?\d{1,2}[:.h]\d)"
MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
YEAR = r"(?P<year>\d{4})"
WEEKDAY = r"(?:[^\W\d_]{2,9}\.?,?\s+)?"
DATES = tuple(
    re.compile(form)
    for form in (
        r"(?P<moment>1\d{9})(?:\d{3})?$",  # seconds or milliseconds since 1970, as in Dendron
        rf"{YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){TIME}",
        rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d){TIME}",
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:[\d:]+\s+(?:[A-Z]{{3,4}}\s+)?)?{YEAR}{TIME}",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º)?(?:\s+de)?[\s-]+{MONTH}(?:\s+de)?,?[\s-]+{YEAR}{TIME}",
        rf"(?P<either>\d{{1,2}})(?P<sign>[-/.])(?P<other>\d{{1,2}})(?P=sign){YEAR}{TIME}",
    )
)
# The first three letters of the names of months, in English, German and Spanish.
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene jän", "feb", "mar mär", "apr abr", "may mai", "jun", "jul", "aug ago", "sep set",
         "oct okt", "nov", "dec dez dic"),
        1,
    )
    for name in names.split()
}  # fmt: skip


def whole(written: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", written):
        raise Wrong(f"`{written}` is not a whole number from 1 to 9999", "write a number such as 1")
    return int(written)


def pages(written: str) -> int:
    """Read a number of pages, also one of sheets of paper, which have two each."""
    found = re.fullmatch(r"([1-9]\d{0,2})(?: (sheets?|pages?))?", written)
    if not found:
        why = f"`{written}` is neither a number of pages nor of sheets"
        raise Wrong(why, "write 2, or 1 sheet")
    return int(found[1]) * (SIDES if (found[2] or "").startswith("sheet") else 1)


def number(written: str) -> float:
    """Read a number by which articles are sorted."""
    if not re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", written):
        raise Wrong(f"`{written}` is not a number", "write a number such as 10")
    return float(written)


def thickness(written: str) -> float:
    """Read the thickness of a leaf of paper in millimetres."""
    if not re.fullmatch(r"0?\.\d{1,4}", written):
        raise Wrong(
            f"`{written}` is not the thickness of paper in millimetres", "write one such as 0.1"
        )
    return float(written)


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
    """Read a tag of RFC 5646, by which EPUB readers and PDF viewers select a voice.

    ``en_US.UTF-8`` and `English` are read as well.
    """
    tag = re.sub(r"[.@].*", "", written.strip()).replace("_", "-")
    tag = LANGUAGES.get(tag.casefold(), tag)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise Wrong(f"`{written}` is not a language tag", "use a tag such as en, en-GB or de")
    first, *rest = tag.split("-")
    cased = {2: str.upper, 4: str.title}  # a region, a script (section 2.1.1)
    return "-".join((first.lower(), *(cased.get(len(p), str.lower)(p) for p in rest)))


LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "castellano": "es",
    "french": "fr", "français": "fr", "italian": "it", "italiano": "it", "portuguese": "pt",
    "português": "pt", "dutch": "nl", "nederlands": "nl", "polish": "pl", "polski": "pl", "arabic": "ar",
    "العربية": "ar", "hebrew": "he", "עברית": "he", "persian": "fa", "farsi": "fa", "urdu": "ur",
    "russian": "ru", "русский": "ru", "chinese": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja",
    "korean": "ko", "한국어": "ko", "turkish": "tr", "türkçe": "tr", "swedish": "sv", "svenska": "sv",
}  # fmt: skip


def name(written: str) -> str:
    if not NAME.fullmatch(written):
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


def known_as(names: Iterable[str], kind: str, advice: str) -> Callable[[str], str]:
    """Return a reader of one of the `names`, whatever its spaces, hyphens and capitals."""

    def read(written: str) -> str:
        if (found := known.get(_letters(written))) is None:
            meant = nearest(written, known.values())
            raise Wrong(
                f"there is no {kind} `{written}`", f"{advice}: {', '.join(known.values())}", meant
            )
        return found

    known = {_letters(each): each for each in sorted(names)}
    return read


def _letters(written: str) -> str:
    return re.sub(r"[\W_]", "", written).casefold()


def colour(written: str) -> Colour:
    """Read a colour in any notation of CSS."""
    if (found := parse_colour(written)) is None:
        raise Wrong(
            f"`{written}` is not a colour",
            'write it in quotes, such as "#7a1f3d", or by its name, such as teal',
        )
    return found


class Fields(Struct, frozen=True):
    """A mapping with a table of keys of its own; one value alone is that of the key `alone`.

    `owner` names the owner of the keys in messages.
    """

    keys: Mapping[str, Callable[[str], Any]]
    alone: str
    owner: str


class People(Struct, frozen=True):
    """Authors: names, or mappings with more, read by :mod:`.settings.people`."""


class Many(Struct, frozen=True):
    """A list of values, each read by `each`; one value alone is a list of one."""

    each: Callable[[str], Any]


class Grouped(Struct, frozen=True):
    """A list of values, some of them in a list below a title (`- Title: [first, second]`).

    A value is a pair of its title, "" without one, and what `each` reads.
    """

    each: Callable[[str], Any]


class Record(Struct, frozen=True):
    """A mapping with keys of its own, or (with `each`) with any keys and values of one kind."""

    each: Callable[[str], Any]


class ByLanguage(Struct, frozen=True):
    """One value for all languages, or a mapping of language tags to values; "" is any other language."""

    each: Callable[[str], Any] | Many


class Lists(Struct, frozen=True):
    """A mapping of lists, with names read by `name` and non-empty lists of values read by `each`.

    The place of the `n`-th value of a list is that of ``key.name``, `n`.
    """

    each: Callable[[str], Any]


Reader = Callable[[str], Any] | People | Many | Grouped | Record | ByLanguage | Lists | Fields
