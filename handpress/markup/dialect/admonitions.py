"""Our own boxes, and those of MkDocs: `!!! name "Title"` and `??? name`, with the lines indented below.

Its tabs, `=== "Title"`, are written in the same way; on paper they follow one another.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.below import EXERCISE, known, read_below, read_beside, read_dosage
from handpress.markup.dialect.boxes import close_box, open_box, open_plain
from handpress.markup.dialect.lines import indented_as_code, line_at
from handpress.markup.dialect.slips import slip

_MARK = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]?([\w\-]+)(.*?)[ \t]*"
    r"(?:\{:?[ ]*from=[\"']?([^\"'{}\s]+)[\"']?[ ]*\}[ \t]*)?"
)
# Classes after the name, and a title in quotes.
_AFTER = re.compile(r"((?:[ \t]+[\w\-]+)*)(?:[ \t]+[\"“](.*?)[\"”])?")
_PLACES = frozenset(["inline", "end", "left", "right"])  # the classes that MkDocs has for its boxes
_QUOTES = "\"'“”„‘’«»"
_TAB = re.compile(r"===[+!]*[ \t]+[\"“](.+?)[\"”][ \t]*")


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a box and what is indented below it."""
    if state.src[state.bMarks[start] + state.tShift[start]] not in "!?":
        return False
    found = _MARK.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    name = found[1].lower()
    after = _AFTER.fullmatch(found[2])
    title, loose = after[2] if after else None, False
    if known(name) and (after is None or (title is None and {*after[1].split()} - _PLACES)):
        title, loose = found[2].lstrip(" \t:").strip(_QUOTES), True
    elif after is None:
        return False
    if silent:
        return True
    if loose and title:
        example = f'write `!!! {name} "{title}"`'
        slip(state, start, "a title without its quotation marks is read as a title", example)
    opened = open_box(state, start, name, title, own=True)
    if found[3]:
        opened.attrs["data-from"] = found[3]
    if not read_below(state, start, end) and known(name) and not found[3]:
        read_beside(state, start, end, name)
    if name == EXERCISE:
        read_dosage(state, state.line, end)
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
    read_below(state, start, end)
    close_box(state, opened)
    return True
