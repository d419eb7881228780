"""Spans of Pandoc, labels of MyST and ids of headings: words in brackets with attributes, and names of blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.markup.dialect.inlines import label_end
from handpress.markup.dialect.lines import indented_as_code, last_of, line_at
from handpress.markup.tree import (
    FLOW,
    HEADINGS,
    Element,
    child_nodes,
    set_children,
    take_out,
    text_of,
)

_ATTRIBUTES = re.compile(r"\{(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}]+)|-)(?:\s[^{}\n]*)?\}")
_ID = re.compile(
    r"(?<=[!-~])\[\[([a-z0-9][a-z0-9-]*)\]\]$"
)  # of AsciiDoc, and of Hugging Face's courses
# Of Google Docs, which keeps the points of the words: `{#1.-rest}`. One of words, points apart, is an attribute.
_GIVEN_ID = re.compile(r"[ \t]*\{#((?![\w:-]+\})[^\s{}]*)\}[ \t]*$")
_LABEL = re.compile(r"\(([^\s()<>\"&]{1,200})\)=[ \t]*")


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
        push_name(state, start, found[1])
        state.line = start + 1
    return True


def push_name(state: StateBlock, line: int, name: str) -> None:
    """Add the `name` of the block that follows."""
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], f'<a id="{name}"></a>\n'


def settle_labels(body: Element) -> None:
    """Put the names that are written above a heading into it, so that they have its page and its words."""
    if not any(_is_name(link) for link in body.iter("a")):
        return
    for parent in list(body.iter()):
        names: list[Element] = []
        for child in list(parent):
            alone = not (child.tail or "").strip()
            if child.tag in HEADINGS and names:
                for name in names:
                    take_out(parent, name)
                set_children(child, [*names, *child_nodes(child)])
            names = [*names, child] if _is_name(child) and alone else []


def name_next(body: Element) -> None:
    """Give the name that is alone in a paragraph to the block after it, instead of printing an empty line."""
    for parent in list(body.iter()):
        for child, after in pairwise(list(parent)):
            name = child[0] if child.tag == "p" and len(child) == 1 else None
            if name is None or not _is_name(name) or text_of(child) or after.get("id"):
                continue
            if after.tag in FLOW:
                after.set("id", name.get("id", ""))
                take_out(parent, child)


def _is_name(element: Element) -> bool:
    return (
        element.tag == "a"
        and bool(element.get("id"))
        and element.get("href") is None
        and not len(element)
        and not (element.text or "").strip()
    )


def heading_ids(tokens: list[Token]) -> list[Token]:
    """Read `# Heading[[id]]`, where brackets directly after a word are an id, and `# Heading {#1.-id}`."""
    for heading, inline in pairwise(tokens):
        if heading.type != "heading_open":
            continue
        if found := _ID.search(inline.content) or _GIVEN_ID.search(inline.content):
            if found[1]:
                heading.attrSet("id", found[1])
            inline.content = inline.content[: found.start()]
    return tokens
