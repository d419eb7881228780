"""Facing pages: a text on left pages, its translation on right ones, each pair of pages with the same rows.

The rows are measured in both languages, and each is given the larger height. So what faces each other begins at the
same height, and both pages of a pair are full at the same row. In books that are read from right to left, the
sides are exchanged.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree import ElementTree

from msgspec import Struct

from handpress.core.files.disk import Asset
from handpress.press.pages.boxes import flow_boxes
from handpress.press.pdf.engine import laid_out
from handpress.press.pdf.page_tree import page_tree

FACING = b'class="facing"'
ROW = "data-row"
SIDES = ("original", "translation")


class Measured(Struct, frozen=True):
    """A row: its height and its margins, in CSS pixels, and whether it stays with the row below it."""

    height: float
    above: float
    below: float
    leads: bool


def on_facing_pages(files: Mapping[str, Asset]) -> dict[str, Asset]:
    """Return the files of a recipe with its rows in pairs of pages."""
    root = page_tree(files["index.html"].read().decode())
    flow = next(element for element in root.iter("div") if element.get("class") == "facing")
    measured = [_measured(files, side) for side in range(2)]
    rows = [
        Measured(
            max(one.height, other.height),
            max(one.above, other.above),
            max(one.below, other.below),
            one.leads or other.leads,
        )
        for one, other in zip(*(found for found, _ in measured), strict=True)
    ]
    height = min(height for _, height in measured)
    elements = list(flow)
    flow[:] = []
    for start, end in spreads(rows, height):
        for side, name in enumerate(SIDES):
            page = ElementTree.SubElement(flow, "section", {"class": f"side {name}"})
            for element, row in zip(elements[start:end], rows[start:end], strict=True):
                cell = element[side]
                attributes = {"class": element.get("class"), "style": f"height: {row.height:.3f}px"}
                ElementTree.SubElement(page, "div", attributes).append(cell)
    html = ElementTree.tostring(root, encoding="unicode", method="html")
    return {**files, "index.html": Asset.of(f"<!DOCTYPE html>\n{html}".encode())}


def spreads(rows: Sequence[Measured], height: float) -> Iterator[tuple[int, int]]:
    """Yield the first row of each pair of pages, and the one after its last; `height` is that of a page.

    A heading stays with what is below it. A row that is taller than a page has a pair of its own, with its headings.
    """
    start = 0
    while start < len(rows):
        end, used = start + 1, rows[start].height
        while end < len(rows):
            used += max(rows[end - 1].below, rows[end].above) + rows[end].height
            if used > height:
                break
            end += 1
        if end < len(rows):
            end = next((n for n in range(end, start, -1) if not rows[n - 1].leads), end)
        while end < len(rows) and rows[end - 1].leads:
            end += 1
        yield start, end
        start = end


def _measured(files: Mapping[str, Asset], side: int) -> tuple[list[Measured], float]:
    """Return the rows of one side as they are laid out alone, and the height of its pages."""
    laid = flow_boxes(laid_out(files, "", change=partial(_only, side=side)))
    found: dict[str, list[Any]] = {}
    for piece in laid.pieces:
        if piece.kind == "block" and piece.element is not None and piece.element.get(ROW):
            found.setdefault(piece.element.get(ROW), []).append(piece)
    rows = []
    for pieces in found.values():
        first, last = pieces[0].box, pieces[-1].box
        height = sum(piece.box.border_height() for piece in pieces)
        leads = first.style["break_after"] == "avoid"
        rows.append(Measured(height, first.margin_top, last.margin_bottom, leads))
    return rows, min(itertools.islice(laid.heights, 1, None), default=laid.heights[0])


def _only(root: Any, side: int) -> None:
    """Leave of each row the cell of one side, and number the rows."""
    flow = next(element for element in root.iter("div") if element.get("class") == "facing")
    for number, row in enumerate(flow):
        row.set(ROW, str(number))
        row[:] = [row[side]]
