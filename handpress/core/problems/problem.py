"""Problems: an author's mistakes as data, with their places in the source.

A problem has a place, what is wrong, why, and how to fix it. The wording is in :mod:`.core.problems.catalogue`, or in the
module of a rule on finished pages; each code has a page in `docs/messages`. Each stage collects problems and continues,
instead of raising the first.

These are named tuples, not structs, since `doctor` has problems to report where no package is installed. To make them takes
a tenth of the time of dataclasses, which is much of a build with nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handpress.core.problems.catalogue import KINDS, Kind, Severity
from handpress.core.problems.escaping import escaped, one_line


class Place(NamedTuple):
    """A position in a source: the file as the user knows it, line and column from 1, length in characters.

    `text` is the complete line, so that a message can show it without reading the file again.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""


class Problem(NamedTuple):
    """One thing to fix, made by :func:`problem`; `what`, `why` and `help` are complete texts.

    Problems with the same code, `what`, `help` and `cause` are of one kind: one message is enough for all. It is
    enough for those of one code that are `gathered` too.
    """

    place: Place
    code: str
    severity: Severity
    what: str
    why: str
    help: str
    cause: str = ""  # `why`, without the facts that differ from place to place
    gathered: bool = False


def problem(code: str, place: Place, /, meant: str | None = None, **facts: object) -> Problem:
    """Return the problem `code` at `place`; `facts` fill the braces of its wording.

    `meant`, the author's likely intention, replaces the help if given.
    """
    return problem_of(KINDS[code], code, place, facts, meant)


def problem_of(
    kind: Kind, code: str, place: Place, facts: Mapping[str, object], meant: str | None = None
) -> Problem:
    """Return the problem `code` with the wording of `kind`, which need not be in the catalogue."""
    filled = {
        key: one_line(escaped(str(value)) if key in NAMES else str(value))
        for key, value in facts.items()
    }
    fix = f"did you mean `{escaped(meant)}`?" if meant else kind.help.format(**filled)
    what, why = kind.what.format(**filled), kind.why.format(**filled)
    cause = kind.why.format(**(filled | dict.fromkeys(LOCAL & filled.keys(), "")))
    return Problem(place, code, kind.severity, what, why, fix, cause, kind.gathered and not meant)


class BrokenLayout(Exception):
    """An unusable template or words file of the workspace."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.what)
        self.problem = found


# Facts that are names of files: shown with all characters escaped, other facts as readable text.
NAMES = frozenset({"file", "folder", "other", "article"})

# Facts that differ from place to place although the cause is the same.
LOCAL = frozenset(
    {
        "amount",
        "artefact",
        "byte",
        "file",
        "lines",
        "other",
        "page",
        "ratio",
        "size",
        "target",
        "written",
    }
)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the closest match for `word`, or None if no known word is similar."""
    import difflib

    folded = {k.casefold(): k for k in sorted(known)}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, sorted by place."""
    return sorted(set(problems), key=lambda p: (p.place, p.code, p.what, p.why))
