"""The plan: the recipes of everything that was asked for, stage by stage.

A later artefact may show an earlier one: the ebook its cover, a page the sizes of its downloads, the
shelf its series. So a stage is laid out when the one before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.build import manifest
from handpress.build.load import Loaded
from handpress.build.manifest import Entries
from handpress.build.piece_store import PieceStore
from handpress.build.request import Request
from handpress.core.disk import plain_file
from handpress.core.media import STANDALONE, TABLE
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels, Variant
from handpress.press.recipe import Recipe
from handpress.press.result import Finished, Made
from handpress.series.model import Series

if TYPE_CHECKING:
    from handpress.epub.publication import Publication
    from handpress.print.page_numbers import PageNumbers


@dataclass(frozen=True)
class Plan:
    """What the stages are given: what was read, what was asked, what is there."""

    loaded: Loaded
    request: Request
    entries: Entries
    output: Path
    store: PieceStore
    planned: dict[str, str] = field(
        default_factory=dict
    )  # path to fingerprint, of the stages so far
    paged: dict[str, PageNumbers] = field(
        default_factory=dict
    )  # books by series, once pages are known

    def layouts(self, medium: str) -> Iterator[Layout]:
        """The series whose `medium` is wanted."""
        if self.request.apart or (self.request.only and medium not in self.request.only):
            return
        for layout in self.loaded.layouts:
            if medium in layout.series.media and self.wanted(layout.series.id):
                yield layout

    def wanted(self, *ids: str) -> bool:
        """Whether any of these series is."""
        return not self.request.series or not {*ids}.isdisjoint(self.request.series)

    def variants(self, layout: Layout) -> list[Variant]:
        """The looks that the handouts of a series are wanted in."""
        series = layout.series
        wanted = {
            Variant(style, paper, self.request.grey)
            for style in self.request.styles or series.styles
            for paper in self.request.papers or (series.paper,)
        }
        return sorted(wanted | self.asked_before(layout, TABLE["handout"].name))

    def asked_before(self, layout: Layout, medium: str) -> set[Variant]:
        """The looks that were asked for once: a build that is asked for none keeps them right as long
        as their files are there, and their style is.
        """
        if self.request.variant:
            return set()
        return {
            Variant(e.style, e.paper, e.grey)
            for path, e in self.entries.items()
            if e.asked
            and (e.series, e.medium) == (layout.series.id, medium)
            and e.style in ("", *layout.sheets.styles)
            and plain_file(self.output, path)
        }

    def error_free(self, medium: str) -> Iterator[Layout]:
        """The series whose `medium` is wanted, and what is sound of those with errors."""
        yield from self.layouts(medium)
        for layout in () if self.request.apart else self.loaded.partial:
            if layout.documents(TABLE[medium]) and self.wanted(layout.series.id):
                yield layout

    def labels(self, series: Series) -> Labels:
        """The page numbers of the series' book. Where a piece could not be pressed, or is only looked at
        and not made, they are the last that were known: a sheet is not made again for that.
        """
        book = self.paged.get(series.id)
        return book.labels if book and book.complete else self.store.labels(series.id)

    @cached_property
    def volumes(self) -> tuple[Publication, ...]:
        """The ebooks that only an option asks for. A build that is asked for none keeps those right that
        were asked for before, as long as their files are there.
        """
        from handpress.epub.publication import bundle, single_article

        medium, wanted = STANDALONE.name, self.request
        layouts = {x.series.id: x for x in self.loaded.layouts if medium in x.series.media}
        bundles = {wanted.bundle: wanted.series} if wanted.bundle else {}
        articles = {(id_, slug) for id_ in wanted.series or layouts for slug in wanted.articles}
        if not wanted.apart and (not wanted.only or medium in wanted.only):
            before = [
                e
                for path, e in self.entries.items()
                if e.asked and e.medium == medium and plain_file(self.output, path)
            ]
            bundles = {e.bundle: e.members for e in before if e.members}
            articles = {(e.series, e.article) for e in before if e.article}
        found = [
            bundle(title, [layouts[id_] for id_ in ids])
            for title, ids in sorted(bundles.items())
            if layouts.keys() >= set(ids) and (wanted.apart or self.wanted(*ids))
        ]
        found += [
            single_article(layouts[id_], slug)
            for id_, slug in sorted(articles)
            if id_ in layouts and self.wanted(id_) and layouts[id_].series.has(slug)
        ]
        return tuple(found)

    def find(self, path: str) -> Finished:
        """What is known of an artefact of an earlier stage that a later one is made of."""
        return manifest.finished(path, self.planned.get(path, ""), self.entries, self.output)

    def made(self) -> dict[str, Made]:
        """What pages may offer: in a whole build, nothing that will be swept away at its end."""
        if not self.request.whole:
            return manifest.made(self.entries, self.output)
        failed = set(self.loaded.failed)
        kept = {p for p, e in self.entries.items() if failed & {e.series, *e.members}}
        return manifest.made(self.entries, self.output, sorted(self.planned.keys() | kept))


def _handouts(plan: Plan) -> Iterator[Recipe]:
    from handpress.print.handout import handouts

    for layout in plan.error_free("handout"):
        labels = plan.labels(layout.series)
        for variant in plan.variants(layout):
            yield from handouts(layout, variant, labels)


def _books(plan: Plan) -> Iterator[Recipe]:
    from handpress.print.book import book_recipe

    for layout in plan.layouts("book"):
        yield book_recipe(layout, plan.paged[layout.series.id], plan.store.get)


def _packs(plan: Plan) -> Iterator[Recipe]:
    from handpress.print.pack import packs

    for layout in plan.error_free("handout"):
        for variant in plan.variants(layout):
            yield from packs(layout, variant, plan.find)


def _booklets(plan: Plan) -> Iterator[Recipe]:
    from handpress.print.booklet import book_booklet, pack_booklets

    for layout in plan.layouts("book"):
        series = layout.series
        papers = {look.paper for look in plan.asked_before(layout, "booklet") if not look.style}
        if plan.request.booklets:
            papers |= set(plan.request.papers or (series.paper,))
        for paper in sorted(papers):
            yield book_booklet(layout, paper, plan.find)
    for layout in plan.error_free("handout"):
        before = plan.asked_before(layout, "booklet")
        for variant in plan.variants(layout):
            if plan.request.booklets or variant in before:
                yield from pack_booklets(layout, variant, plan.find)


def _covers(plan: Plan) -> Iterator[Recipe]:
    from handpress.print.cover import cover

    covered = {layout.series.id: layout for m in ("epub", "web") for layout in plan.layouts(m)}
    for layout in covered.values():
        yield cover(layout)
    for volume in plan.volumes:
        yield replace(
            cover(volume.layout),
            path=volume.cover,
            article=volume.article,
            members=volume.bundled,
            asked=True,
        )


def _drawings(plan: Plan) -> Iterator[Recipe]:
    from handpress.epub.rasterize import rasterized_drawings

    for layout in (*plan.layouts(STANDALONE.name), *(volume.layout for volume in plan.volumes)):
        yield from rasterized_drawings(layout).values()


def _ebooks(plan: Plan) -> Iterator[Recipe]:
    from handpress.epub.ebook import ebook
    from handpress.epub.publication import whole_series

    made = plan.made()
    for layout in plan.layouts(STANDALONE.name):
        if (volume := whole_series(layout)).cover in made:
            yield ebook(volume, made, plan.store.get, plan.paged.get(layout.series.id))
    for volume in plan.volumes:
        if volume.cover in made:
            yield ebook(volume, made, plan.store.get)


def _sites(plan: Plan) -> Iterator[Recipe]:
    from handpress.web.site import site

    made = plan.made()
    for layout in plan.layouts("web"):
        yield from site(layout, made)


def _shelf(plan: Plan) -> Iterator[Recipe]:
    from handpress.web.shelf import shelf

    if plan.loaded.shown and (not plan.request.only or "web" in plan.request.only):
        yield from shelf(plan.loaded.shown, plan.made())


STAGES = ((_handouts, _books), (_ebooks, _packs), (_booklets,), (_sites,), (_shelf,))


def stages(plan: Plan) -> Iterator[list[Recipe]]:
    """The recipes of each stage. A stage is laid out when it is asked for: the one before is made then.

    The pages of a book take several stages, since a chapter may show page numbers of another. Whatever
    shows them waits for them, also where the book itself is not asked for: it is the same then.
    """
    from handpress.print.page_numbers import settle_page_numbers

    bound = {layout.series.id for layout in plan.layouts("book")}
    books = {
        layout.series.id: settle_page_numbers(layout, plan.store.get, layout.series.id in bound)
        for medium in TABLE.values()
        for layout in plan.layouts(medium.name)
        if medium.pages in layout.series.media
    }
    stage = [*_covers(plan), *_drawings(plan)]
    while stage or books:
        for id_, book in list(books.items()):
            try:
                stage += next(book)
            except StopIteration as end:
                plan.paged[id_] = end.value
                del books[id_]
        yield stage
        stage = []
    for lay_outs in STAGES:
        yield [recipe for lay_out in lay_outs for recipe in lay_out(plan)]


def open_store(output: Path) -> PieceStore:
    return PieceStore(output, manifest.PIECES)
