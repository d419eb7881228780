"""Attributes: `{: .class }`, `{#id}` and `{width=50%}` after what they belong to; other words in braces are text."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions.attr_list import (
    AttrListExtension,
    AttrListTreeprocessor,
    get_attrs_and_remainder,
)
from markdown_it.rules_inline import StateInline

# A colon, or a class, an id or a value; then no braces except in quotes. Python-Markdown takes any words.
LIST = (
    r"\{(?::[ ]*(?=[^ }:/])|[ ]*(?=[.#][\w:-]+[ }]|[\w:-]+=[^ }=]|-\}))"
    r"((?:\"[^\"\n]*\"|'[^'\n]*'|[^{}\n\"'])*)\}"
)


class Attributes(AttrListExtension):
    """Python-Markdown's attribute lists without those that are text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        md.treeprocessors.register(_Attributes(md), "attr_list", 8)


class _Attributes(AttrListTreeprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        patterns = {
            "HEADER_RE": rf"[ ]*{LIST}[ ]*$",
            "BLOCK_RE": rf"\n[ ]*{LIST}[ ]*$",
            "INLINE_RE": f"^{LIST}",
        }
        for name, pattern in patterns.items():
            setattr(self, name, re.compile(pattern))


_OF_PICTURE = re.compile(LIST)


def of_picture(state: StateInline, silent: bool) -> bool:
    """Read the attributes of a picture, whose values are words that are not Markdown."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    found = _OF_PICTURE.match(state.src, state.pos, state.posMax)
    if image.type != "image" or not found:
        return False
    for key, value in get_attrs_and_remainder(found[1])[0]:
        if key == "." and value:
            image.attrs["class"] = f"{image.attrs.get('class', '')} {value}".strip()
        elif value is not None:
            image.attrs[key] = value
    state.pos = found.end()
    return True
