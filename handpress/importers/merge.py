"""Merging: a new import and the author's changes since the last one, line by line, with conflicts marked."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

MINE, BETWEEN, THEIRS = "<<<<<<< yours\n", "=======\n", ">>>>>>> imported\n"


class Merged(NamedTuple):
    """A merged text, and the number of its conflicts."""

    text: str
    conflicts: int


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return `mine` with the changes from `base` to `theirs`."""
    if mine in (theirs, base):
        return Merged(theirs, 0)
    if theirs == base:
        return Merged(mine, 0)
    a, b, c = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    a, b, c = ([*lines[:-1], _ended(lines[-1])] if lines else [] for lines in (a, b, c))
    made: list[str] = []
    conflicts = 0
    at, in_mine, in_theirs = 0, 0, 0
    for start, end, mine_at, theirs_at in _common(a, b, c):
        old, own, new = a[at:start], b[in_mine:mine_at], c[in_theirs:theirs_at]
        if own == new or new == old:
            made += own
        elif own == old:
            made += new
        else:
            conflicts += 1
            made += [MINE, *own, BETWEEN, *new, THEIRS]
        made += a[start:end]
        at, in_mine, in_theirs = end, mine_at + end - start, theirs_at + end - start
    return Merged("".join(made), conflicts)


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n"


def _common(a: list[str], b: list[str], c: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs of lines that all three have: first and last in `a`, first in `b` and in `c`; then the end."""
    mine = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    theirs = SequenceMatcher(None, a, c, autojunk=False).get_matching_blocks()
    m = t = 0
    while m < len(mine) and t < len(theirs):
        one, two = mine[m], theirs[t]
        start, end = max(one.a, two.a), min(one.a + one.size, two.a + two.size)
        if start < end:
            yield start, end, one.b + start - one.a, two.b + start - two.a
        if one.a + one.size < two.a + two.size:
            m += 1
        else:
            t += 1
    yield len(a), len(a), len(b), len(c)
