"""File names: the endings of Markdown, and the number or date before the name of an article."""

from __future__ import annotations

import datetime
import math
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

# Endings of text that is Markdown, perhaps with additions of one program, in lower case.
ENDINGS = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkdn",
    ".mkd",
    ".mdwn",
    ".mdx",
    ".qmd",
    ".rmd",
    ".livemd",
)
INDEXES = ("_index", "index", "readme")  # names of the file that opens its folder, the best first
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # of what authors name in settings, such as a style
BUNDLE = ".textbundle"  # behind the name of a folder with an article and its pictures, as Bear exports it
HOME = "home"  # the first page of a wiki
TAGGED = re.compile(r"(.+)\.[a-z]{2}(?:-[a-z]{2,4})?", re.I)  # with the tag of a language

# `2024-05-01-`, `20240501-`: of a blog. `3-`, `1_2-`, `1.2. `: of a chapter, but a year alone is not a number, and `21 08 2026` is a name.
DATE = re.compile(r"\A((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?:[-_. ]+(?=.)|$)", re.ASCII)
NUMBER = re.compile(r"\A(?!(?:19|20)\d\d[-_. ])\d+(?:[._]\d+)*[-_. ]+(?=.*[^\d\s._-])", re.ASCII)


def is_markdown(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def stem_of(path: str) -> str:
    """Return the name of a file without the ending of Markdown, as of no other."""
    name = posixpath.basename(path)
    ending = next((e for e in ENDINGS if name.lower().endswith(e)), "")
    return name[: len(name) - len(ending)]


def is_below(path: str, folder: str) -> bool:
    """Return whether a path is in `folder`, which is `.` for all files."""
    return folder == "." or path.startswith(f"{folder}/")


def is_index(path: str) -> bool:
    """Return whether a file opens its folder, and has the folder's name."""
    return untagged(stem_of(path)).lower() in INDEXES


def untagged(stem: str) -> str:
    """Return a name without the tag of a language behind it: `index` for `index.en`."""
    found = TAGGED.fullmatch(stem)
    return found[1] if found else stem


def bare(stem: str) -> str:
    """Return a name without the number or the date before it, unless it has nothing else."""
    if date_in(DATE.match(stem)):
        return DATE.sub("", stem, count=1) or stem
    return NUMBER.sub("", stem, count=1)


def date_of(path: str) -> datetime.date | None:
    """Return the date that the name of a file begins with, or that of its folder if it opens one."""
    return date_in(DATE.match(named_by(path)))


def named_by(path: str) -> str:
    """Return the part of a path that names the article: the stem, or the folder that the file opens or that is its bundle."""
    folder = posixpath.basename(posixpath.dirname(path))
    if folder.lower().endswith(BUNDLE):
        return folder[: -len(BUNDLE)]
    return folder if folder and is_index(path) else stem_of(path)


def date_in(found: re.Match[str] | None) -> datetime.date | None:
    """Return the date whose year, month and day were found, or None for a day that does not exist."""
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def reading_order(
    paths: Iterable[str], positions: Mapping[str, float] | None = None
) -> tuple[str, ...]:
    """Return `paths` in reading order: in each folder its index first, then by position, then by name.

    `positions` are those that authors gave to files and folders.
    """
    given = positions or {}

    def key(path: str) -> list[Any]:
        ways = list(accumulate(path.split("/"), "{}/{}".format))
        return [
            (
                way != path or not (is_index(path) or stem_of(path).lower() == HOME),
                given.get(way, math.inf),
                as_counted(posixpath.basename(way) if way != path else stem_of(way)),
                way,
            )
            for way in ways
        ]

    return tuple(sorted(paths, key=key))


def as_counted(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Return a key that sorts names as people do: `2-` before `10-`, and `a` beside `A`."""
    folded = unicodedata.normalize("NFC", name).casefold()
    pieces = re.findall(r"(\d+)|(\D+)", folded, re.ASCII)
    return tuple((not digits, int(digits or 0), other) for digits, other in pieces)
