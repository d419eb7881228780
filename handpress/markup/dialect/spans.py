"""Spans of Pandoc, labels of MyST and ids of headings: words in brackets with attributes, and names of blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.markup.dialect.inlines import label_end
from handpress.markup.dialect.lines import indented_as_code, last_of, line_at

_ATTRIBUTES = re.compile(r"\{(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+)|-)(?:\s[^{}\n]*)?\}")
_ID = re.compile(
    r"(?<=[!-~])\[\[([a-z0-9][a-z0-9-]*)\]\]$"
)  # of AsciiDoc, and of Hugging Face's courses
_LABEL = re.compile(r"\(([\w:.-]+)\)=[ \t]*")


def span(state: StateInline, silent: bool) -> bool:
    """Read `[words]{.class}`; the attributes are then read as those of any other inline element."""
    at = state.pos
    if state.src[at] != "[" or last_of("]{", state.src) < at:
        return False
    closed = label_end(state, at)
    if closed < 0 or not _ATTRIBUTES.match(state.src, closed + 1, state.posMax):
        return False
    if not silent:
        end, state.pos = state.posMax, at + 1
        state.posMax = closed
        state.push("span_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = end
    state.pos = closed + 1
    return True


def label(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `(name)=` as the place to which other lines may link."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "(":
        return False
    found = _LABEL.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map, token.content = [start, start + 1], f'<a id="{found[1]}"></a>\n'
        state.line = start + 1
    return True


def heading_ids(tokens: list[Token]) -> list[Token]:
    """Read `# Heading[[id]]`, where brackets directly after a word are an id."""
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open" and (found := _ID.search(inline.content)):
            heading.attrSet("id", found[1])
            inline.content = inline.content[: found.start()]
    return tokens
