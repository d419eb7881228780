"""Attribute lines: a paragraph ``{: … }`` sets the class, id or medium of the block before it."""

from __future__ import annotations

import re

from handpress.markup.tree import Element, take_out, text_of

_ATTRIBUTE_LINE = re.compile(
    r"\{:?\s*(?!#(?:if|each|await)\s)((?:[.#][\w-]|[\w-]+=)[^{}]*?)\s*\}"  # not Svelte's `{#if x}`
)
# Straight quotes have become curly ones by the time that the line is a paragraph.
_ATTRIBUTE = re.compile(
    r"([\w-]+)=(?:[\"'“”‘’]([^\"'“”‘’]*)[\"'“”‘’]|[\"'“”‘’]?(\S+))|([.#])([\w-]+)"
)


def attribute_lines(parent: Element) -> None:
    """Apply a paragraph of only ``{: … }`` to the block before it.

    Directly below a table, Markdown reads such a line as the last row.
    """
    before: Element | None = None
    for child in list(parent):
        attribute_lines(child)
        for body in child.findall("tbody[tr]") if child.tag == "table" else ():
            if line := _ATTRIBUTE_LINE.fullmatch(text_of(body[-1])):
                _set_attributes(line[1], child)
                body.remove(body[-1])
        line = _ATTRIBUTE_LINE.fullmatch((child.text or "").strip())
        if child.tag == "p" and not len(child) and line and before is not None:
            _set_attributes(line[1], before)
            take_out(parent, child)
        else:
            before = child


def _set_attributes(line: str, block: Element) -> None:
    """Set what an attribute `line` says of `block`."""
    for key, quoted, bare, mark, name in _ATTRIBUTE.findall(line):
        if mark == ".":
            block.set("class", f"{block.get('class', '')} {name}".strip())
        elif mark == "#" or key == "id":
            block.set("id", name or quoted or bare)
        elif key == "only":
            block.set("only", quoted or bare)
