"""The ebook: the recipe of an EPUB from its pages and navigation."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set

from handpress.assets.fonts import Face
from handpress.core.direction import direction
from handpress.core.files.disk import Asset
from handpress.core.media import STANDALONE, TABLE
from handpress.epub import fonts, metadata
from handpress.epub.css import flatten
from handpress.epub.navigation import file_of, guide, navigation_lists, ncx
from handpress.epub.page import COVER, SHEETS, Page, names_in
from handpress.epub.publication import EbookJob, Publication, whole_series
from handpress.epub.rasterize import rasterized_drawings
from handpress.layout import publication
from handpress.layout.css.digits import in_digits, of_series
from handpress.layout.css.rtl import flip
from handpress.layout.css.stylesheet import of_language
from handpress.layout.layout import Layout
from handpress.press.options import EpubOptions
from handpress.press.recipe import LateFiles, Recipe
from handpress.press.result import Made
from handpress.print.book_pieces import FindPiece
from handpress.print.page_numbers import PageNumbers

# The slanted letters that e-readers draw in place of those in formulas.
SLANTED = "".join(map(chr, (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))))
# Errors of reading a file that is not an ebook of ours.
UNREADABLE = (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error)
CSS_WRITES = "•–☐☑0123456789."  # marks of lists


def recipes(job: EbookJob) -> Iterator[Recipe]:
    """Yield the ebook of every series, and those that an option asks for."""
    made = job.made()
    for layout in job.layouts(STANDALONE.name):
        if (whole := whole_series(layout)).cover in made:
            book = job.books.get(layout.series.id)
            yield ebook(whole, made, job.piece, book, job.earlier(whole.path))
    for publication_ in job.publications:
        if publication_.cover in made:
            yield ebook(publication_, made, job.piece)


def ebook(
    volume: Publication,
    made: Mapping[str, Made],
    find: FindPiece,
    book: PageNumbers | None = None,
    last: Asset | None = None,
) -> Recipe:
    """Return the recipe of an ebook.

    `made` must include its cover, and `find` must know its rasterized drawings. `book` is the series' book,
    if it has one and the ebook shows its page numbers; a book that cannot be printed leaves the ebook without them.
    The recipe is incomplete without a drawing. Pages that have not changed are taken from the `last` ebook.
    """
    medium, layout = TABLE["epub"], volume.layout
    series = layout.series
    cover = made[volume.cover].asset
    if cover is None:
        raise ValueError(f"{volume.cover} was not made as a file")
    paged = book if book and book.complete else None
    faces = fonts.chosen(layout)
    notice = fonts.notice(layout, faces)
    pages = [Page(own, document, notice, paged) for own, document in volume.documents]
    facts = [page.facts for page in pages]
    pictures = {name: value for page in facts for name, value in page.pictures.items()}
    drawn = {
        name: find(recipe)
        for name, recipe in rasterized_drawings(layout).items()
        if name in pictures
    }
    rasters = {name: kept.asset for name, kept in drawn.items() if kept}
    lists = navigation_lists(layout, pages)
    guides = {page.file: page.written(lists) for page in pages if page.navigates}
    present = {name for text in guides.values() for name in names_in(text)}
    present.update(*(page.names for page in facts))
    sheet = _sheet(layout, faces, present)
    ways = sorted({direction(page.language) for page in pages})
    sheets = {SHEETS[way]: flip(sheet, way) for way in ways}
    whole = {**guides, "toc.ncx": ncx(layout, lists), **sheets}
    known = {name: Asset.of(text.encode()) for name, text in whole.items()}
    known |= fonts.files(layout, faces) | rasters | {COVER: cover}

    def files() -> Mapping[str, Asset]:
        texts = texts_in(last, of_pages)
        texts |= {
            page.file: Asset.of(page.text.encode())
            for page in pages
            if not page.navigates and page.file not in texts
        }
        shown = {name: asset for page in pages for name, asset in page.pictures.items()}
        return texts | shown | known

    of_pages = {page.file: page.facts.text for page in pages if not page.navigates}
    digests = of_pages | pictures | {name: asset.digest for name, asset in known.items()}
    characters = {*"".join(guides.values())}.union(*(page.characters for page in facts))
    return Recipe(
        path=volume.path,
        press="epub",
        files=LateFiles(digests, files),
        options=_options(layout, pages, characters if faces else None),
        medium=medium.name,
        series=series.id,
        article=volume.article,
        bundle=series.title if volume.bundled else "",
        members=volume.bundled,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        asked=volume.asked,
        causes={**volume.causes(sheet), "cover": cover.digest},
        complete=all(drawn.values()),
    )


def _sheet(layout: Layout, faces: Sequence[Face], present: Set[str]) -> str:
    """Return the stylesheet of an ebook, with the rules for the elements and classes that are `present`."""
    series = layout.series
    layers = layout.sheets.layers(STANDALONE.name)
    layers["tokens"] += fonts.tokens(faces) + of_language(layout.words) + of_series(series)
    asked = ("flat sheet", *layers.values(), repr(sorted(present)))
    flat = layout.recall(str, None, asked, lambda: flatten(layers, present))
    return in_digits(fonts.css(faces) + flat, series.language, series)


def _options(layout: Layout, pages: list[Page], characters: Set[str] | None) -> EpubOptions:
    """Return what the press has to know of an ebook. Its fonts, if it has any, are reduced to the `characters`."""
    series, facts = layout.series, [page.facts for page in pages]
    mathml = tuple(page.file for page in pages if page.facts.formulas)
    return EpubOptions(
        metadata=tuple(metadata.rows(layout, metadata.Content.of(facts))),
        identifier=publication.identifier(layout),
        title=series.title,
        language=series.language,
        direction=direction(series.language),
        modified=publication.modified(series),
        spine=tuple(page.file for page in pages),
        nav=file_of("contents", pages),
        guide=tuple(guide(layout, pages)),
        drawings=tuple(sorted({name for page in facts for name in page.drawings})),
        mathml=mathml,
        characters="" if characters is None else _characters(characters, bool(mathml)),
    )


def texts_in(ebook: Asset | None, wanted: Mapping[str, str]) -> dict[str, Asset]:
    """Return the files of a finished ebook that have the digests in `wanted`; none if it cannot be read."""
    found = {}
    with contextlib.suppress(*UNREADABLE):
        data = io.BytesIO(ebook.read() if ebook else b"")
        with zipfile.ZipFile(data) as packed:
            there = set(packed.namelist())
            for name, value in wanted.items():
                asset = Asset.of(packed.read(f"EPUB/{name}")) if f"EPUB/{name}" in there else None
                if asset and asset.digest == value:
                    found[name] = asset
    return found


def _characters(shown: Set[str], with_formulas: bool) -> str:
    """Return the characters that are `shown`, with those that stylesheets and formulas add, in order."""
    every = {*shown, *CSS_WRITES, *(SLANTED if with_formulas else "")}
    return "".join(sorted(filter(str.isprintable, every)))
