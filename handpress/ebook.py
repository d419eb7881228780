"""Ebook: the recipe of an EPUB: its pages, its contents, and where the printed pages begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from . import metadata, tagging, typeface
from .book import Find, Paged
from .compose import Document
from .drawing import drawings
from .language import dir_attribute, direction
from .layout import Layout, Made
from .medium import TABLE
from .mirror import turned
from .pagebreak import mark, mark_id
from .recipe import Recipe
from .source import Asset
from .style import flattened
from .tree import Element, classes, inner, read
from .volume import Volume

COVER = "cover.png"
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)>")
CLASS = re.compile(r'\bclass="([^"]*)"')
CSS_WRITES = "•–☐☑0123456789."  # marks of lists
# Kinds of documents whose page is arranged by another template than that of their name.
TEMPLATES = {"cover": "cover-picture"}
SKELETONS = {"contents": "nav.xhtml"}
UNLISTED = ("cover", "contents")
LANGUAGE = Markup(' lang="{0}" xml:lang="{0}"')
SHEETS = {"ltr": "style.css", "rtl": "style-rtl.css"}


@dataclass(frozen=True)
class Page:
    """A page of the ebook: whose layout it is by, its tree, and the numbers of the printed pages that
    begin on it.
    """

    layout: Layout
    document: Document
    tree: Element
    labels: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.document.name}.xhtml"

    @property
    def language(self) -> str:
        settings = self.document.article.settings if self.document.article else None
        return (settings.get("language") if settings else None) or self.layout.series.language


def ebook(
    volume: Volume, made: Mapping[str, Made], find: Find, book: Paged | None = None
) -> Recipe:
    """The recipe of an ebook. Its cover must have been `made`; `find` must know what was drawn for it.
    `book` is the series' book, if it has one and the ebook shows its pages. The recipe is incomplete if
    a drawing is missing or the book is.
    """
    medium, layout = TABLE["epub"], volume.layout
    series = layout.series
    cover = made[volume.cover]
    assert cover.asset is not None
    paged = book if book and book.complete else None
    assets: dict[str, Asset] = {COVER: cover.asset}
    faces = typeface.chosen(layout)
    notice = typeface.notice(layout, faces)
    pages = list(_pages(volume, assets, paged, notice))
    drawn = {name: find(recipe) for name, recipe in drawings(layout).items() if name in assets}
    for name, kept in drawn.items():  # the drawing itself in the place of what it was drawn from
        del assets[name]
        assets |= {name: kept.asset} if kept else {}
    lists = _lists(layout, pages)
    texts = {page.file: _written(page, lists) for page in pages}
    present = {name for text in texts.values() for name in _names(text)}
    sheet = typeface.css(faces) + flattened(layout.sheets.layers(medium.name), present)
    ways = sorted({direction(page.language) for page in pages})
    sheets = {SHEETS[way]: turned(sheet, way) for way in ways}
    whole = {**texts, "toc.ncx": _ncx(layout, lists), **sheets}
    files = {name: Asset.of(text.encode()) for name, text in whole.items()}
    trees = [page.tree for page in pages]
    numbered = any(page.labels for page in pages)
    content = metadata.Content.of(trees, assets, numbered)
    return Recipe(
        path=volume.path,
        press="epub",
        files=files | assets | typeface.files(layout, faces),
        options={
            "metadata": metadata.rows(layout, content),
            "identifier": metadata.identifier(layout),
            "title": series.title,
            "language": series.language,
            "direction": direction(series.language),
            "modified": metadata.modified(series),
            "spine": [page.file for page in pages],
            "nav": _file_of("contents", pages),
            "guide": _guide(layout, pages),
            "drawings": _drawings(trees),
            "characters": _characters(texts.values()) if faces else "",
        },
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
        complete=book is paged and all(drawn.values()),
    )


# --- Pages -------------------------------------------------------------------------------------


def _pages(
    volume: Volume, assets: dict[str, Asset], book: Paged | None, notice: str
) -> Iterator[Page]:
    """The pages in reading order, marked where those of the printed book begin."""
    printed = book.openings() if book else {}
    for layout, document in volume.documents:
        own = document.kind in SKELETONS  # a page of navigation: there is no part to be arranged
        tree = read("") if own else _tree(layout, document, assets, notice)
        section, openings = printed.get(document.id, (None, []))
        place = next((e for e in tree if e.get("id") == document.id), None)
        if section is not None and place is not None:
            language = Page(layout, document, tree).language
            mark(place, section, openings, layout.speak(language)["page_label"])
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
        identifier=metadata.identifier(layout),
        notice=notice,
        kind="epub",
    )
    # The parts are shared with print; what they are in an ebook is said here, on the whole page.
    tree = read(part)
    tagging.for_epub(tree)
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
        content=Markup(inner(page.tree)),
        language=page.language,
        sheet=SHEETS[direction(page.language)],
        labels=page.labels,
        **lists,
    )


def _ncx(layout: Layout, lists: Mapping[str, Any]) -> str:
    """The NCX of EPUB 2, for readers that know no navigation document."""
    identifier = metadata.identifier(layout)
    return layout.render("toc.ncx", {}, identifier=identifier, **lists)


def _lists(layout: Layout, pages: list[Page]) -> dict[str, Any]:
    """What the navigation lists: the pages, the places that readers jump to, the printed pages."""
    printed = [(label, f"{p.file}#{mark_id(label)}") for p in pages for label in p.labels]
    listed = list(_listed(layout, [p for p in pages if p.document.kind not in UNLISTED]))
    depths = [bool(part) + 1 + bool(e.headings) for part, below in listed for e in below]
    return {
        "listed": listed,
        "depth": max(depths),
        "files": {p.document.kind: p.file for p in reversed(pages)},
        "beginning": _beginning(pages),
        "printed": printed,
        "last_page": max((int(label) for label, _ in printed if label.isdigit()), default=0),
        "mark_id": mark_id,
    }


@dataclass(frozen=True)
class Entry:
    """A line of the contents, and the sections below it. `language` and `way` are attributes, "" where they
    are as round it: the words of a line run their own way, the lines stand as all do.
    """

    title: str
    file: str
    language: Markup
    way: Markup
    headings: tuple[tuple[str, str], ...]


def _listed(layout: Layout, pages: list[Page]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """The pages by the parts that they belong to, in reading order: None for those of the whole."""
    whole = layout.series.language

    def entry(page: Page, within: str) -> Entry:
        other = page.language != within
        said = LANGUAGE.format(page.language) if other else Markup("")
        way = dir_attribute(page.language, whole)
        return Entry(page.document.title, page.file, said, way, page.document.headings)

    part, within = None, whole
    below: list[Entry] = []
    for page in pages:
        kind = page.document.kind
        if kind == "part" or (part and kind != "chapter"):
            yield part, below
            part, below, within = None, [], whole
        if kind == "part":
            part, within = entry(page, whole), page.language
        else:
            below.append(entry(page, within))
    yield part, below


def _beginning(pages: list[Page]) -> str:
    return next(page.file for page in pages if page.document.kind in ("part", "chapter"))


def _drawings(trees: Iterable[Element]) -> list[str]:
    """The names of the SVG pictures that say something."""
    shown = (e for tree in trees for e in tree.iter("img") if "decorative" not in classes(e))
    return sorted({name for e in shown if (name := e.get("src", "")).endswith(".svg")})


def _characters(texts: Iterable[str]) -> str:
    return "".join(sorted(c for c in set().union(*texts, CSS_WRITES) if c.isprintable()))


def _names(text: str) -> Iterator[str]:
    """The tags on a page, and its classes with a dot before, as stylesheets have them."""
    for tag, attributes in TAG.findall(text):
        yield tag
        if found := CLASS.search(attributes):
            yield from (f".{name}" for name in found[1].split())


def _file_of(kind: str, pages: list[Page]) -> str:
    return next(page.file for page in pages if page.document.kind == kind)


def _guide(layout: Layout, pages: list[Page]) -> list[tuple[str, str, str]]:
    """What older Kindles open at and go to (OPF 2.0.1, section 2.6)."""
    say = layout.say
    return [
        ("cover", say["cover"], _file_of("cover", pages)),
        ("toc", say["contents"], _file_of("contents", pages)),
        ("text", say["beginning"], _beginning(pages)),
    ]
