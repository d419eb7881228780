"""Handouts that are longer than the `fit` of their article."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.core.problems.catalogue import Kind
from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.copyfit import must_be_shorter, too_long
from handpress.press.preflight.rule import Found, Rule
from handpress.press.result import Spot


def find(laid: PageBoxes, options: RenderOptions) -> Iterator[Found]:
    """Yield the advice for a handout that no step of its style makes short enough."""
    if options.fit is not None and must_be_shorter(laid, options):
        yield too_long(laid, Spot(key="fit"), options.fit)


RULE = Rule(
    code="does-not-fit",
    kind=Kind(
        severity="error",
        what="handout is too long",
        why="{artefact} is {lines} too long for {pages}",
        help="{advice}, or raise `fit`",
        fallback=True,
    ),
    find=find,
)
