"""Bilingual handouts: a recipe for each article of a translation, beside its original.

The sheet is that of the original: its letterhead, its theme, and its direction, so that the original is where its
readers begin, on the left for English and on the right for Arabic. All words that Handpress adds are in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import product
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from handpress.compose.document import Document, language_of
from handpress.core.direction import direction
from handpress.core.files.disk import Asset, digest
from handpress.core.media import BILINGUAL, PAPERS, TABLE
from handpress.core.units import POINTS
from handpress.layout.css.two_ways import TURNED
from handpress.layout.html.facing_rows import before_headings, facing_rows
from handpress.layout.html.pictures import in_grey
from handpress.layout.html.rows import Cells, in_rows, with_own_ids
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.print_page import BESIDE, page_files, stylesheet
from handpress.layout.variant import Labels, Variant
from handpress.layout.words import Words, edition_line, long_date
from handpress.markup.tree import Element, parse_tree, serialize_element
from handpress.press.options import RenderOptions
from handpress.press.recipe import Recipe
from handpress.print.further_reading import further_reading
from handpress.print.handout import steps_of
from handpress.print.write_in import WriteIn, unfilled
from handpress.series.model import Author

PIECE = "bilingual"  # the stylesheet of the medium
COLUMNS, PAGES = BILINGUAL
SHEET = TABLE["handout"]
MARGINS = 34  # millimetres, both together
POINTS_OF_TEXT = 12
# Rooms, and how many letters m they have in a line at least: a picture fits between two dosages, two cells fit beside
# each other, or only one.
Room = Literal["wide", "narrow", "single"]
WIDE: Room = "wide"
SINGLE: Room = "single"
ROOMS: dict[Room, float] = {WIDE: 36, "narrow": 20, SINGLE: 0}


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the bilingual handouts of every translation that are wanted, in each variant."""
    for layout in job.error_free(SHEET.name):
        forms = job.bilingual(layout)
        original = job.original(layout) if forms else None
        if original is not None:
            for variant, form in product(job.variants(layout), forms):
                labels = [job.labels(each.series) for each in (original, layout)]
                yield from bilingual_handouts(original, layout, variant, labels, form)


class Side(Struct, frozen=True, dict=True):
    """An article in one of the two languages, as the template shows it."""

    layout: Layout
    document: Document
    mark: str = ""  # the beginning of its ids
    within: str = ""  # the language of the sheet, for a translation

    @cached_property
    def language(self) -> str:
        assert self.document.article is not None
        return language_of(self.layout.series, self.document.article)

    @property
    def words(self) -> Words:
        return self.layout.words_of(self.language)

    @property
    def settings(self) -> dict[str, str]:
        assert self.document.article is not None
        return {k: self.document.article.settings.get(k, "") for k in ("subtitle", "summary")}

    @property
    def id(self) -> str:
        return f"{self.mark}{self.document.id}"

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of its cells."""
        way = direction(self.language)
        names = ["cell"]
        if self.within:
            names += [BESIDE, TURNED][: 1 + (way != direction(self.within))]
        return {"class": " ".join(names), "lang": self.language, "dir": way}

    @property
    def edition(self) -> str:
        return edition_line(self.layout.series, self.words)

    @property
    def review_by(self) -> str:
        due = self.layout.series.review_by
        return self.words["review_by"].format(date=long_date(due, self.words)) if due else ""

    def closing(
        self, assets: dict[str, Asset], labels: Labels, kind: str, of: Side | None
    ) -> Markup:
        """Return the further reading, and the authors. An author whose lines are the same on the side `of` is left out."""
        above = {_facts(author) for author in of.document.authors} if of else set()
        return Markup(
            self.layout.render(
                "parts/closing.html",
                assets,
                document=self.document,
                language=self.language,
                ways=further_reading(self.layout, self.document, labels),
                authors=[author for author in self.document.authors if _facts(author) not in above],
                kind=kind,
                one_column=False,
            )
        )


def _facts(author: Author) -> tuple[str, ...]:
    return author.name, author.credentials, author.role, author.short


class _Look(Struct, frozen=True, dict=True):
    """The handouts of one look, without their articles; see :func:`bilingual_handouts` for the fields."""

    original: Layout
    translation: Layout
    variant: Variant
    pages: Sequence[Labels]
    form: str
    before: str
    fields: Sequence[Sequence[WriteIn]]
    piece: str

    @cached_property
    def sheet(self) -> str:
        piece = f"{PIECE} {self.piece}".strip()
        return stylesheet(self.original, SHEET.name, self.variant, piece, self.translation)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that the files of a recipe depend on, beside the two articles."""
        return (
            self.form,
            *map(str, self.variant),
            digest(self.sheet.encode()),
            digest(repr([sorted(p.items()) for p in self.pages]).encode()),
            self.original.frame,
            self.before,
            repr(self.fields),
        )

    def files_of(self, ours: Side, theirs: Side) -> Mapping[str, Asset]:
        """Return the files of the recipe for an article."""
        original, practice = self.original, self.translation.series.practice
        kind = original.sheets.style_options(self.variant.style).kind
        room = _room(original, self.variant)
        assets: dict[str, Asset] = {}
        fields = self.fields or [unfilled(side.words, practice) for side in (ours, theirs)]
        html = original.render(
            "bilingual.html",
            assets,
            document=ours.document,
            sides=(ours, theirs),
            **_rows(ours, theirs, assets, kind, room, self.form),
            room=room,
            closings=(
                ours.closing(assets, self.pages[0], kind, None),
                theirs.closing(assets, self.pages[1], kind, ours),
            ),
            authors=ours.document.authors,
            description=ours.settings["summary"],
            language=ours.language,
            before=Markup(self.before),
            fields=list(zip(*fields, strict=True)),
            kind=kind,
        )
        if self.variant.grey:
            assets = {n: in_grey(n, asset, original.cache) for n, asset in assets.items()}
        return page_files(original, html, self.sheet, assets, self.translation)


def bilingual_handouts(
    original: Layout,
    translation: Layout,
    variant: Variant,
    pages: Sequence[Labels],
    form: str = COLUMNS,
    before: str = "",
    fields: Sequence[Sequence[WriteIn]] = (),
    piece: str = "",
) -> Iterator[Recipe]:
    """Yield a recipe for each article that is in both languages, in one look. `pages` are those of the two books.

    `before`, `fields` and `piece` are as for :func:`.handouts`, the fields for each language.
    """
    look = _Look(original, translation, variant, pages, form, before, fields, piece)
    series = translation.series
    steps = steps_of(look.sheet)
    counterparts = {document.name: document for document in original.documents(SHEET)}
    for document in translation.documents(SHEET):
        first = counterparts.get(document.name)
        if first is None or first.article is None or document.article is None:
            continue
        ours = Side(original, first)
        mark = f"{language_of(series, document.article)}---"
        theirs = Side(translation, document, mark, ours.language)
        known = (*look.facts, first.article.digest, first.targets)
        yield Recipe(
            path=f"{series.id}/{variant.folder(series)}{document.name}.{BILINGUAL[form]}.pdf",
            press="pdf",
            files=translation.recall_files(document, known, partial(look.files_of, ours, theirs)),
            options=RenderOptions(steps=steps, ruled=form == COLUMNS),
            medium=BILINGUAL[form],
            series=series.id,
            article=document.name,
            style=variant.style,
            paper=variant.paper,
            grey=variant.grey,
            asked=form not in series.bilingual,
            edition=series.edition,
            title=document.title,
            source=document.article.path,
            causes=translation.causes.of(document, look.sheet) | {"original": first.article.digest},
        )


def _room(layout: Layout, variant: Variant) -> Room:
    """Return how much room a page has between its margins, by the size of its text."""
    size = layout.sheets.tokens(SHEET.name, variant.style, variant.paper)["--text"]
    points = float(size.removesuffix("pt")) if re.fullmatch(r"[\d.]+pt", size) else POINTS_OF_TEXT
    ems = (PAPERS[variant.paper].width - MARGINS) * POINTS["mm"] / points
    return next(name for name, least in ROOMS.items() if ems >= least)


def _rows(
    ours: Side, theirs: Side, assets: dict[str, Asset], kind: str, room: Room, form: str
) -> dict[str, Markup]:
    """Return the text of both sides as rows: those side by side, and those for facing pages."""
    original, translation = (
        parse_tree(side.layout.body(side.document, assets, "", kind)) for side in (ours, theirs)
    )
    with_own_ids(translation, theirs.mark)
    stacked = room != WIDE and form == COLUMNS
    cells = Cells(ours.attributes, theirs.attributes, room != WIDE, stacked)
    facing = Markup("")
    if form == PAGES:
        lead = Element("div"), Element("div")
        if room == WIDE:
            lead = before_headings(original, translation)
        facing = _markup(facing_rows(original, translation, cells))
        original, translation = lead
    return {"rows": _markup(in_rows(original, translation, cells)), "facing": facing}


def _markup(elements: Iterable[Element]) -> Markup:
    return Markup("\n".join(map(serialize_element, elements)))
