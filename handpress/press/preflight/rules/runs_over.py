"""Handouts that run a little over their sheets of paper."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.core.units import SIDES
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.copyfit import (
    line_height,
    must_be_shorter,
    taken,
    too_long,
)
from handpress.press.preflight.rule import Found, Rule
from handpress.press.result import Spot

LITTLE = 0.15  # of a page, or
LITTLE_LINES = 10  # so many lines: what runs over by more is another page's worth of text


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield the advice for a handout that needs another sheet for a few lines."""
    pages = len(laid.heights)
    little = max(LITTLE * laid.heights[-1], LITTLE_LINES * line_height(laid))
    asked = options.advise and not must_be_shorter(laid, options)
    if asked and pages > SIDES and pages % SIDES == 1 and taken(laid, pages) <= little:
        offer = "" if options.fit is not None else f", or write `fit: {pages - 1}`"
        yield too_long(laid, Spot(), pages - 1, offer)


RULE = Rule(
    code="runs-over",
    kind=Kind(
        severity="warning",
        what="handout runs slightly over its sheets",
        why="{artefact} is {lines} too long for {pages}",
        help="{advice}{offer}",
    ),
    find=find,
)
