"""Callouts: a quotation that begins with `[!warning]`, as Obsidian and GitHub write boxes."""

from __future__ import annotations

import re

from markdown_it.token import Token

from handpress.markup.dialect.boxes import box_token

_MARK = re.compile(r"\[!([\w -]+?)(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|$)")


def callouts(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with a box for each quotation that is a callout."""
    made: list[Token] = []
    boxes: list[bool] = []  # for each open quotation, whether it is a box
    skip = -1
    for number, token in enumerate(tokens):
        if number <= skip:
            continue
        if token.type == "blockquote_open":
            found = _first_line(tokens, number)
            boxes.append(found is not None)
            if found is not None:
                made += _begin(token, found, tokens[number + 2])
                skip = number + (1 if tokens[number + 2].content else 3)
                made += [tokens[number + 1]] if tokens[number + 2].content else []
                continue
        elif token.type == "blockquote_close" and boxes.pop():
            token = Token("box_close", "div", -1)
        made.append(token)
    return made


def _first_line(tokens: list[Token], number: int) -> re.Match[str] | None:
    if len(tokens) > number + 2 and tokens[number + 1].type == "paragraph_open":
        return _MARK.match(tokens[number + 2].content)
    return None


def _begin(quotation: Token, found: re.Match[str], inline: Token) -> list[Token]:
    """Return the tokens that begin the box, and take its first line out of `inline`."""
    name = found[1].strip().lower().replace(" ", "-")
    opened = box_token(name)
    opened.map = quotation.map
    assert inline.map
    first = inline.map[0]
    inline.content = inline.content[found.end() :].lstrip(" \t")
    inline.map = [first + 1, inline.map[1]]
    if not found[2].strip():
        return [opened]
    title = Token("inline", "", 0)
    title.content, title.map, title.children = found[2].strip(), [first, first + 1], []
    begin = Token("title_open", "p", 1)
    begin.attrs = {"class": "admonition-title"}
    return [opened, begin, title, Token("title_close", "p", -1)]
