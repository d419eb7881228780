"""Boxes that handouts in one column may split, where a third of a page would be empty before them.

In large letters, an exercise takes half a page and more. In two columns, one that moves leaves a part of a column empty.
"""

from __future__ import annotations

from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import Element, classes
from handpress.press.marks import DIVISIBLE, KEPT


def mark_divisible(body: Element) -> None:
    """Mark these boxes, and the dosage beside a picture, which stays with the first step."""
    for box in body.iter():
        if (block := kind_of(box)) and block.divisible:
            box.set(DIVISIBLE, "")
            for part in box:
                if "beside" in classes(part):
                    part.set(KEPT, "")
