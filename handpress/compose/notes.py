"""Footnotes within a line: blocks become spans, because a call stands inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    has_content,
    new_element,
    text_of,
    trimmed,
)

CELLS = ("td", "th")
LINES = ("p", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption")


def as_lines(note: Element) -> list[Node]:
    """A note as it may stand inside a paragraph: its blocks become spans, one to a line."""
    nodes = list(_in_lines(note))
    only = [n for n in nodes if not isinstance(n, str) or n.strip()]
    if len(only) == 1 and isinstance(only[0], Element) and classes(only[0]) == ["line"]:
        return list(child_nodes(only[0]))
    return nodes


def _in_lines(parent: Element) -> Iterator[Node]:
    for node in trimmed(child_nodes(parent)):
        if not isinstance(node, Element):
            # WeasyPrint keeps a line feed in a footnote as a line break.
            yield re.sub(r"\s*\n\s*", " ", node)
        elif node.tag in ("ul", "ol"):
            for item in node.findall("li"):
                yield new_element("span", ["• ", *as_lines(item)], {"class": "line"})
        elif node.tag == "tr":
            cells = [cell for cell in node if text_of(cell)]
            inside = [n for cell in cells for n in (" · ", *child_nodes(cell))][1:]
            yield new_element("span", inside, {"class": "line"})
        elif node.tag in ("div", "table", "thead", "tbody", "dl", "figure", "section"):
            yield from _in_lines(node)
        elif node.tag in LINES:
            if has_content(node):
                yield new_element("span", as_lines(node), {"class": "line"})
        else:
            yield node
