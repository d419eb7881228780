"""The plan: the wanted recipes, stage by stage.

A later artefact may show an earlier one: the ebook its cover, a page the sizes of its downloads, the
shelf its series. So each stage is planned after the one before it is made. Within a stage, a recipe is planned when
it is asked for, while the workers already make those before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.build import manifest
from handpress.build.kinds import ALL_KINDS
from handpress.build.load import Loaded
from handpress.build.manifest import Entries
from handpress.build.piece_store import PieceStore
from handpress.build.places import PIECES
from handpress.build.request import Request
from handpress.core.files.disk import Asset, plain_file
from handpress.core.media import BILINGUAL, PLANNERS, STANDALONE, TABLE
from handpress.core.problems.levels import Levels
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels, Variant
from handpress.press.presses import PRESSES
from handpress.press.recipe import Recipe
from handpress.press.result import EARLIER, MEMORY, Finished, Made, StoredPiece
from handpress.series.model import Series

if TYPE_CHECKING:
    from handpress.epub.publication import EbookJob, Publication
    from handpress.print.page_numbers import PageNumbers


class Plan(Struct, frozen=True):
    """The request for a workspace, and the results of the stages so far. It is the `Job` of planners.

    `entries` and `store` have everything that exists, made in this build or before.
    """

    loaded: Loaded
    request: Request
    entries: Entries
    output: Path
    store: PieceStore
    publications: tuple[Publication, ...] = ()
    planned: Mapping[str, str] = field(default_factory=dict)  # path to fingerprint
    books: Mapping[str, PageNumbers] = field(default_factory=dict)  # by series
    seen: set[tuple[str, str]] = field(default_factory=set)  # intact artefacts, with their digests
    # Nothing is made: a missing file has the bytes that it will have again.
    only_asked: bool = False

    def layouts(self, medium: str) -> Iterator[Layout]:
        """Yield the series whose `medium` is wanted."""
        if self.request.apart or (self.request.only and medium not in self.request.only):
            return
        for layout in self.loaded.layouts:
            if medium in layout.series.media and self.wanted(layout.series.id):
                yield layout

    def wanted(self, *ids: str) -> bool:
        """Return whether any of these series is wanted."""
        return not self.request.series or not {*ids}.isdisjoint(self.request.series)

    def variants(self, layout: Layout) -> list[Variant]:
        """Return the wanted variants of a series' handouts."""
        series = layout.series
        wanted = {
            Variant(style, paper, self.request.grey)
            for style in self.request.styles or series.styles
            for paper in self.request.papers or (series.paper,)
        }
        return sorted(wanted | self.asked_before(layout, TABLE["handout"].name))

    def asked_before(self, layout: Layout, medium: str) -> set[Variant]:
        """Return the variants that an option of an earlier build asked for.

        A build without such options keeps them up to date, as long as their files and their style exist.
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
        """Yield the series whose `medium` is wanted, and the articles without errors of the others."""
        yield from self.layouts(medium)
        for layout in () if self.request.apart else self.loaded.partial:
            if layout.documents(TABLE[medium]) and self.wanted(layout.series.id):
                yield layout

    def original(self, layout: Layout) -> Layout | None:
        """Return the series that one is a translation of, None if there is none without errors."""
        id_, every = layout.series.original, (*self.loaded.layouts, *self.loaded.partial)
        return next((x for x in every if id_ and x.series.id == id_), None)

    def bilingual(self, layout: Layout) -> list[str]:
        """Return the wanted forms of handouts that show the original of a translation too."""
        wanted = {*layout.series.bilingual, *self.request.bilingual}
        return [
            form
            for form, medium in BILINGUAL.items()
            if form in wanted or self.asked_before(layout, medium)
        ]

    def booklet_papers(self, layout: Layout) -> list[str]:
        """Return the wanted paper sizes of a booklet of the book."""
        papers = {v.paper for v in self.asked_before(layout, "booklet") if not v.style}
        if self.request.booklets:
            papers |= set(self.request.papers or (layout.series.paper,))
        return sorted(papers)

    def booklet_variants(self, layout: Layout) -> list[Variant]:
        """Return the wanted variants of booklets of the packs."""
        before = self.asked_before(layout, "booklet")
        return [v for v in self.variants(layout) if self.request.booklets or v in before]

    def print_shop(self, layout: Layout) -> bool:
        """Return whether the book is wanted for a print shop."""
        return self.request.print_shop or bool(self.asked_before(layout, "print-shop"))

    @property
    def shelf(self) -> tuple[Layout, ...]:
        """The series on the shelf; none if the shelf is not wanted."""
        only = self.request.only
        return self.loaded.shown if not only or any(TABLE[name].shows for name in only) else ()

    def labels(self, series: Series) -> Labels:
        """Return the page numbers of the series' book.

        They are the last known ones if a piece could not be rendered, or if nothing is made. A handout is not
        made again for such a reason.
        """
        if "book" not in series.media:
            return {}
        book = self.books.get(series.id)
        return book.labels if book and book.complete else self.store.labels(series.id)

    def levels(self, recipe: Recipe) -> Levels:
        """Return the levels of the problems with an artefact."""
        return self.loaded.levels[recipe.series]

    def piece(self, recipe: Recipe) -> StoredPiece | None:
        """Return the piece that `recipe` made, or None if it is not rendered yet, or has an error."""
        kept = self.store.get(recipe)
        levels = self.levels(recipe)
        wrong = kept and any(
            levels.of(f.code, ALL_KINDS[f.code].severity) == "error" for f in kept.findings
        )
        return None if wrong else kept

    def finished(self, path: str) -> Finished:
        """Return the known facts about an artefact of an earlier stage, for one that is made from it."""
        return manifest.finished(path, self.planned.get(path, ""), self.entries, self.output)

    def earlier(self, path: str) -> Asset | None:
        """Return an artefact as an earlier build left it, if its file is still as it was."""
        there = manifest.made(self.entries, self.output, [path]).get(path)
        return there.asset if there else None

    def with_earlier(self, recipe: Recipe) -> Recipe:
        """Return a recipe with the last artefact and the memory of its press, if that is quicker with both."""
        if not PRESSES[recipe.press].remembers:
            return recipe
        found = {EARLIER: self.earlier(recipe.path), MEMORY: self.store.memory(recipe)}
        return replace(recipe, earlier={name: asset for name, asset in found.items() if asset})

    def made(self) -> Mapping[str, Made]:
        """Return the artefacts that pages may offer; in a full build, none that is removed at its end."""
        if not self.request.whole:
            return manifest.made(self.entries, self.output)
        failed = set(self.loaded.failed)
        kept = {p for p, e in self.entries.items() if failed & {e.series, *e.members}}
        again = self._fresh if self.only_asked else ()
        return manifest.made(
            self.entries, self.output, sorted(self.planned.keys() | kept), again, self.seen
        )

    @property
    def _fresh(self) -> set[str]:
        """The paths of artefacts whose recipes have not changed."""
        entries = self.entries
        return {p for p, f in self.planned.items() if p in entries and entries[p].fingerprint == f}


def _publications(plan: Plan) -> tuple[Publication, ...]:
    """Return the ebooks that are made only because of an option.

    A build without such options keeps earlier ones up to date, as long as their files exist.
    """
    from handpress.epub.publication import bundle, single_article

    medium, wanted = STANDALONE.name, plan.request
    layouts = {x.series.id: x for x in plan.loaded.layouts if medium in x.series.media}
    bundles = {wanted.bundle: wanted.series} if wanted.bundle else {}
    articles = {(id_, slug) for id_ in wanted.series or layouts for slug in wanted.articles}
    if not wanted.apart and (not wanted.only or medium in wanted.only):
        before = [
            e
            for path, e in plan.entries.items()
            if e.asked and e.medium == medium and plain_file(plan.output, path)
        ]
        bundles = {e.bundle: e.members for e in before if e.members}
        articles = {(e.series, e.article) for e in before if e.article}
    found = [
        bundle(title, [layouts[id_] for id_ in ids])
        for title, ids in sorted(bundles.items())
        if layouts.keys() >= set(ids) and (wanted.apart or plan.wanted(*ids))
    ]
    found += [
        single_article(layouts[id_], slug)
        for id_, slug in sorted(articles)
        if id_ in layouts and plan.wanted(id_) and layouts[id_].series.has(slug)
    ]
    return tuple(found)


Make = Callable[[Iterable[Recipe]], None]


def carry_out(plan: Plan, make: Make) -> Plan:
    """Plan each stage from the results so far, and `make` its recipes; return the plan with all results."""
    plan = replace(plan, publications=_publications(plan))
    first, *stages = (
        [planner for _, planner in rows]
        for _, rows in groupby(sorted(PLANNERS, key=itemgetter(0)), key=itemgetter(0))
    )
    plan = _with_books(plan, _recipes(plan, first), make)
    for planners in stages:
        plan = _made(plan, _recipes(plan, planners), make)
    return plan


def _recipes(job: EbookJob, planners: Iterable[str]) -> Iterator[Recipe]:
    for planner in planners:
        yield from import_module(planner).recipes(job)


def _made(plan: Plan, recipes: Iterable[Recipe], make: Make) -> Plan:
    planned = dict(plan.planned)

    def noted() -> Iterator[Recipe]:
        for recipe in recipes:
            if not recipe.piece:
                planned[recipe.path] = recipe.fingerprint
            yield recipe

    make(noted())
    return replace(plan, planned=planned)


def _with_books(plan: Plan, recipes: Iterator[Recipe], make: Make) -> Plan:
    """Make the `recipes`, and settle the page numbers of the books.

    That takes several steps, since a chapter may show page numbers of another. Artefacts that show page
    numbers must wait for them, even if the book itself is not wanted.
    """
    from handpress.print.page_numbers import PageNumbers, settle_page_numbers

    numbered = [medium.name for medium in TABLE.values() if medium.pages == medium.name]
    wanted = {layout.series.id for name in numbered for layout in plan.layouts(name)}
    showing = {
        layout.series.id: layout
        for medium in TABLE.values()
        for layout in plan.layouts(medium.name)
        if medium.pages in layout.series.media
    }
    settling = {id_: settle_page_numbers(layout, id_ in wanted) for id_, layout in showing.items()}
    while True:
        steps = (book.wanted for book in settling.values())
        plan = _made(plan, chain(recipes, *steps), make)
        after = {id_: book.next(plan.piece) for id_, book in settling.items()}
        known = {id_: book for id_, book in after.items() if isinstance(book, PageNumbers)}
        settling = {id_: b for id_, b in after.items() if not isinstance(b, PageNumbers)}
        plan = replace(plan, books={**plan.books, **known})
        if not settling:
            return plan


def open_store(output: Path) -> PieceStore:
    return PieceStore(output, PIECES)
