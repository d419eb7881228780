"""Our own boxes, and those of MkDocs: `!!! name "Title"` and `??? name`, with the lines indented below."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.boxes import close_box, open_box
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside

_MARK = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]?([\w\-]+(?:[ \t]+[\w\-]+)*)(?:[ \t]+[\"“](.*?)[\"”])?[ \t]*"
)


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a box and what is indented below it, by four or by as much as its first line."""
    if state.src[state.bMarks[start] + state.tShift[start]] not in "!?":
        return False
    found = _MARK.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if silent:
        return True
    first = state.sCount[start + 1] if start + 1 < end and not state.isEmpty(start + 1) else 99
    shift = first - state.sCount[start]
    indent = state.sCount[start] + (shift if shift in (2, 3) else 4)
    line = last = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        last = last if state.isEmpty(line - 1) else line
    name = found[1].split()[0].lower()
    opened = open_box(state, start, name, found[2], own=True)
    if last > start + 1:
        read_inside(state, start + 1, last, "admonition", indent)
    state.line = last
    close_box(state, opened)
    return True
