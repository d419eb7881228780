"""Page starts: the position in a piece's text at which each page begins (:mod:`.press.text_positions`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from handpress.markup.tree import Element
from handpress.press.text_positions import PICTURE, PICTURES, blocks, without_space


def page_starts(pages: Iterable[Any], body: str = "body") -> tuple[int | None, ...]:
    """Return the position in the document's text at which each of WeasyPrint's `pages` begins.

    None for a page without text or picture. Notes, margins and text from CSS do not count.
    """
    pages = list(pages)
    root = pages[0]._page_box.children[0].element
    (tree,) = root.findall(body)
    _, owner = blocks(tree)
    read: dict[int, int] = {}  # by the id of a block: the number of characters on the pages so far
    heads: set[Element] = set()
    found = []
    for page in pages:
        first: int | None = None
        seen: set[Element] = set()
        for element, shown in _shown(page._page_box, heads, seen):
            block = owner.get(element)
            if block is None:
                continue
            at = read.get(id(block), 0)
            if first is None:
                first = block.start + at
            read[id(block)] = _after(block.text, at, shown)
        heads |= seen
        found.append(first)
    return tuple(found)


def _after(text: str, at: int, shown: str) -> int:
    """Return the end in `text` of a line that shows `shown` from `at` on; it may have extra hyphens."""
    if text.startswith(shown, at):
        return at + len(shown)
    for character in shown:
        if text[at : at + 1].casefold() == character.casefold():
            at += 1
    return at


def _shown(box: Any, heads: set[Element], seen: set[Element]) -> Iterator[tuple[Element, str]]:
    """Yield the texts on a page, in order, with their elements.

    A table's `heads` from an earlier page are repeated; those of this page are added to `seen`.
    """
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        _, _, part = (child.element_tag or "").partition("::")
        if part not in ("", "first-line"):  # written by CSS, not by the author
            continue
        if isinstance(child, boxes.TableRowGroupBox) and child.is_header:
            if child.element in heads:
                continue
            seen.add(child.element)
        if isinstance(child, boxes.TextBox):
            if text := without_space(child.text):
                yield child.element, text
        elif isinstance(child, boxes.ReplacedBox):
            if child.element.tag in PICTURES:
                yield child.element, PICTURE
        elif isinstance(child, boxes.ParentBox):
            yield from _shown(child, heads, seen)
