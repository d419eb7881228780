"""Boxes: the parts that all notations of boxes have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from handpress.markup.blocks.block import FOREIGN
from handpress.markup.blocks.note import known_name

_ATTRIBUTE = re.compile(
    r"([\w:-]+)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|“([^”]*)”|([^\s,}]+))"
    r"|\"([^\"]*)\"|'([^']*)'|“([^”]*)”|([.#]?[^\s,{}\"'=]+)"
)
_TITLES = ("title", "heading", "header", "caption", "summary")
_KINDS = ("type", "style", "color", "colour", "kind", "class", "context", "icon")


class Written:
    """The words and the values that follow the mark of a box, as ``warning title="Stop"``."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.values: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(text):
            if found[1]:
                self.values[found[1].lower()] = next(filter(None, found.groups()[1:5]), "")
            else:
                self.words.append(next(filter(None, found.groups()[5:]), ""))

    def kind(self) -> str | None:
        """Return the name among the values, or as the first word, by which another program knows its box."""
        named = [self.values[key] for key in _KINDS if key in self.values]
        for name in [part for value in named for part in value.split()] + self.words:
            if found := known_name(name):
                return found
        return None

    def title(self) -> str:
        given = next((self.values[key] for key in _TITLES if self.values.get(key)), "")
        rest = [word for word in self.words if not known_name(word) and word[:1] not in ".#"]
        return given or " ".join(rest)


def open_box(
    state: StateBlock, line: int, name: str, title: str | None, own: bool = False
) -> Token:
    """Begin a box. `own` is one whose name must be one of ours, so that a misspelt one is found."""
    opened = box_token(name, own)
    opened.map, opened.level = [line, line + 1], state.level
    state.level += 1
    state.tokens.append(opened)
    if title:
        state.push("title_open", "p", 1).attrs = {"class": "admonition-title"}
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [line, line + 1], title, []
        state.push("title_close", "p", -1)
    return opened


def box_token(name: str, own: bool = False) -> Token:
    token = Token("box_open", "div", 1)
    token.block = True
    token.attrs = {"class": f"admonition {name}" if own else f"admonition {FOREIGN} {name}"}
    return token


def close_box(state: StateBlock, opened: Token) -> None:
    state.push("box_close", "div", -1)
    assert opened.map
    opened.map[1] = state.line


def open_plain(state: StateBlock, line: int, attributes: Mapping[str, str | int | float]) -> Token:
    """Begin a group that is not a box."""
    opened = state.push("group_open", "div", 1)
    opened.map, opened.attrs = [line, line + 1], dict(attributes)
    return opened


def paragraph(state: StateBlock, line: int, text: str) -> None:
    """Add a paragraph with `text`, which is written in one line."""
    if text.strip():
        state.push("paragraph_open", "p", 1).map = [line, line + 1]
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = [line, line + 1], text.strip(), []
        state.push("paragraph_close", "p", -1)


def picture(
    state: StateBlock, line: int, source: str, alt: str, caption: str, link: str = ""
) -> None:
    """Add a picture as an author of Markdown would write it."""
    described = re.sub(r"([\[\]\\])", r"\\\1", alt)
    title = ' "{}"'.format(caption.replace('"', "&quot;")) if caption else ""
    written = f"![{described}](<{source}>{title})"
    paragraph(state, line, f"[{written}](<{link}>)" if link else written)
