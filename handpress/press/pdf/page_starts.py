"""Page starts: the position in a piece's text at which each page begins.

A position is a count of the non-space characters before it. That holds in every tree with the same
words, regardless of lines, hyphens and tags. So a position read from a laid-out page is valid in the
ebook too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handpress.markup.tree import PHRASING, Element, classes

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # a picture counts as one character
PICTURES = frozenset(("img", "embed", "math"))
# Content of one medium only, or with another position on the page than in the text: it does not count.
AGAIN = "again"  # content that an ebook repeats
ASIDE = frozenset(
    ("footnote", "notes", "call", "address-mark", "addresses", "picture-link", "number", AGAIN)
)
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


@dataclass
class Block:
    """An element with its own `text`, which begins at position `start`."""

    element: Element
    text: str = ""
    start: int = 0


def without_space(text: str) -> str:
    """Return the visible characters of `text`, without white space and zero-width characters."""
    return "".join(text.split()).translate(UNSEEN)


def blocks(tree: Element) -> tuple[list[Block], dict[Element, Block]]:
    """Return the blocks of `tree` in order, and the block of each element's own text.

    Text belongs to the nearest element around it that is not inline.
    """
    found: list[Block] = []
    owner: dict[Element, Block] = {}
    # A stack of elements in a block, and text after them, next last. No recursion: a workspace's own layout
    # may be nested too deeply for it.
    rest: list[tuple[Element | str, Block | None]] = [(tree, None)]
    while rest:
        node, block = rest.pop()
        if isinstance(node, str):
            assert block is not None
            block.text += without_space(node)
            continue
        if not isinstance(node.tag, str) or not ASIDE.isdisjoint(classes(node)):
            continue
        if block is None or node.tag not in PHRASING | PICTURES:
            block = Block(node)
            found.append(block)
        owner[node] = block
        if node.tag in PICTURES:  # also a formula, which has parts in the ebook
            block.text += PICTURE
            continue
        block.text += without_space(node.text or "")
        for child in reversed(node):
            rest += [(child.tail or "", block), (child, block)]
    before = 0
    for block in found:
        block.start = before
        before += len(block.text)
    return [block for block in found if block.text], owner


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
