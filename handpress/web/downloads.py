"""Downloads: the files that a series' page offers, with their sizes and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from handpress.core.media import BILINGUAL, TABLE
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.layout.words import counted, own_name, pack_name, size, style_name
from handpress.press.result import Made
from handpress.series.contents import title_of
from handpress.series.model import Series

PDF = "application/pdf"


class Download(Struct, frozen=True):
    """A file offered on a page. `href` is relative to the series' page. `hint` is who or what it is for."""

    title: str
    format: str
    href: str
    size: str
    pages: str
    bytes: int
    number: int = 0  # of the article; 0 for the whole series
    type: str = PDF
    hint: str = ""


def downloads(layout: Layout, made: Mapping[str, Made]) -> list[Download]:
    """Return the downloads of a series, in the order of the page: the whole series first, for screens before print."""
    series, words = layout.series, layout.words
    offers = [medium.offer for medium in TABLE.values() if medium.offer]
    found = []
    for offer in sorted(offers, key=lambda offer: offer.type == PDF):
        file = f"{series.id}.{offer.ending}"
        if there := made.get(f"{series.id}/{file}"):
            more = {"type": offer.type, "hint": words[offer.hint]}
            found.append(
                _download(words[offer.name], offer.ending.upper(), file, there, words, **more)
            )
    for article in series.articles_in(TABLE["handout"]):
        number = series.number(article.slug)
        for style in series.styles:
            folder = Variant(style, series.paper).folder(series)
            file = f"{folder}{article.slug}.pdf"
            if there := made.get(f"{series.id}/{file}"):
                title = style_name(style, words)
                found.append(_download(title, "PDF", file, there, words, number=number))
            both = (f"{folder}{article.slug}.{BILINGUAL[form]}.pdf" for form in series.bilingual)
            if file := next((f for f in both if f"{series.id}/{f}" in made), ""):
                there = made[f"{series.id}/{file}"]
                title = " · ".join((style_name(style, words), *_languages(series)))
                found.append(_download(title, "PDF", file, there, words, number=number))
    return found


def _languages(series: Series) -> tuple[str, str]:
    """Return the names of the two languages of a translation's bilingual handouts, each in itself."""
    original = next(c for c in series.counterparts if c.id == series.original)
    return own_name(original.language), own_name(series.language)


def bound_together(layout: Layout, made: Mapping[str, Made]) -> list[Download]:
    """Return the packs to download, in the series' own styles."""
    series, words = layout.series, layout.words
    found = []
    for name in series.packs:
        for style in series.styles:
            file = f"{Variant(style, series.paper).folder(series, 'packs')}{name}.pdf"
            if there := made.get(f"{series.id}/{file}"):
                title = pack_name(title_of(name), style, words)
                found.append(_download(title, "PDF", file, there, words))
    return found


def _download(
    title: str, kind: str, file: str, there: Made, words: Mapping[str, Any], **more: Any
) -> Download:
    pages = counted("pages", there.pages, words) if there.pages else ""
    return Download(title, kind, file, size(there.bytes, words), pages, there.bytes, **more)
