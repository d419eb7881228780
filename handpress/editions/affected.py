"""Affected handouts: those whose printed copies of an edition are out of date, in all series."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from handpress.core.files.workspace import Workspace
from handpress.core.media import TABLE
from handpress.layout.variant import Variant
from handpress.series.assemble import assemble_all
from handpress.series.ledger.editions import Edition, find_edition
from handpress.series.ledger.news import Change, news_since
from handpress.series.model import Series


class Affected(Struct, frozen=True):
    """A handout to reprint, or to withdraw if its article was removed; `paths` are its files in the output folder."""

    series: Series
    since: Edition
    change: Change
    paths: tuple[str, ...]


def affected(workspace: Workspace, label: str) -> tuple[list[Series], list[Affected]]:
    """Return the series that have an edition with a label, and the handouts affected since, safety corrections first."""
    having: list[Series] = []
    found: list[Affected] = []
    for series, _ in assemble_all(workspace):
        if edition := find_edition(series.editions, label):
            having.append(series)
            found += _of(series, edition)
    return having, sorted(found, key=lambda each: not each.change.safety)


def _of(series: Series, since: Edition) -> Iterator[Affected]:
    for change in news_since(series.editions, since).outdated:
        there = series.number_in(TABLE["handout"], change.slug)
        folders = [Variant(style, series.paper).folder(series) for style in series.styles]
        paths = tuple(f"{series.id}/{folder}{change.slug}.pdf" for folder in folders if there)
        yield Affected(series, since, change, paths)
