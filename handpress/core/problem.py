"""Problems: one mistake of an author as data, with its place in the source.

A problem has a place, what is wrong, why, and how to fix it. The wording is in :mod:`.core.catalogue`; each
code there is a heading in the README and a case in ``tests/cases``. The stages gather problems and go on;
nobody raises one to stop at the first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from handpress.core.catalogue import KINDS, Severity
from handpress.core.escaping import escaped, one_line


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file as the user knows it, line and column from 1, a length in characters.

    `text` is the whole line, kept so that a message can show it without reading the file again.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing to fix. Made by :func:`problem`; `what`, `why` and `help` are whole sentences."""

    place: Place
    code: str
    severity: Severity
    what: str
    why: str
    help: str


def problem(code: str, place: Place, /, meant: str | None = None, **facts: object) -> Problem:
    """Make the problem `code` at `place`; `facts` fill the braces of its wording.

    `meant`, when given, is what the author most likely meant, and takes the place of the help.
    """
    kind = KINDS[code]
    filled = {
        key: one_line(escaped(str(value)) if key in NAMES else str(value))
        for key, value in facts.items()
    }
    fix = f"did you mean `{escaped(meant)}`?" if meant else kind.help.format(**filled)
    what, why = kind.what.format(**filled), kind.why.format(**filled)
    return Problem(place, code, kind.severity, what, why, fix)


class BrokenLayout(Exception):
    """A template or a words file of the workspace that cannot be used."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.what)
        self.problem = found


# Facts that are names of files: they are shown letter by letter, other facts as one reads them.
NAMES = frozenset({"file", "folder", "other", "article"})


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What the author most likely meant by `word`, or None if nothing known is near."""
    folded = {k.casefold(): k for k in sorted(known)}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, sorted by where it stands."""
    return sorted(set(problems), key=lambda p: (p.place, p.code, p.what, p.why))
