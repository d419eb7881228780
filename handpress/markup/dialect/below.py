"""The content of a box `!!! name`: the lines indented below it, and those that a slip left outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock

from handpress.markup.blocks.dose_labels import LABELS
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.markup.blocks.note import known_name
from handpress.markup.blocks.registry import BOXES
from handpress.markup.blocks.term_lines import key_of
from handpress.markup.dialect.lines import line_at, read_inside
from handpress.markup.dialect.slips import slip

EXERCISE = "exercise"
_FORMS = frozenset(["diary"])  # complete without any content
# Begins a block that can follow a box, and not be its text: a heading, another box, code, a rule, HTML.
_OTHER = re.compile(
    r"#{1,6}[ \t]|!!!|\?\?\?|===|:::|```|~~~|\{[{%:]|<|([-*_])[ \t]*(?:\1[ \t]*){2,}$"
)
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])[ \t]")
_INDENT = "indent each line of the box by four spaces"
_LONGEST = 80  # characters of a line of dosage


def known(name: str) -> bool:
    """Return whether a box has this `name`, here or in another program."""
    return name in BOXES or known_name(name) is not None


def read_below(state: StateBlock, start: int, end: int) -> bool:
    """Read the lines that are indented below line `start`, by four or by as much as the first of them."""
    state.line = start + 1
    line = _next(state, start + 1, end)
    if line == end:
        return False
    shift = state.sCount[line] - state.sCount[start]
    indent = state.sCount[start] + (shift if shift in (1, 2, 3) else 4)
    last = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        last = last if state.isEmpty(line - 1) else line
    if last > start + 1:
        read_inside(state, start + 1, last, "admonition", indent)
    state.line = last
    return last > start + 1


def read_beside(state: StateBlock, start: int, end: int, name: str) -> None:
    """Read the lines directly below `start`, although none is indented; report a box that is left empty."""
    first = _next(state, start + 1, end)
    if name in _FORMS or first == end or state.sCount[first] < state.blkIndent:
        return
    if first > start + 1 or _OTHER.match(line_at(state, first)):
        if name != EXERCISE or _is_dose(state, first, end) or _ITEM.match(line_at(state, first)):
            slip(state, start, "nothing is indented below it", _INDENT, code="empty-box")
        return
    slip(state, start, "the lines below it are not indented; they are read as its content", _INDENT)
    for begin, last, indent in [*_beside(state, start, end)]:
        read_inside(state, begin, last, "admonition", indent)
        state.line = last


def _beside(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield what is directly below line `start`: the lines up to a blank one, or of a whole list, and their indent.

    Lines that are indented by four after it are the box's, too.
    """
    indent = state.sCount[start]
    line = begin = start + 1
    item = ""  # the mark of the list that is open
    while line < end:
        text, deeper = line_at(state, line), state.sCount[line] - state.sCount[start]
        found = _ITEM.match(text)
        if state.isEmpty(line):
            after = _next(state, line, end)
            deeper = state.sCount[after] - state.sCount[start] if after < end else 0
            found = _ITEM.match(line_at(state, after)) if after < end else None
            if item and (deeper >= 2 or (found and found[1][-1] == item)):
                line = after
            elif deeper >= 4 and indent == state.sCount[start]:
                yield begin, line, indent
                line = begin = after
                indent, item = indent + 4, ""
            elif deeper >= 4:
                line = after
            else:
                break
        elif state.sCount[line] < indent or (deeper < 4 and _OTHER.match(text)):
            break
        else:
            item = found[1][-1] if found and state.sCount[line] == indent else item
            line += 1
    yield begin, line, indent


def read_dosage(state: StateBlock, line: int, end: int) -> None:
    """Read lines of dosage below an exercise as its own, although they are not indented."""
    first = _next(state, line, end)
    if first == end or not _is_dose(state, first, end):
        return
    reason = "a dosage below an exercise is not indented; it is read as that of the exercise"
    slip(state, first, reason, "indent it by four spaces, as the rest of the exercise")
    last = first
    while last < end and not state.isEmpty(last):
        last += 1
    read_inside(state, first, last, "admonition")
    state.line = last


def _is_dose(state: StateBlock, first: int, end: int) -> bool:
    """Return whether all lines of a paragraph are as `Sets: 3`."""
    if not 0 <= state.sCount[first] - state.blkIndent < 4:
        return False
    line, terms = first, []
    while line < end and not state.isEmpty(line):
        term, mark, value = line_at(state, line).partition(":")
        if not mark or not value.strip() or len(term + value) > _LONGEST:
            return False
        terms.append(LABELS.get(key_of(term)))
        line += 1
    return terms[0] in DOSE_COLUMNS


def _next(state: StateBlock, line: int, end: int) -> int:
    """Return the first line from `line` on that is not blank, or `end`."""
    while line < end and state.isEmpty(line):
        line += 1
    return line
