"""Texts of fields: the recipe that writes them on the finished pages of a form."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from handpress.core.direction import text_direction
from handpress.core.files.disk import Asset
from handpress.core.media import PAPERS
from handpress.core.units import POINTS
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.variant import Variant
from handpress.press.options import FillInOptions
from handpress.press.recipe import Recipe
from handpress.press.result import FieldPlace, Rendered

LEAST = 0.75  # of its usual size; a smaller text is not calm beside the others
PAGE = Markup("<section>{}</section>")
TEXT = Markup(
    '<p dir="{way}" data-field="{name}" data-room="{width:.2f}" data-least="{least:.2f}"'
    ' style="left: {left:.2f}px; top: {top:.2f}px; width: {width:.2f}px; text-align: {align};'
    ' font-size: {size:.2f}px; line-height: {line:.2f}px; font-weight: {weight}; color: {color}">{text}</p>'
)  # fmt: skip
HTML = Markup(
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Texts</title>'
    "<style>@page {{ size: {width}mm {height}mm }}</style></head><body>{pages}</body></html>"
)


def texts_on(
    layout: Layout, variant: Variant, form: Rendered, texts: Mapping[str, str]
) -> Recipe | None:
    """Return the recipe of a form with `texts`, or None if one of them has no place on it."""
    places = [place for place in form.fields if place.name in texts]
    if len(places) < len(texts):
        return None
    smallest = _pixels(layout.sheets.tokens("handout", variant.style, variant.paper)["--smallest"])
    pages = [
        (n, [*on]) for n, on in groupby(sorted(places, key=attrgetter("page")), attrgetter("page"))
    ]
    sections = [
        PAGE.format(Markup("").join(_written(place, texts[place.name], smallest) for place in on))
        for _, on in pages
    ]
    paper = PAPERS[variant.paper]
    html = HTML.format(
        language=layout.series.language,
        width=paper.width,
        height=paper.height,
        pages=Markup("").join(sections),
    )
    sheet = stylesheet(layout, "handout-texts", variant)
    files = page_files(layout, html, sheet, {})
    return Recipe(
        path="",
        press="fill-in",
        files=files | {"form.pdf": Asset.of(form.data)},
        options=FillInOptions(tuple(number for number, _ in pages)),
    )


def _written(place: FieldPlace, text: str, smallest: float) -> Markup:
    facts = {
        key: getattr(place, key)
        for key in ("name", "left", "top", "width", "line", "size", "weight", "color", "align")
    }
    least = min(place.size, max(smallest, place.size * LEAST))
    return TEXT.format(**facts, text=text, way=text_direction(text), least=least)


def _pixels(length: str) -> float:
    number = length.removesuffix("pt")
    return float(number) * POINTS["pt"] / POINTS["px"]
