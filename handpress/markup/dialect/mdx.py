"""Pictures of MDX: ``<img src={require('./a.png').default} />``, whose attributes are code, and no HTML."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.markup.dialect.unread import LESS_THAN

_VALUE = r"\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}"
_PICTURE = re.compile(rf"[<{LESS_THAN}]img((?:\s+[\w:-]+(?:=(?:{_VALUE}))?)*)\s*/?>")
_ATTRIBUTE = re.compile(rf"([\w:-]+)=({_VALUE})")
# Code that gives the file or the words that are in it.
_TEXT = re.compile(
    r"\{\s*(?:(?:require|useBaseUrl)\s*\(\s*)?([\"'])([^\"']*)\1\s*\)?(?:\.default)?\s*\}"
)
_SIZE = re.compile(r"\{?[\"']?(\d+%?)(?:px)?[\"']?\}?")


def picture(state: StateInline, silent: bool) -> bool:
    """Read a picture with code among its attributes. Its `src` has to name a file."""
    if state.src[state.pos] not in ("<", LESS_THAN):
        return False
    found = _PICTURE.match(state.src, state.pos, state.posMax)
    if not found or "={" not in found[1]:
        return False
    written = dict(_ATTRIBUTE.findall(found[1]))
    source = _text(written.get("src", ""))
    if not source:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": source, "alt": ""}
        for name in ("width", "height"):
            if size := _SIZE.fullmatch(written.get(name, "")):
                token.attrs[name] = size[1]
        words = Token("text", "", 0)
        words.content = _text(written.get("alt", ""))
        token.children = [words]
    state.pos = found.end()
    return True


def _text(written: str) -> str:
    """Return the text of an attribute, "" for code that makes one."""
    if not written.startswith("{"):
        return written[1:-1]
    found = _TEXT.fullmatch(written)
    return found[2] if found else ""
