"""Attributes: `{: .class }`, `{#id}` and `{width=50%}` after what they belong to; other words in braces are text."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor

# A colon, or a class, an id or a value; then no braces except in quotes. Python-Markdown takes any words.
_LIST = (
    r"\{(?::[ ]*(?=[^ }])|[ ]*(?=[.#][\w:-]+[ }]|[\w:-]+=[^ }=]|-\}))"
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
            "HEADER_RE": rf"[ ]+{_LIST}[ ]*$",
            "BLOCK_RE": rf"\n[ ]*{_LIST}[ ]*$",
            "INLINE_RE": f"^{_LIST}",
        }
        for name, pattern in patterns.items():
            setattr(self, name, re.compile(pattern))
