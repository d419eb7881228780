"""Ruled lines in the free space at the end of a handout: a pen's room for notes."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

import pydyf

from handpress.press.pages.boxes import PIXELS_A_MM, PageBoxes
from handpress.press.preflight.copyfit import free_space

APART = 8.5  # millimetres, as between all lines to write on
LEAST = 3  # lines: fewer are a gap, not a place to write
ABOVE = 5.0  # millimetres of air under the text
GREY, WIDTH = 0.72, 0.4  # of a line, in points
POINTS_A_PIXEL = 0.75


def rule_free_space(laid: PageBoxes, document: Any, pdf: Any) -> None:
    """Draw lines into the free space of a PDF's last page, as artifacts (ISO 14289-1, 7.1)."""
    height = document.pages[-1].height
    lines = [
        f"{left * POINTS_A_PIXEL:.2f} {y:.2f} m {right * POINTS_A_PIXEL:.2f} {y:.2f} l S"
        for left, right, at in _lines(laid)
        if (y := (height - at) * POINTS_A_PIXEL)
    ]
    if not lines:
        return
    drawn = [f"/Artifact BMC q {GREY} G {WIDTH} w", *lines, "Q EMC"]
    stream = pydyf.Stream(drawn, compress=True)
    pdf.add_object(stream)
    page = pdf.objects[int(pdf.page_references[-1].split()[0])]
    page["Contents"] = pydyf.Array(
        [stream.reference, page["Contents"]]
    )  # it leaves its scale behind


def _lines(laid: PageBoxes) -> Iterator[tuple[float, float, float]]:
    """Yield the left and right end of each line, and its distance from the top of the page, in CSS pixels.

    Those in two columns are beside each other.
    """
    apart = APART * PIXELS_A_MM
    grid: float | None = None
    for left, right, top, foot in free_space(laid):
        first = top + ABOVE * PIXELS_A_MM + apart
        if grid is None:
            grid = first
        first = grid + ceil(round((first - grid) / apart, 3)) * apart
        count = int((foot - first) // apart) + 1
        for number in range(count if count >= LEAST else 0):
            yield left, right, first + number * apart
