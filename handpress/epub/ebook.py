"""The ebook: the recipe of an EPUB from its pages and navigation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from handpress.compose.document import Document
from handpress.core.direction import direction
from handpress.core.disk import Asset
from handpress.core.media import STANDALONE, TABLE
from handpress.epub import fonts, metadata, semantics
from handpress.epub.css import flatten
from handpress.epub.navigation import file_of, guide, navigation_lists, ncx
from handpress.epub.page import Page
from handpress.epub.page_markers import mark
from handpress.epub.publication import EbookJob, Publication, whole_series
from handpress.epub.rasterize import rasterized_drawings
from handpress.layout import publication
from handpress.layout.layout import Layout
from handpress.layout.rtl_css import flip
from handpress.markup.tree import Element, classes, parse_tree, serialize
from handpress.press.options import EpubOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Made
from handpress.print.book_pieces import FindPiece
from handpress.print.page_numbers import PageNumbers

COVER = "cover.png"
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)>")
CLASS = re.compile(r'\bclass="([^"]*)"')
# The slanted letters that e-readers draw in place of those in formulas.
SLANTED = "".join(map(chr, (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))))
CSS_WRITES = "•–☐☑0123456789."  # marks of lists
# Kinds of documents whose page has a template of another name.
TEMPLATES = {"cover": "cover-picture"}
SKELETONS = {"contents": "nav.xhtml"}
SHEETS = {"ltr": "style.css", "rtl": "style-rtl.css"}


def recipes(job: EbookJob) -> Iterator[Recipe]:
    """Yield the ebook of every series, and those that an option asks for."""
    made = job.made()
    for layout in job.layouts(STANDALONE.name):
        if (whole := whole_series(layout)).cover in made:
            yield ebook(whole, made, job.piece, job.books.get(layout.series.id))
    for publication_ in job.publications:
        if publication_.cover in made:
            yield ebook(publication_, made, job.piece)


def ebook(
    volume: Publication, made: Mapping[str, Made], find: FindPiece, book: PageNumbers | None = None
) -> Recipe:
    """Return the recipe of an ebook.

    `made` must include its cover, and `find` must know its rasterized drawings. `book` is the series' book,
    if it has one and the ebook shows its page numbers; a book that cannot be printed leaves the ebook without them.
    The recipe is incomplete without a drawing.
    """
    medium, layout = TABLE["epub"], volume.layout
    series = layout.series
    cover = made[volume.cover]
    if cover.asset is None:
        raise ValueError(f"{volume.cover} was not made as a file")
    paged = book if book and book.complete else None
    assets: dict[str, Asset] = {COVER: cover.asset}
    faces = fonts.chosen(layout)
    notice = fonts.notice(layout, faces)
    pages = list(_pages(volume, assets, paged, notice))
    drawn = {
        name: find(recipe) for name, recipe in rasterized_drawings(layout).items() if name in assets
    }
    for name, kept in drawn.items():  # the original drawing instead of its raster image
        del assets[name]
        assets |= {name: kept.asset} if kept else {}
    lists = navigation_lists(layout, pages)
    texts = {page.file: _written(page, lists) for page in pages}
    present = {name for text in texts.values() for name in _names(text)}
    layers = layout.sheets.layers(medium.name)
    layers["tokens"] += fonts.tokens(faces)
    sheet = fonts.css(faces) + flatten(layers, present)
    ways = sorted({direction(page.language) for page in pages})
    sheets = {SHEETS[way]: flip(sheet, way) for way in ways}
    whole = {**texts, "toc.ncx": ncx(layout, lists), **sheets}
    files = {name: Asset.of(text.encode()) for name, text in whole.items()}
    trees = [page.tree for page in pages]
    mathml = tuple(page.file for page in pages if page.tree.find(".//math") is not None)
    numbered = any(page.labels for page in pages)
    content = metadata.Content.of(trees, assets, numbered)
    return Recipe(
        path=volume.path,
        press="epub",
        files=files | assets | fonts.files(layout, faces),
        options=EpubOptions(
            metadata=tuple(metadata.rows(layout, content)),
            identifier=publication.identifier(layout),
            title=series.title,
            language=series.language,
            direction=direction(series.language),
            modified=publication.modified(series),
            spine=tuple(page.file for page in pages),
            nav=file_of("contents", pages),
            guide=tuple(guide(layout, pages)),
            drawings=_drawings(trees),
            mathml=mathml,
            characters=_characters([*texts.values(), SLANTED * bool(mathml)]) if faces else "",
        ),
        medium=medium.name,
        series=series.id,
        article=volume.article,
        bundle=series.title if volume.bundled else "",
        members=volume.bundled,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        asked=volume.asked,
        causes={**volume.causes(sheet), "cover": cover.sha256},
        complete=all(drawn.values()),
    )


def _pages(
    volume: Publication, assets: dict[str, Asset], book: PageNumbers | None, notice: str
) -> Iterator[Page]:
    """Return the pages in reading order, with marks for those of the printed book."""
    printed = book.openings() if book else {}
    for layout, document in volume.documents:
        own = document.kind in SKELETONS  # a page of navigation, without parts to arrange
        tree = parse_tree("") if own else _tree(layout, document, assets, notice)
        section, openings = printed.get(document.id, (None, []))
        place = next((e for e in tree if e.get("id") == document.id), None)
        if section is not None and place is not None:
            language = Page(layout, document, tree).language
            mark(place, section, openings, layout.design.words(language)["page_label"])
        yield Page(layout, document, tree, tuple(opening.label for opening in openings))


def _tree(layout: Layout, document: Document, assets: dict[str, Asset], notice: str) -> Element:
    template = TEMPLATES.get(document.kind, document.kind)
    part = layout.render(
        f"parts/{template}.html",
        assets,
        document=document,
        bodies={document.name: layout.body(document, assets, "", "epub")},
        authors=document.authors,
        headed=True,
        identifier=publication.identifier(layout),
        notice=notice,
        kind="epub",
    )
    # The parts are shared with print; their semantics are added here, to the complete page.
    tree = parse_tree(part)
    semantics.for_epub(tree)
    for element in tree.iter():
        element.attrib.pop("data-head", None)
    return tree


def _written(page: Page, lists: Mapping[str, Any]) -> str:
    medium = TABLE["epub"]
    matter = dict.fromkeys(medium.front, "frontmatter") | dict.fromkeys(medium.back, "backmatter")
    return page.layout.render(
        SKELETONS.get(page.document.kind, "epub.xhtml"),
        {},
        document=page.document,
        matter=matter.get(page.document.kind, "bodymatter"),
        content=Markup(serialize(page.tree)),
        language=page.language,
        sheet=SHEETS[direction(page.language)],
        labels=page.labels,
        **lists,
    )


def _drawings(trees: Iterable[Element]) -> tuple[str, ...]:
    """Return the names of the SVG pictures that are not decorative."""
    shown = (e for tree in trees for e in tree.iter("img") if "decorative" not in classes(e))
    return tuple(sorted({name for e in shown if (name := e.get("src", "")).endswith(".svg")}))


def _characters(texts: Iterable[str]) -> str:
    return "".join(sorted(c for c in set().union(*texts, CSS_WRITES) if c.isprintable()))


def _names(text: str) -> Iterator[str]:
    """Return the tags on a page, and its classes with a leading dot, as in selectors."""
    for tag, attributes in TAG.findall(text):
        yield tag
        if found := CLASS.search(attributes):
            yield from (f".{name}" for name in found[1].split())
