"""References to pages of the book: their numbers are filled into a body before a template has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

from handpress.layout.variant import Labels
from handpress.markup.tree import Element, classes, escape

Fill = Callable[[Element], None]

GUESS = "00"  # for a number that nobody has guessed better


def page_of(ids: Iterable[str], labels: Labels) -> str | None:
    """Return the page of the first of `ids` that the book has."""
    return next((labels[id_] for id_ in ids if id_ in labels), None)


LINK = re.compile(r'<a (?=[^>]*\bclass="page")[^>]*>')
TARGET = re.compile(r'\bhref="#([^"]*)"')
NUMBER = re.compile(r'(?<=\bdata-page=")[^"]*')


def number_page(html: str, labels: Labels) -> str:
    """Return a page with the numbers of :func:`number_links` in the place of those that it has."""

    def numbered(link: re.Match[str]) -> str:
        target = TARGET.search(link[0])
        label = labels.get(unescape(target[1]) if target else "", GUESS)
        return NUMBER.sub(escape(label, quote=True), link[0])

    return LINK.sub(numbered, html)


def number_links(tree: Element, labels: Labels) -> None:
    """Give each page reference of the book its number, which the stylesheet shows."""
    for link in tree.iter("a"):
        if classes(link) == ["page"]:
            link.set("data-page", labels.get(link.get("href", "").removeprefix("#"), GUESS))
