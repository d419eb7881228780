"""Footnote references in the tree of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.markup.tree import Element, child_nodes, unwrap


def note_calls(tree: Element) -> list[tuple[Element, Element]]:
    """Yield the footnote references in `tree`, in order, each with its parent.

    The `sup` around a reference is removed: one within a link had to leave it behind.
    """
    for parent in list(tree.iter()):
        for sup in parent.findall("sup"):
            if re.match(r"fnref\d*:", sup.get("id", "")):
                unwrap(parent, sup)
    return [
        (parent, link)
        for parent in list(tree.iter())
        for link in parent.findall("a[@class='footnote-ref']")
    ]


def open_calls(body: Element) -> Iterator[str]:
    """Return the labels of references without a footnote, which are still text."""

    def walk(element: Element) -> Iterator[str]:
        if element.tag in ("code", "pre", "kbd", "samp"):
            return
        for node in child_nodes(element):
            if isinstance(node, Element):
                yield from walk(node)
            else:
                yield from re.findall(r"\[\^([^\]\[\n]{1,60})\]", node)

    return walk(body)
