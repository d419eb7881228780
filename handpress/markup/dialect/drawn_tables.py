"""Drawn tables: Pandoc's grids and columns, which are kept as they are drawn, with a warning."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, line_at, outside

_BORDER = re.compile(r"\+(?:[-=:]{3,}\+)+[ \t]*")
_ROW = re.compile(r"[|+].*[|+][ \t]*")
_COLUMNS = re.compile(r"-{3,}(?:[ \t]+-{3,})+[ \t]*")


def drawn_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table that is drawn with signs, to the end of its lines, as code."""
    if state.src[state.bMarks[start] + state.tShift[start]] == "+":
        last = _grid(state, start, end)
    else:
        last = _columns(state, start, end)
    if last is None or indented_as_code(state, start):
        return False
    if not silent:
        token = state.push("drawn_table", "", 0)
        token.map = [start, last]
        token.content = state.getLines(start, last, state.blkIndent, keepLastLF=True)
        state.line = last
    return True


def _grid(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line after the grid that begins at line `start`."""
    line = start
    if not _BORDER.fullmatch(line_at(state, start)):
        return None
    while line < end and not outside(state, line) and _ROW.fullmatch(line_at(state, line)):
        line += 1
    return line if line > start + 2 and _BORDER.fullmatch(line_at(state, line - 1)) else None


def _columns(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line after the columns whose heads are in line `start`, above a line of hyphens."""
    heads, below = start, start + 1
    if below >= end or state.isEmpty(heads) or not _COLUMNS.fullmatch(line_at(state, below)):
        return None
    line = below + 1
    while line < end and not state.isEmpty(line) and not outside(state, line):
        line += 1
    return line if line > below + 1 else None
