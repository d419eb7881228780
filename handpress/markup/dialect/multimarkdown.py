"""MultiMarkdown: sources `[p. 4][#key]`, terms `[?term]`, abbreviations `[>HTML]`, links to headings and tables."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.markup.dialect.commands import read_words
from handpress.markup.dialect.lines import indented_as_code, last_of, line_at
from handpress.markup.dialect.obsidian import WIKI

_ABBREVIATION = re.compile(r"\[>([^\[\]\n]+)\]:[ \t]+(\S.*)")
# Its source or its term, after words or none.
_CALL = re.compile(r"(?:\[(?P<words>[^\[\]\n]*)\])?\[(?P<label>[#?][^\[\]\n]+)\]")
_ABBREVIATED = re.compile(r"\[>([^\[\]()\n]+)\]")
_TO_HEADING = re.compile(r"\[(?P<words>[^\[\]\n]*)\]\[(?P<heading>[^\[\]\n]*)\]")
_MARKS = re.compile(r"[*_`]")  # of emphasis and code


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of an abbreviation."""
    found = _ABBREVIATION.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if not silent:
        state.env["abbreviations"][found[1].strip()] = found[2].strip()
        state.line = start + 1
    return True


def call(state: StateInline, silent: bool) -> bool:
    """Read a source or a term as the call of its note, and an abbreviation as itself."""
    at = state.pos
    if state.src[at] != "[" or last_of("]", state.src) < at:
        return False
    if found := _ABBREVIATED.match(state.src, at, state.posMax):
        if found[1].strip() not in state.env["abbreviations"]:
            return False
        if not silent:
            state.push("text", "", 0).content = found[1].strip()
        state.pos = found.end()
        return True
    found = _CALL.match(state.src, at, state.posMax)
    if not found or found["label"] not in state.env["notes"]:
        return False
    if not silent:
        _words_of(state, found)
        state.push("note_call", "", 0).meta = {"label": found["label"]}
    state.pos = found.end()
    return True


def _words_of(state: StateInline, found: re.Match[str]) -> None:
    """Add what is printed before the mark of a note: the place in a source, in brackets, or a term."""
    if found["label"].startswith("?"):
        state.push("text", "", 0).content = found["words"] or found["label"][1:]
    elif found["words"]:
        state.push("text", "", 0).content = f" ({found['words']})"


def heading_link(state: StateInline, silent: bool) -> bool:
    """Read `[words][Heading]` and `[Heading][]` as a link to a heading, as Pandoc does too, or to a table by its caption."""
    at = state.pos
    if state.src[at] != "[" or state.linkLevel or last_of("][", state.src) < at:
        return False
    found = _TO_HEADING.match(state.src, at, state.posMax)
    if not found:
        return False
    written = found["heading"] or found["words"]
    address = state.env["headings"].get(label_of(written))
    if address is None or normalizeReference(written) in state.env.get("references", {}):
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": address}
        read_words(state, *found.span("words" if found["words"] else "heading"))
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def label_of(heading: str) -> str:
    """Return a heading as others refer to it, whatever its marks and capitals are."""
    return normalizeReference(_MARKS.sub("", heading))


def headings_of(tokens: list[Token]) -> dict[str, str]:
    """Return the address of each heading, and of each table with a caption, by its label."""
    found = {
        label_of(inline.content): f"{WIKI}#{_MARKS.sub('', inline.content)}"
        for heading, inline in pairwise(tokens)
        if heading.type == "heading_open" and not set("[]|#") & set(inline.content)
    }
    tables = (token for token in tokens if token.type == "table_open" and "label" in token.meta)
    return {label_of(t.meta["label"]): f"#{t.attrs['id']}" for t in tables} | found
