"""Tables as GitHub reads them, except that no cell is lost and code in a cell stays whole; and as MultiMarkdown adds to them.

That is a caption `[words]` or `[words][name]`, directly above or below, and more rows after a blank line.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handpress.markup.dialect.lines import indented_as_code, interrupted, line_at

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIECE = re.compile(r"\\\||\\.|`+|\||[^\\`|]+|\\", re.S)
_ROW = re.compile(
    r"\|.*\|[ \t]*|[^|\n]*[^|\s][^|\n]*\|[^\n]*\|[ \t]*"
)  # between pipes, or with one at its end
_CAPTION = re.compile(r"\[([^\[\]\n]+)\](?:[ \t]?\[([^\[\]\n]*)\])?[ \t]*")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right"}


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: heads, a rule, and rows up to a blank line or another block."""
    above = _caption(state, start, end) if _heads(state, start, end) is None else None
    first = start + 1 if above else start
    heads = _heads(state, first, end)
    if heads is None:
        return False
    if silent:
        return True
    marks = cells(line_at(state, first + 1))
    aligns = [_ALIGN.get((mark[:1] == ":", mark[-1:] == ":"), "") for mark in marks]
    before, state.parentType = state.parentType, "table"
    last = _last(state, first + 2, end)
    below = _caption(state, last, end) if not above and last < end else None
    whole = state.push("table_open", "table", 1)
    if caption := above or below:
        _push_caption(state, whole, start if above else last, caption)
    state.push("thead_open", "thead", 1)
    _row(state, first, "th", heads, aligns)
    state.push("thead_close", "thead", -1)
    if last > first + 2:
        state.push("tbody_open", "tbody", 1)
        for line in range(first + 2, last):
            if not state.isEmpty(line):
                written = cells(line_at(state, line))
                _row(state, line, "td", written + [""] * (len(heads) - len(written)), aligns)
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = last + bool(below)
    whole.map = [start, state.line]
    state.parentType = before
    return True


def _heads(state: StateBlock, start: int, end: int) -> list[str] | None:
    """Return the heads of a table that begins at line `start`, or None if none does."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return None
    rule = line_at(state, start + 1)
    # A single column needs a pipe: words and a line of hyphens are a heading.
    if "|" not in line_at(state, start) or not _RULE.fullmatch(rule):
        return None
    if indented_as_code(state, start) or indented_as_code(state, start + 1):
        return None
    heads = cells(line_at(state, start))
    return heads if len(heads) == len(cells(rule)) else None


def _last(state: StateBlock, line: int, end: int) -> int:
    """Return the line after the rows that begin at `line`, and after those below one blank line."""
    while line < end:
        blank = state.isEmpty(line)
        if blank and not _goes_on(state, line + 1, end):
            break
        if not blank and (_ends(state, line, end) or _is_below(state, line, end)):
            break
        line += 1
    return line


def _goes_on(state: StateBlock, line: int, end: int) -> bool:
    """Return whether `line`, below a blank one, is a row of the table above, and not of another one."""
    if line >= end or _ends(state, line, end) or _heads(state, line, end) is not None:
        return False
    return bool(_ROW.fullmatch(line_at(state, line)))


def _is_below(state: StateBlock, line: int, end: int) -> bool:
    """Return whether `line` is a caption below a table."""
    ends = line + 1 >= end or state.isEmpty(line + 1)
    return ends and _caption(state, line, end) is not None


def _caption(state: StateBlock, line: int, end: int) -> re.Match[str] | None:
    """Return the caption at `line`; brackets with a definition are a link, and `[ ]` is a box to tick."""
    if line >= end or state.isEmpty(line) or indented_as_code(state, line):
        return None
    if state.sCount[line] < state.blkIndent or line_at(state, line)[0] != "[":
        return None
    found = _CAPTION.fullmatch(line_at(state, line))
    if not found or f"[{found[2] or found[1]}]:".casefold() in state.src.casefold():
        return None
    return found if found[1].strip(" xX") else None


def _push_caption(state: StateBlock, table: Token, line: int, caption: re.Match[str]) -> None:
    """Add a caption. Other texts may link to its `table` by its name or its words."""
    words = caption[1]
    table.meta = {"label": caption[2] or words}
    table.attrs = {"id": re.sub(r"\W+", "-", table.meta["label"]).strip("-").lower()}
    state.push("caption_open", "caption", 1)
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [line, line + 1], words, []
    state.push("caption_close", "caption", -1)


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
