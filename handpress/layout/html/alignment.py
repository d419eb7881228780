"""Alignment: which blocks of a translation are beside which blocks of its original.

A translator may split a paragraph, or leave one out. Headings and exercises are anchors: each is beside the one at its
place in the outline. Between two anchors, paragraphs are matched by kind and length, as Gale and Church align
sentences (Computational Linguistics 19, 1993). No block is lost: one without a counterpart joins the row above it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import HEADINGS, Element, text_of

Block = tuple[Element, ...]  # elements that are one line to the eye
Pair = tuple[tuple[Block, ...], tuple[Block, ...]]

# How many blocks of either side make a row, and what it costs to depart from one of each.
STEPS = {(1, 1): 0.0, (1, 2): 0.6, (2, 1): 0.6, (1, 0): 1.5, (0, 1): 1.5}
ANCHOR_ALONE = 3.0
OTHER_KIND = 2.5
OTHER_PICTURES = 1.0
OTHER_LENGTH = 0.5
FAR = 60  # blocks
SHORT = 20  # letters: the lengths of shorter blocks differ by chance
NEVER = math.inf


def align(original: Sequence[Block], translation: Sequence[Block]) -> list[Pair]:
    """Return the rows of two lists of blocks. Each block is in one row, in its order."""
    ours, theirs = ([signature(block) for block in side] for side in (original, translation))
    if ours == theirs:
        return [((a,), (b,)) for a, b in zip(original, translation, strict=True)]
    rows: list[Pair] = []
    for start, end in _best(_sizes(original), _sizes(translation)):
        row = original[start[0] : end[0]], translation[start[1] : end[1]]
        pair = tuple(row[0]), tuple(row[1])
        if rows and not all(pair) and not _is_anchored(pair) and not _is_anchored(rows[-1]):
            above = rows.pop()
            pair = (*above[0], *pair[0]), (*above[1], *pair[1])
        rows.append(pair)
    return rows


def signature(block: Block) -> str:
    """Return the kind of a block: its tag, and its classes if it is one of ours."""
    first = block[0]
    return f"{first.tag} {first.get('class', '')}" if kind_of(first) else first.tag


def _is_anchor(kind: str) -> bool:
    return kind in HEADINGS or kind == "section exercise"


def _is_anchored(row: Pair) -> bool:
    return any(_is_anchor(signature(block)) for side in row for block in side)


class Size(Struct, frozen=True):
    """The facts by which blocks are compared. The pictures of a heading are those of its section, and lengths are
    relative to the mean of their side.
    """

    kind: str
    pictures: frozenset[str]
    length: float

    @property
    def is_anchor(self) -> bool:
        return _is_anchor(self.kind)


def _sizes(blocks: Sequence[Block]) -> list[Size]:
    lengths = [sum(len(text_of(element)) for element in block) for block in blocks]
    mean = sum(lengths) / max(1, len(lengths)) + SHORT
    sizes: list[Size] = []
    section: frozenset[str] = frozenset()
    for block, length in zip(reversed(blocks), reversed(lengths), strict=True):
        kind = signature(block)
        shown = frozenset(i.get("src", "") for element in block for i in element.iter("img"))
        section |= shown
        if kind in HEADINGS:
            shown, section = section, frozenset()
        sizes.append(Size(kind, shown, (length + SHORT) / mean))
    return sizes[::-1]


def _cost(ours: Sequence[Size], theirs: Sequence[Size]) -> float:
    """Return the cost of a row."""
    step = STEPS[len(ours), len(theirs)]
    both = (*ours, *theirs)
    kinds = {size.kind for size in both}
    anchored = any(size.is_anchor for size in both)
    if len(both) == 1:
        return ANCHOR_ALONE if anchored else step
    if len(kinds) > 1 and (step or anchored):
        return NEVER
    if anchored and step:
        return NEVER
    lengths = [sum(size.length for size in side) for side in (ours, theirs)]
    pictures = [frozenset().union(*(size.pictures for size in side)) for side in (ours, theirs)]
    every = pictures[0] | pictures[1]
    other = len(pictures[0] ^ pictures[1]) / len(every) if every else 0.0
    return (
        step
        + OTHER_KIND * (len(kinds) > 1)
        + OTHER_PICTURES * other
        + OTHER_LENGTH * abs(math.log(lengths[0] / lengths[1]))
    )


Place = tuple[int, int]


def _near_the_diagonal(width: int, height: int) -> Iterator[Place]:
    """Yield the places that are tried: in long articles, counterparts are not far from each other."""
    for x in range(width + 1):
        middle = x * height // max(1, width)
        first, last = (0, height) if width == 0 else (middle - FAR, middle + FAR + height // width)
        yield from ((x, y) for y in range(max(0, first), min(height, last) + 1))


def _best(ours: Sequence[Size], theirs: Sequence[Size]) -> list[tuple[Place, Place]]:
    """Return the cheapest rows: the places in both lists where each begins and ends."""
    costs: dict[Place, float] = {(0, 0): 0.0}
    came: dict[Place, Place] = {}
    for place in _near_the_diagonal(len(ours), len(theirs)):
        for step in STEPS:
            end = place[0] + step[0], place[1] + step[1]
            if place not in costs or end[0] > len(ours) or end[1] > len(theirs):
                continue
            row = ours[place[0] : end[0]], theirs[place[1] : end[1]]
            total = costs[place] + _cost(*row)
            if total < costs.get(end, NEVER):
                costs[end], came[end] = total, place
    place, rows = (len(ours), len(theirs)), []
    while place != (0, 0):
        rows.append((came[place], place))
        place = came[place]
    return rows[::-1]
