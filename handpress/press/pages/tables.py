"""Tables on laid-out pages: those that are too wide, and those that were given a page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handpress.press.pages.boxes import PIXELS_A_MM, PageBoxes, PlacedBox

MOST = 1.0  # millimetres: nobody misses the edge of a table
BESIDE = "beside"  # the class of a table beside a picture, below which it goes if it is the least too wide
LEAST = 0.01  # millimetres: what is left of rounding
MARK = "data-fit"  # the attribute whose words are the marks of a table that does not fit
LISTS = "lists"  # the mark of a table whose rows are set as lists
APART = {"broad", "turned"}  # marks of a table with a page of its own


def too_wide(laid: PageBoxes) -> Iterator[PlacedBox]:
    """Yield the tables that extend too far to the right; not what a style sets as one."""
    for piece in laid.pieces:
        is_table = piece.kind == "table" and piece.in_flow and piece.element.tag == "table"
        if is_table and piece.beyond_right / PIXELS_A_MM > _most(piece.element):
            yield piece


def _most(table: Any) -> float:
    return LEAST if BESIDE in table.get("class", "").split() else MOST


def on_own_pages(laid: PageBoxes) -> set[int]:
    """Return the ids of the elements in tables that were given a page of their own."""
    marked = (e for e in laid.root.iter() if APART & set(e.get(MARK, "").split()))
    return {id(element) for table in marked for element in table.iter()}
