"""Page starts: how far into the text of a piece each page begins.

A place in a text is told by how many characters stand before it, white space apart. That holds in every
tree that has the same words, whatever its lines, hyphens and tags; so what is read off a laid-out page
here can be found again in the ebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handpress.markup.tree import PHRASING, Element, classes

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # a picture counts as one character
PICTURES = frozenset(("img", "embed"))
# What stands in one medium only, or elsewhere on the page than in the text: it does not count.
AGAIN = "again"  # of what an ebook says more than once
ASIDE = frozenset(
    ("footnote", "notes", "call", "address-mark", "addresses", "picture-link", "number", AGAIN)
)
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


@dataclass
class Block:
    """An element with text of its own: `text`, which `start` characters of the whole stand before."""

    element: Element
    text: str = ""
    start: int = 0


def without_space(text: str) -> str:
    """The characters of `text` that are seen: no white space, nothing of no width."""
    return "".join(text.split()).translate(UNSEEN)


def blocks(tree: Element) -> tuple[list[Block], dict[Element, Block]]:
    """The blocks of `tree` in order, and the block that each element's own text belongs to.

    Text belongs to the nearest element round it that is not a part of a line.
    """
    found: list[Block] = []
    owner: dict[Element, Block] = {}
    # What is still to be read, the next last: elements in a block, and text behind them. A workspace's own
    # layout may be nested more deeply than functions can call themselves.
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
        block.text += PICTURE if node.tag in PICTURES else without_space(node.text or "")
        for child in reversed(node):
            rest += [(child.tail or "", block), (child, block)]
    before = 0
    for block in found:
        block.start = before
        before += len(block.text)
    return [block for block in found if block.text], owner


def page_starts(pages: Iterable[Any], body: str = "body") -> tuple[int | None, ...]:
    """How many characters of the document's text stand before each of WeasyPrint's `pages`.

    None for a page without text or picture. Notes, margins and what CSS writes do not count.
    """
    pages = list(pages)
    root = pages[0]._page_box.children[0].element
    (tree,) = root.findall(body)
    _, owner = blocks(tree)
    read: dict[int, int] = {}  # of a block, by its id: characters on the pages so far
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
    """Where in `text` a line ends that shows `shown` from `at` on: hyphens may have been added to it."""
    if text.startswith(shown, at):
        return at + len(shown)
    for character in shown:
        if text[at : at + 1].casefold() == character.casefold():
            at += 1
    return at


def _shown(box: Any, heads: set[Element], seen: set[Element]) -> Iterator[tuple[Element, str]]:
    """What a page shows, in order, with the element that it is of. A table's `heads` that have been
    seen on an earlier page are repeated; those of this page are added to `seen`.
    """
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        if "::" in (child.element_tag or ""):  # written by CSS, not by the author
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
