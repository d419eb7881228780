"""Tables that no page has room for, whose rows are set as lists."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.pages.tables import LISTS, MARK
from handpress.press.preflight.rule import Found, Rule


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield each such table once."""
    for element in laid.root.iter("section"):
        if element.get(MARK) == LISTS:
            yield Found(laid.spot(element), {})


RULE = Rule(
    code="table-as-lists",
    kind=Kind(
        severity="warning",
        what="table is wider than any page",
        why="in {artefact} each of its rows is a list",
        help="split it into two tables, or shorten its longest words",
    ),
    find=find,
)
