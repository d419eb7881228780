"""Notes: `[^label]` with its definition anywhere, and `^[the note itself]`."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from handpress.markup.dialect.lines import indented_as_code, line_at

# A source `[#key]` or a term `[?term]` of MultiMarkdown is a note, too; with nothing but an address it is a link.
_DEFINITION = re.compile(
    r"\[(?:\^([^\]\[\n]+)|([#?][^\]\[\n]+))\]:(?(2)(?![ \t]*\S*[ \t]*(?:[\"'(][^\n]*)?\Z))[ \t]*"
)
_CALL = re.compile(r"\[\^([^\]\[\n]+)\]")


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a note. Its further blocks are indented."""
    if indented_as_code(state, start):
        return False
    found = _DEFINITION.match(line_at(state, start))
    if not found:
        return False
    if silent:
        return True
    label = found[1] or found[2]
    state.env["notes"].add(label)
    opened = state.push("note_open", "", 1)
    opened.meta = {"label": label}
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    state.bMarks[start] += state.tShift[start] + found.end()
    state.tShift[start] = 0
    state.blkIndent += 4
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= 4
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = kept
    state.line = max(state.line, start + 1)
    opened.map = [start, state.line]
    state.push("note_close", "", -1)
    return True


def call(state: StateInline, silent: bool) -> bool:
    """Read the call of a note that is defined."""
    found = _CALL.match(state.src, state.pos, state.posMax)
    if not found or found[1] not in state.env["notes"]:
        return False
    if not silent:
        state.push("note_call", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """Read a note that is written in the text."""
    if not state.src.startswith("^[", state.pos):
        return False
    closed = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if closed < 0:
        return False
    if not silent:
        token = state.push("inline_note", "", 0)
        token.content = state.src[state.pos + 2 : closed]
    state.pos = closed + 1
    return True
