"""Lines: what the rules of all block notations do with the lines of a container."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from markdown_it.rules_block import StateBlock


@lru_cache(maxsize=32)  # a few signs of a paragraph and of the labels in it
def last_of(sign: str, text: str) -> int:
    """Return the place of the last `sign` in `text`, or -1: behind it, no rule has to look for one.

    A paragraph may have thousands of beginnings without an end. To look for the end of each would take long.
    """
    return text.rfind(sign)


def line_at(state: StateBlock, line: int) -> str:
    """Return the text of a line within its container, without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def indented_as_code(state: StateBlock, line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= 4


def outside(state: StateBlock, line: int) -> bool:
    """Return whether `line` has words, and is indented less than the container of the block being read."""
    return not state.isEmpty(line) and state.sCount[line] < state.blkIndent


def interrupted(state: StateBlock, line: int, end: int, what: str) -> bool:
    """Return whether a block that may interrupt `what` begins at `line`."""
    silent = True
    return any(rule(state, line, end, silent) for rule in state.md.block.ruler.getRules(what))


def read_inside(
    state: StateBlock, start: int, end: int, kind: str, indent: int | None = None
) -> None:
    """Read the lines from `start` to `end` as blocks that all end there."""
    before = state.lineMax, state.parentType, state.blkIndent
    state.lineMax, state.parentType = end, kind
    if indent is not None:
        state.blkIndent = indent
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType, state.blkIndent = before


def closing_line(
    state: StateBlock, start: int, end: int, opening: re.Pattern[str], closing: re.Pattern[str]
) -> int | None:
    """Return the line with the end of what line `start` begins; both may be on one line, and may be nested.

    All pairs of the source are found at once: a search from each beginning would take too long.
    """
    found: dict[str, dict[int, int]] = state.env["closing lines"]
    if opening.pattern not in found:
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for number, text in enumerate(state.src.split("\n")):
            marks = [(m.start(), True) for m in opening.finditer(text)]
            marks += [(m.start(), False) for m in closing.finditer(text)]
            for _, begins in sorted(marks):
                if begins:
                    opened.append(number)
                elif opened:
                    pairs.setdefault(opened.pop(), number)
        found[opening.pattern] = pairs
    closed = found[opening.pattern].get(start, end)
    return closed if closed < end else None


@contextmanager
def without_prefix(state: StateBlock, start: int, end: int, length: int) -> Iterator[None]:
    """Let the lines from `start` to `end` begin after a mark of `length` characters and a space."""
    kept = [
        (state.bMarks[n], state.tShift[n], state.sCount[n], state.bsCount[n])
        for n in range(start, end)
    ]
    for line in range(start, end):
        at = state.bMarks[line] + state.tShift[line] + length
        at += state.src[at : at + 1] == " "
        rest = state.src[at : state.eMarks[line]]
        blank = len(rest) - len(rest.lstrip(" \t"))
        state.bMarks[line], state.tShift[line], state.bsCount[line] = at, blank, 0
        state.sCount[line] = len(rest[:blank].expandtabs(4))
    indent, state.blkIndent = state.blkIndent, 0
    yield
    state.blkIndent = indent
    for line, marks in zip(range(start, end), kept, strict=True):
        state.bMarks[line], state.tShift[line], state.sCount[line], state.bsCount[line] = marks
