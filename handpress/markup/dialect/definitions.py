"""Definition lists: one line or more of terms, then `:` and the definition of each."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, interrupted, line_at, outside

_MARK = re.compile(r":[ \t]+(?=\S)")


def definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the terms and definitions from line `start`."""
    if silent:  # a paragraph ends where the next definition of its term begins
        return state.ddIndent >= 0 and bool(_MARK.match(line_at(state, start)))
    first = _definition_of(state, start, end)
    if first is None:
        return False
    whole = state.push("dl_open", "dl", 1)
    line: int = start
    while first is not None:
        for term in range(line, first):
            if not state.isEmpty(term):
                _term(state, term)
        line, apart = first, state.isEmpty(first - 1)
        while line < end and _marked(state, line):
            _definition(state, line, end, apart)
            line, apart = state.line, state.isEmpty(state.line - 1)
        first = _definition_of(state, line, end) if line < end else None
    state.push("dl_close", "dl", -1)
    whole.map, state.line = [start, line], line
    return True


def _marked(state: StateBlock, line: int) -> re.Match[str] | None:
    if state.isEmpty(line) or outside(state, line) or indented_as_code(state, line):
        return None
    return _MARK.match(line_at(state, line))


def _definition_of(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line of the definition of the terms from line `start`, if they are terms."""
    line = start
    while line < end and not state.isEmpty(line):
        if outside(state, line) or (line == start and indented_as_code(state, line)):
            return None
        if _marked(state, line):
            return line if line > start else None
        if line > start and interrupted(state, line, end, "paragraph"):
            return None
        line += 1
    if line + 1 < end and line > start and _marked(state, line + 1):
        return line + 1
    return None


def _term(state: StateBlock, line: int) -> None:
    state.push("dt_open", "dt", 1)
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [line, line + 1], line_at(state, line).strip(), []
    state.push("dt_close", "dt", -1)


def _definition(state: StateBlock, line: int, end: int, apart: bool) -> None:
    """Read one definition. It has paragraphs if it has several blocks, or is `apart` from what is above it."""
    mark = _marked(state, line)
    assert mark is not None
    opened = state.push("dd_open", "dd", 1)
    before = len(state.tokens)
    kept = state.tShift[line], state.sCount[line], state.blkIndent, state.ddIndent, state.tight
    parent = state.parentType
    state.blkIndent = state.ddIndent = state.sCount[line] + 2
    state.sCount[line] += len(mark[0].expandtabs(4))
    state.tShift[line] += mark.end()
    state.tight, state.parentType = True, "deflist"
    state.md.block.tokenize(state, line, end)
    loose = apart or not state.tight
    state.tShift[line], state.sCount[line], state.blkIndent, state.ddIndent, state.tight = kept
    state.parentType = parent
    for token in () if loose else state.tokens[before:]:
        if token.type.startswith("paragraph") and token.level == state.level:
            token.hidden = True
    state.push("dd_close", "dd", -1)
    opened.map = [line, state.line]
