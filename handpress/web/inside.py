"""The inside of an article in a few words, so that a reader can choose: its exercises, questions to tick, and so on."""

from __future__ import annotations

from collections import Counter

from handpress.layout.words import Words, counted
from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import Element


def inside(tree: Element) -> tuple[tuple[str, int], ...]:
    """Return the key and the number of each kind of block that has a word, in the order of the article."""
    found = Counter(kind_of(element) for element in tree.iter())
    return tuple((block.inside, n) for block, n in found.items() if block and block.inside)


def worded(key: str, number: int, words: Words) -> str:
    """Return a word in the form for a number, as it is if it counts nothing."""
    word = words[key]
    return word if isinstance(word, str) else counted(key, number, words)
