"""Languages: the page in which an article, or a series, is in each of its other languages."""

from __future__ import annotations

from msgspec import Struct

from handpress.core.media import TABLE
from handpress.layout.layout import Layout
from handpress.layout.words import own_name

WEB = TABLE["web"]
PIECE = "web-languages"  # the stylesheet of pages with a choice of languages


class Version(Struct, frozen=True):
    """A page in one of its languages: `href` leads there, and `address` is the best one for search engines."""

    language: str
    name: str
    href: str
    address: str
    here: bool = False


def versions(layout: Layout, slug: str = "") -> list[Version]:
    """Return the page of an article, or of the series, in each language, this one first; none if there is no other."""
    series = layout.series
    others = [
        _version(each.id, each.language, each.site, slug)
        for each in series.counterparts
        if WEB.name in each.media and (not slug or slug in each.titles)
    ]
    if not others:
        return []
    return [_version(series.id, series.language, series.site, slug, here=True), *others]


def _version(id_: str, language: str, site: str, slug: str, here: bool = False) -> Version:
    page = f"articles/{slug}.html" if slug else ""
    href = f"{'../' if slug else ''}../{id_}/{page or 'index.html'}"
    return Version(language, own_name(language), href, f"{site}{page}" if site else href, here)
