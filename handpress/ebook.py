"""Ebook: the recipe of a series' EPUB: its pages, its contents, and where the printed pages begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from . import metadata, tagging, typeface
from .book import Paged
from .compose import Document
from .layout import Layout, Made
from .medium import TABLE
from .pagebreak import mark, mark_id
from .recipe import Recipe
from .source import Asset
from .style import flattened
from .tree import Element, classes, inner, read

COVER = "cover.png"
CSS_WRITES = "•–☐☑0123456789."  # marks of lists
# Kinds of documents whose page is arranged by another template than that of their name.
TEMPLATES = {"cover": "cover-picture"}
SKELETONS = {"contents": "nav.xhtml"}


@dataclass(frozen=True)
class Page:
    """A page of the ebook: its tree, and the numbers of the printed pages that begin on it."""

    document: Document
    tree: Element
    labels: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.document.name}.xhtml"


def ebook(layout: Layout, made: Mapping[str, Made], book: Paged | None = None) -> Iterator[Recipe]:
    """The recipe of the ebook. Its cover must have been `made`. `book` is the series' book, if it has
    one; the recipe is incomplete if that is.
    """
    medium, series = TABLE["epub"], layout.series
    cover = made[f"{series.id}/{COVER}"]
    assert cover.asset is not None
    complete = book is None or book.complete
    documents = layout.documents(medium)
    assets: dict[str, Asset] = {COVER: cover.asset}
    faces = typeface.chosen(layout)
    notice = typeface.notice(layout, faces)
    pages = list(_pages(layout, documents, assets, book if complete else None, notice))
    lists = _lists(pages)
    texts = {page.file: _written(layout, page, lists) for page in pages}
    sheet = typeface.css(faces) + flattened(layout.sheets.layers(medium.name))
    whole = {**texts, "toc.ncx": _ncx(layout, lists), "style.css": sheet}
    files = {name: Asset.of(text.encode()) for name, text in whole.items()}
    trees = [page.tree for page in pages]
    paged = any(page.labels for page in pages)
    content = metadata.Content.of(trees, assets, sheet, paged)
    yield Recipe(
        path=f"{series.id}/{series.id}.epub",
        press="epub",
        files=files | assets | typeface.files(layout, faces),
        options={
            "metadata": metadata.rows(layout, content),
            "identifier": metadata.identifier(layout),
            "title": series.title,
            "language": series.language,
            "direction": metadata.direction(series.language),
            "modified": metadata.modified(series),
            "spine": [page.file for page in pages],
            "nav": _file_of("contents", pages),
            "guide": _guide(layout, pages),
            "drawings": _drawings(trees),
            "characters": _characters(texts.values()) if faces else "",
        },
        medium=medium.name,
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, sheet) | {"cover": cover.sha256},
        complete=complete,
    )


# --- Pages -------------------------------------------------------------------------------------


def _pages(
    layout: Layout,
    documents: tuple[Document, ...],
    assets: dict[str, Asset],
    book: Paged | None,
    notice: str,
) -> Iterator[Page]:
    """The pages in reading order, marked where those of the printed book begin."""
    printed = book.openings() if book else {}
    for document in documents:
        own = document.kind in SKELETONS  # a page of navigation: there is no part to be arranged
        tree = read("") if own else _tree(layout, document, assets, notice)
        section, openings = printed.get(document.id, (None, []))
        place = next((e for e in tree if e.get("id") == document.id), None)
        if section is not None and place is not None:
            mark(place, section, openings, layout.say["page_label"])
        yield Page(document, tree, tuple(opening.label for opening in openings))


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
        heading_id="",
        kind="epub",
    )
    part += layout.render("parts/neighbours.html", assets, document=document, kind="epub")
    # The parts are shared with print; what they are in an ebook is said here, on the whole page.
    tree = read(part)
    tagging.for_epub(tree)
    for element in tree.iter():
        element.attrib.pop("data-head", None)
    return tree


def _written(layout: Layout, page: Page, lists: Mapping[str, Any]) -> str:
    settings = page.document.article.settings if page.document.article else None
    medium = TABLE["epub"]
    matter = dict.fromkeys(medium.front, "frontmatter") | dict.fromkeys(medium.back, "backmatter")
    return layout.render(
        SKELETONS.get(page.document.kind, "epub.xhtml"),
        {},
        document=page.document,
        matter=matter.get(page.document.kind, "bodymatter"),
        content=Markup(inner(page.tree)),
        language=(settings.get("language") if settings else None) or layout.series.language,
        labels=page.labels,
        **lists,
    )


def _ncx(layout: Layout, lists: Mapping[str, Any]) -> str:
    """The NCX of EPUB 2, for readers that know no navigation document."""
    identifier = metadata.identifier(layout)
    return layout.render("toc.ncx", {}, identifier=identifier, **lists)


def _lists(pages: list[Page]) -> dict[str, Any]:
    """What the navigation lists: the pages, the places that readers jump to, the printed pages."""
    printed = [(label, f"{p.file}#{mark_id(label)}") for p in pages for label in p.labels]
    return {
        "listed": [p.document for p in pages if p.document.kind not in ("cover", "contents")],
        "files": {p.document.kind: p.file for p in reversed(pages)},
        "printed": printed,
        "last_page": max((int(label) for label, _ in printed if label.isdigit()), default=0),
        "mark_id": mark_id,
    }


def _drawings(trees: Iterable[Element]) -> list[str]:
    """The names of the SVG pictures that say something."""
    shown = (e for tree in trees for e in tree.iter("img") if "decorative" not in classes(e))
    return sorted({name for e in shown if (name := e.get("src", "")).endswith(".svg")})


def _characters(texts: Iterable[str]) -> str:
    return "".join(sorted(c for c in set().union(*texts, CSS_WRITES) if c.isprintable()))


def _file_of(kind: str, pages: list[Page]) -> str:
    return next(page.file for page in pages if page.document.kind == kind)


def _guide(layout: Layout, pages: list[Page]) -> list[tuple[str, str, str]]:
    """What older Kindles open at and go to (OPF 2.0.1, section 2.6)."""
    say = layout.say
    kinds = (
        ("cover", "cover", "cover"),
        ("toc", "contents", "contents"),
        ("text", "chapter", "beginning"),
    )
    return [(type_, say[word], _file_of(kind, pages)) for type_, kind, word in kinds]
