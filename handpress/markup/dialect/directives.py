"""Directives: a fence with a name in braces, as MyST writes boxes and pictures: ```` ```{note} ````."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.blocks.note import known_name
from handpress.markup.dialect.boxes import Written, close_box, open_box
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*\{([\w-]+)\}[ \t]*(.*?)[ \t]*")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a directive that is a box; others are code."""
    if state.src[state.bMarks[start] + state.tShift[start]] not in "`~":
        return False
    found = _FENCE.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    name = known_name(found[2]) or ("note" if found[2] == "admonition" else None)
    closed = next((n for n in range(start + 1, end) if _closes(state, n, found[1])), None)
    if name is None or closed is None:
        return False
    if silent:
        return True
    first, title = start + 1, found[3]
    while first < closed and (option := _OPTION.fullmatch(line_at(state, first))):
        if option[1] == "class" and (kind := Written(option[2]).kind()):
            name = kind
        first += 1
    opened = open_box(state, start, name, title)
    read_inside(state, first, closed, "box", state.blkIndent)
    state.line = closed + 1
    close_box(state, opened)
    return True


def _closes(state: StateBlock, line: int, fence: str) -> bool:
    text = line_at(state, line).rstrip()
    return text.startswith(fence) and not text.strip(fence[0])
