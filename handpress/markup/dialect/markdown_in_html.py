"""Markdown in HTML: what is between the tags of an element with `markdown="1"`."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.boxes import paragraph
from handpress.markup.dialect.lines import indented_as_code, line_at, read_inside
from handpress.markup.tree import PHRASING

IN_HTML = "html"
_LINE = re.compile(r"(?=<([a-z][\w-]*)[\s>])(<[^<>]*>)(.*)(</\1>)[ \t]*", re.I)
_ATTRIBUTES = re.compile(r"[ \t]*\{:\s*[.#][^{}]*\}[ \t]*")
_OPEN = re.compile(
    r"<([a-z][\w-]*)((?:\s[^<>]*?)?)\smarkdown(?:\s*=\s*[\"']?(?:1|block|span)?[\"']?)?(?=[\s>])([^<>]*)>",
    re.I,
)


def markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an element that asks for Markdown in it, from its start tag to its end tag."""
    first = line_at(state, start)
    found = _OPEN.match(first) if first.startswith("<") else None
    if not found or found[1].lower() in PHRASING or indented_as_code(state, start):
        return False
    closed = _end_of(state, found[1], start, end)
    if closed is None:
        return False
    if silent:
        return True
    line, at = closed
    last = line_at(state, line)
    tag = f"<{found[1]}{found[2]}{found[3]}>"
    _raw(state, start, tag)
    if line == start:
        _words(state, start, first[found.end() : at])
    else:
        _words(state, start, first[found.end() :])
        read_inside(state, start + 1, line, IN_HTML)
        _words(state, line, last[:at])
    _raw(state, line, f"</{found[1]}>")
    after = re.compile(r"</[^<>]*>").sub("", last[at:], count=1)
    paragraph(state, line, after)
    state.line = line + 1
    return True


def line_of_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an element that is a line of its own within such an element; CommonMark reads on to a blank line.

    The summary of details is Markdown in any case.
    """
    if state.parentType != IN_HTML:
        return False
    if line_at(state, start).strip().lower() == "<summary>":
        return _summary(state, start, end, silent)
    found = _LINE.fullmatch(line_at(state, start))
    if not found:
        return False
    if not silent:
        if found[1].lower() == "summary":
            _raw(state, start, found[2])
            _words(state, start, found[3])
            _raw(state, start, found[4])
        else:
            _raw(state, start, found[0] + "\n")
        state.line = start + 1
    return True


def _summary(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a summary of several lines, and a line of attributes after it, as kramdown has them."""
    closed = _end_of(state, "summary", start, end)
    if closed is None or line_at(state, closed[0])[closed[1] :].strip().lower() != "</summary>":
        return False
    if silent:
        return True
    last, at = closed
    lines = [line_at(state, line).strip() for line in range(start + 1, last)]
    _raw(state, start, "<summary>")
    _words(state, start + 1, " ".join([*lines, line_at(state, last)[:at].strip()]))
    _raw(state, last, "</summary>\n")
    follows = last + 1 < end and _ATTRIBUTES.fullmatch(line_at(state, last + 1))
    state.line = last + (2 if follows else 1)
    return True


def _end_of(state: StateBlock, name: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the line of the end tag of the element `name` from line `start`, and the place in it."""
    tags = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.I)
    depth = 0
    for line in range(start, end):
        for tag in tags.finditer(line_at(state, line)):
            depth += -1 if tag[1] else 1
            if depth == 0:
                return line, tag.start()
    return None


def _raw(state: StateBlock, line: int, written: str) -> None:
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], written


def _words(state: StateBlock, line: int, written: str) -> None:
    if written.strip():
        token = state.push("inline", "", 0)
        token.map, token.content, token.children = [line, line + 1], written.strip(), []
