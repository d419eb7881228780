"""Our own boxes, and those of MkDocs: `!!! name "Title"` and `??? name`, with the lines indented below.

Its tabs, `=== "Title"`, are written in the same way; on paper they follow one another.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.boxes import close_box, open_box, open_plain
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside

_MARK = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]?([\w\-]+(?:[ \t]+[\w\-]+)*)(?:[ \t]+[\"“](.*?)[\"”])?[ \t]*"
    r"(?:\{:?[ ]*from=[\"']?([^\"'{}\s]+)[\"']?[ ]*\}[ \t]*)?"
)
_TAB = re.compile(r"===[+!]*[ \t]+[\"“](.+?)[\"”][ \t]*")


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a box and what is indented below it."""
    if state.src[state.bMarks[start] + state.tShift[start]] not in "!?":
        return False
    found = _MARK.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if silent:
        return True
    name = found[1].split()[0].lower()
    opened = open_box(state, start, name, found[2], own=True)
    if found[3]:
        opened.attrs["data-from"] = found[3]
    _read_below(state, start, end)
    close_box(state, opened)
    return True


def tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a tab as its title and what is indented below it."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "=":
        return False
    found = _TAB.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if silent:
        return True
    opened = open_plain(state, start, {})
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [start, start + 1], f"**{found[1]}**", []
    state.push("paragraph_close", "p", -1)
    _read_below(state, start, end)
    close_box(state, opened)
    return True


def _read_below(state: StateBlock, start: int, end: int) -> None:
    """Read the lines that are indented below line `start`, by four or by as much as the first of them."""
    first = state.sCount[start + 1] if start + 1 < end and not state.isEmpty(start + 1) else 99
    shift = first - state.sCount[start]
    indent = state.sCount[start] + (shift if shift in (2, 3) else 4)
    line = last = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        last = last if state.isEmpty(line - 1) else line
    if last > start + 1:
        read_inside(state, start + 1, last, "admonition", indent)
    state.line = last
