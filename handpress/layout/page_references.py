"""References to pages of the book: their numbers are filled into a body before a template has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handpress.layout.variant import Labels
from handpress.markup.tree import Element, child_nodes, classes, set_children

Fill = Callable[[Element], None]

GUESS = "00"  # figures are of one width: a guess of two digits is right for pages 10 to 99


def page_of(ids: Iterable[str], labels: Labels) -> str | None:
    """Return the page of the first of `ids` that the book has."""
    return next((labels[id_] for id_ in ids if id_ in labels), None)


def name_pages(tree: Element, labels: Labels, words: Mapping[str, Any]) -> None:
    """Write the page of another handout into its reference, in words, or take the reference out."""
    for parent in list(tree.iter()):
        if not any("book-page" in classes(child) for child in parent):
            continue
        nodes = []
        for node in child_nodes(parent):
            if isinstance(node, Element) and "book-page" in classes(node):
                number = page_of(node.get("data-of", "").split(), labels)
                node = f", {words['page_of_book'].format(number=number)}" if number else ""
            nodes.append(node)
        set_children(parent, nodes)


def number_links(tree: Element, labels: Labels) -> None:
    """Give each page reference of the book its number, which the stylesheet shows."""
    for link in tree.iter("a"):
        if classes(link) == ["page"]:
            link.set("data-page", labels.get(link.get("href", "").removeprefix("#"), GUESS))
