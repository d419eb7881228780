"""Tables as GitHub reads them, except for two things: no cell is lost, and code in a cell stays whole."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, interrupted, line_at

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIECE = re.compile(r"\\\||\\.|`+|\||[^\\`|]+|\\", re.S)
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right"}


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: heads, a rule, and rows up to a blank line or another block."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    rule = line_at(state, start + 1)
    # A single column needs a pipe: words and a line of hyphens are a heading.
    if "|" not in line_at(state, start) or not _RULE.fullmatch(rule):
        return False
    if indented_as_code(state, start) or indented_as_code(state, start + 1):
        return False
    heads, marks = cells(line_at(state, start)), cells(rule)
    if len(heads) != len(marks):
        return False
    if silent:
        return True
    aligns = [_ALIGN.get((mark[:1] == ":", mark[-1:] == ":"), "") for mark in marks]
    before, state.parentType = state.parentType, "table"
    whole = state.push("table_open", "table", 1)
    state.push("thead_open", "thead", 1)
    _row(state, start, "th", heads, aligns)
    state.push("thead_close", "thead", -1)
    line = start + 2
    while line < end and not _ends(state, line, end):
        if line == start + 2:
            state.push("tbody_open", "tbody", 1)
        written = cells(line_at(state, line))
        more = [""] * (len(heads) - len(written))
        _row(state, line, "td", written + more, aligns)
        line += 1
    if line > start + 2:
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    whole.map = [start, line]
    state.parentType, state.line = before, line
    return True


def _ends(state: StateBlock, line: int, end: int) -> bool:
    """Return whether the table ends before `line`."""
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent or indented_as_code(state, line):
        return True
    return interrupted(state, line, end, "blockquote")


def _row(state: StateBlock, line: int, tag: str, row: list[str], aligns: list[str]) -> None:
    state.push("tr_open", "tr", 1)
    for number, text in enumerate(row):
        cell = state.push(f"{tag}_open", tag, 1)
        if align := aligns[number] if number < len(aligns) else "":
            cell.attrs = {"style": f"text-align: {align};"}
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [line, line + 1], text, []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def cells(row: str) -> list[str]:
    """Return the text of each cell in a line; pipes in code and after a backslash separate none."""
    found, pieces, tick = [""], _PIECE.findall(row.strip()), ""
    last = {piece: n for n, piece in enumerate(pieces) if piece[0] == "`"}
    for number, piece in enumerate(pieces):
        if piece[0] == "`":
            if not tick and last[piece] > number:
                tick = piece
            elif tick == piece:
                tick = ""
        if piece == "|" and not tick:
            found.append("")
        else:
            found[-1] += "|" if piece == "\\|" else piece
    if not found[0].strip():
        del found[0]
    if found and not found[-1].strip():
        del found[-1]
    return [text.strip() for text in found]
