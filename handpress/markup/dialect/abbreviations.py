"""Abbreviations: `*[HTML]: what it means`, a line anywhere."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, line_at

_ABBREVIATION = re.compile(r"\*\[([^\\\]]+)\][ ]?:[ \t]*(.*)")


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of an abbreviation, whose meaning may be on the next line."""
    found = _ABBREVIATION.match(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    name, meaning, line = found[1].strip(), found[2].strip(), start + 1
    if not meaning and line < end and not state.isEmpty(line):
        meaning, line = line_at(state, line).strip(), line + 1
    if not name or not meaning:
        return False
    if not silent:
        if meaning in ("''", '""'):
            state.env["abbreviations"].pop(name, None)
        else:
            state.env["abbreviations"][name] = meaning
        state.line = line
    return True
