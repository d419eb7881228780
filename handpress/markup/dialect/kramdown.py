"""Kramdown: the lines `{: … }` that set the attributes of a block, and those above a block that make it a box."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.blocks.note import known_name
from handpress.markup.dialect.boxes import close_box, open_box
from handpress.markup.dialect.lines import closing_line, indented_as_code, line_at, read_inside

_ATTRIBUTES = re.compile(r"\{:[ \t]*(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}[ \t]*")
_COMMENT, _COMMENT_END = re.compile(r"\{::comment\}"), re.compile(r"\{:/(?:comment)?\}")
_LINE = re.compile(r"\{:[ \t]*\.([\w-]+)[ \t]*\}[ \t]*")


def boxed_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line of attributes with the class of a box, and the block below it up to a blank line."""
    if start and not state.isEmpty(start - 1):
        return False  # it belongs to the block above it
    found = _LINE.fullmatch(line_at(state, start))
    name = known_name(found[1].removesuffix("-title")) if found else None
    if not found or name is None or indented_as_code(state, start):
        return False
    last = start + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    if last == start + 1:
        return False
    if silent:
        return True
    opened = open_box(state, start, name, None)
    before = len(state.tokens)
    read_inside(state, start + 1, last, "box", state.blkIndent)
    inside = state.tokens[before:]
    if inside[0].type == "blockquote_open" and inside[-1].type == "blockquote_close":
        inside = inside[1:-1]
    if found[1].endswith("-title") and inside and inside[0].type == "paragraph_open":
        inside[0].attrs = {"class": "admonition-title"}
    state.tokens[before:] = inside
    state.line = last
    close_box(state, opened)
    return True


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the lines of a comment, which may have blank ones, and print nothing."""
    if not line_at(state, start).startswith("{::comment}") or indented_as_code(state, start):
        return False
    closed = closing_line(state, start, end, _COMMENT, _COMMENT_END)
    ending = _COMMENT_END.search(line_at(state, closed)) if closed is not None else None
    if closed is None or not ending or closed == start:
        return False
    if line_at(state, closed)[ending.end() :].strip():  # within a text
        return False
    if not silent:
        state.push("comment", "", 0).map = [start, closed + 1]
        state.line = closed + 1
    return True


def attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a quotation at a line of attributes, which are its own. The line itself is read as a paragraph."""
    return silent and bool(_ATTRIBUTES.fullmatch(line_at(state, start)))
