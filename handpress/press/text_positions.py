"""Text positions: places in a piece's text that hold on its pages and in the ebook.

A position is a count of the non-space characters before it. That holds in every tree with the same
words, regardless of lines, hyphens and tags.
"""

from __future__ import annotations

from msgspec import Struct

from handpress.markup.tree import PHRASING, Element, classes

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # a picture counts as one character
PICTURES = frozenset(("img", "embed", "math"))
# Content of one medium only, or with another position on the page than in the text: it does not count.
AGAIN = "again"  # content that an ebook repeats
ASIDE = frozenset(
    ("footnote", "notes", "call", "address-mark", "addresses", "picture-link", "number", AGAIN)
)
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


class Block(Struct):
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
