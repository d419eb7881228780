"""Pictures of MDX: ``<img src={require('./a.png').default} />``, whose attributes are code, and no HTML."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from handpress.markup.dialect.unread import LESS_THAN
from handpress.markup.tree import Element

_VALUE = r"\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}"
_PICTURE = re.compile(rf"[<{LESS_THAN}](?:img|Image)((?:\s+[\w:-]+(?:=(?:{_VALUE}))?)*)\s*/?>")
_ATTRIBUTE = re.compile(rf"([\w:-]+)=({_VALUE})")
# Code that gives the file or the words that are in it.
_TEXT = re.compile(
    r"\{\s*(?:(?:require|useBaseUrl)\s*\(\s*)?([\"'])([^\"']*)\1\s*\)?(?:\.default)?\s*\}"
)
_IMPORT = re.compile(
    r"^import\s+(\w+)\s+from\s+([\"'])([^\"'\n]+\.(?:png|jpe?g|gif|svg|webp|avif))\2", re.M | re.I
)
_NAME = re.compile(r"\{(\w+)(?:\.src|\.default)?\}/?")
_SIZE = re.compile(r"\{?[\"']?(\d+%?)(?:px)?[\"']?\}?")


def picture(state: StateInline, silent: bool) -> bool:
    """Read a picture with code among its attributes. Its `src` has to name a file, or an import of one."""
    if state.src[state.pos] not in ("<", LESS_THAN):
        return False
    found = _PICTURE.match(state.src, state.pos, state.posMax)
    if not found or "={" not in found[1]:
        return False
    written = dict(_ATTRIBUTE.findall(found[1]))
    named = _NAME.fullmatch(written.get("src", ""))
    source = named[0] if named else _text(written.get("src", ""))
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


def imported_pictures(text: str, body: Element) -> None:
    """Give the pictures of `body` whose address is a name, as in ``src={knee}``, the file that `text` imports with it."""
    files = {name: file for name, _, file in _IMPORT.findall(text)}
    for image in body.iter("img") if files else ():
        name = _NAME.fullmatch(image.get("src", ""))
        if name and name[1] in files:
            image.set("src", files[name[1]])


def _text(written: str) -> str:
    """Return the text of an attribute, "" for code that makes one."""
    if not written.startswith("{"):
        return written[1:-1]
    found = _TEXT.fullmatch(written)
    return found[2] if found else ""
