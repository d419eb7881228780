"""Editions on the web: whether a printed copy is current, pages of articles that were taken out, and a feed of editions."""

from __future__ import annotations

import uuid
from typing import Any

from msgspec import Struct

from handpress.core.files.disk import Asset
from handpress.core.media import TABLE
from handpress.layout.layout import Layout
from handpress.layout.publication import series_identity
from handpress.layout.words import edition_line
from handpress.series.ledger.editions import Edition, slug_in
from handpress.series.ledger.news import Change, News, news_since
from handpress.series.released import anchor_of, as_released, present

PIECE = "web-editions"  # the stylesheet of pages of a series with a ledger


class Copy(Struct, frozen=True):
    """A printed copy of an article's handout, by its edition; `change` is what changed since, None without a change."""

    id: str
    edition: str
    newest: bool
    change: Change | None


def copies(layout: Layout, slug: str) -> list[Copy]:
    """Return the editions that had a handout of an article, the newest first, each with what its readers should know."""
    series, editions = layout.series, layout.series.editions
    now = present(series) if series.number_in(TABLE["handout"], slug) else None
    found = []
    for edition in reversed(editions):
        had = slug_in(edition, slug, editions)
        if edition.handed_out(had) or (edition is now and slug in edition.articles):
            change = news_since(editions, edition).of(slug)
            name = stated(layout, edition)
            found.append(Copy(anchor_of(edition), name, edition is editions[-1], change))
    return found


def stated(layout: Layout, edition: Edition) -> str:
    """Return an edition as pages state it: ``Second edition, March 2027``."""
    return edition_line(as_released(layout.series, edition), layout.words)


def removed(layout: Layout) -> list[Change]:
    """Return the removals of the articles that the series has no more."""
    editions = layout.series.editions
    gone = {c.slug: c for edition in editions for c in news_since(editions, edition).changes}
    return [c for c in gone.values() if c.kind == "removed" and not layout.series.has(c.slug)]


def renamed(layout: Layout) -> dict[str, str]:
    """Return the slugs that articles had before their files were renamed, each with the present one."""
    found: dict[str, str] = {}
    for edition in layout.series.editions:
        for now, was in edition.renamed.items():
            found = {old: now if slug == was else slug for old, slug in found.items()} | {was: now}
    return {was: now for was, now in found.items() if was != now and not layout.series.has(was)}


class Entry(Struct, frozen=True):
    """An edition in the feed."""

    id: str
    title: str
    edition: Edition
    news: News


def feed(layout: Layout) -> Asset:
    """Return the feed of a series' editions (RFC 4287), the newest first. Its dates are those of the releases."""
    series, entries = layout.series, []
    before = Edition(0, series.editions[0].date)
    for number, edition in enumerate(series.editions):
        since = series.editions[number - 1] if number else before
        news = news_since(series.editions[: number + 1], since)
        identity = _identity(layout, anchor_of(edition))
        entries.append(Entry(identity, stated(layout, edition), edition, news))
    whole: dict[str, Any] = {"entries": entries[::-1], "identifier": _identity(layout, "editions")}
    return Asset.of(layout.render("editions.xml", {}, kind="web", **whole).encode())


def _identity(layout: Layout, name: str) -> str:
    """Return an id that stays the same wherever and whenever the feed is made (RFC 9562, v5)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{series_identity(layout.series)}#{name}')}"
