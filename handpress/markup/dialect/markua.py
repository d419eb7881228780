"""Markua: the boxes of Leanpub, `W> text` on each line, and `{blurb, class: warning}` to `{/blurb}`.

Docsify writes its boxes as Leanpub does, with a sign in place of the letter.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handpress.markup.dialect.boxes import Written, close_box, open_box
from handpress.markup.dialect.fenced_divs import heading_to_title
from handpress.markup.dialect.lines import (
    closing_line,
    indented_as_code,
    line_at,
    read_inside,
    without_prefix,
)

LETTERS = {
    "A": "aside", "B": "blurb", "D": "discussion", "E": "error", "I": "information", "Q": "question",
    "T": "tip", "W": "warning", "X": "exercise", "!": "warning", "?": "tip",
}  # fmt: skip
_LETTER = re.compile(r"([ABDEIQTWX!?])>(?=[ \t]|$)")
_ATTRIBUTES = re.compile(r"\{([\w-]+:[^{}\n]*)\}[ \t]*")
_ABOVE = re.compile(
    r"\{(?:[\w-]+=[^{}\"\n,]*,\s*)*title=\"([^\"{}\n]+)\"(?:,\s*[\w-]+=[^{}\n,]*)*\}"
)
_BLOCK = re.compile(r"\{(blurb|aside)((?:,[^{}\n]*)?)\}[ \t]*")


def lettered_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines that all begin with the letter of a box, below a line of attributes if there is one."""
    first, values = start, Written("")
    if found := _ATTRIBUTES.fullmatch(line_at(state, start)):
        first, values = start + 1, Written(found[1])
    letter = _LETTER.match(line_at(state, first)) if first < end else None
    if not letter or indented_as_code(state, start):
        return False
    if silent:
        return True
    last = first
    while last < end and line_at(state, last).startswith(letter[0]):
        if state.sCount[last] < state.blkIndent:
            break
        last += 1
    opened = open_box(state, start, values.kind() or LETTERS[letter[1]], values.values.get("title"))
    before = len(state.tokens)
    with without_prefix(state, first, last, len(letter[0])):
        read_inside(state, first, last, "box")
    heading_to_title(state.tokens, before)
    state.line = last
    close_box(state, opened)
    return True


@cache
def _tags(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"\{{{name}\b"), re.compile(rf"\{{/{name}\}}")


def named_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a box from `{blurb}` to `{/blurb}`."""
    found = _BLOCK.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    opening, closing = _tags(found[1])
    closed = closing_line(state, start, end, opening, closing)
    if closed is None:
        return False
    if silent:
        return True
    values = Written(found[2])
    opened = open_box(state, start, values.kind() or found[1], values.values.get("title"))
    before = len(state.tokens)
    read_inside(state, start + 1, closed, "box", state.blkIndent)
    heading_to_title(state.tokens, before)
    state.line = closed + 1
    close_box(state, opened)
    return True


def titles_of_code(tokens: list[Token]) -> list[Token]:
    """Read `{title="…", lang=r}` above code; the other attributes are the program's."""
    kept: list[Token] = []
    for token in tokens:
        last = kept[-2] if len(kept) > 2 and kept[-1].type == "paragraph_close" else None
        if (
            token.type in ("fence", "code_block")
            and last
            and (found := _ABOVE.fullmatch(last.content.strip()))
        ):
            del kept[-3:]
            token.meta["title"] = found[1]
        kept.append(token)
    return kept
