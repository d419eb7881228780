"""Tables that are wider than their page."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pdf.boxes import PageBoxes
from handpress.press.preflight.pieces import clipped, to_the_right
from handpress.press.preflight.rule import Found, Rule

MOST = 1.0  # millimetres: nobody misses the edge of a table


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Return tables that extend too far to the right; the next page continues them."""
    placed = (p for p in laid.pieces if p.kind == "table" and p.in_flow)
    tables = (p for p in placed if p.element.tag == "table")  # not what a style calls one
    return clipped(laid, tables, to_the_right, MOST)


RULE = Rule(
    code="clipped",
    kind=Kind(
        severity="error",
        what="table is wider than the page",
        why="in {artefact} it is {amount} mm too wide",
        help='use fewer columns or shorter words, or leave it out of print with `{{: only="epub web" }}`',
    ),
    find=find,
)
