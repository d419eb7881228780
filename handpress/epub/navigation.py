"""Navigation: the contents, landmarks and page list of the ebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from handpress.core.direction import dir_attribute
from handpress.epub.page import LANGUAGE, Page
from handpress.epub.page_markers import mark_id
from handpress.layout import publication
from handpress.layout.layout import Layout

UNLISTED = ("cover", "contents")
PARTS = ("part", "part-title")  # title pages: of a series in a bundle, of a part of a series


def ncx(layout: Layout, lists: Mapping[str, Any]) -> str:
    """The NCX of EPUB 2, for readers without support for navigation documents."""
    identifier = publication.identifier(layout)
    return layout.render("toc.ncx", {}, identifier=identifier, **lists)


def navigation_lists(layout: Layout, pages: list[Page]) -> dict[str, Any]:
    """The targets of the navigation: pages, landmarks, printed pages."""
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


class Entry(Struct, frozen=True):
    """A line of the contents, and the sections below it.

    `language` and `way` are attributes, empty when inherited. Only the link text follows the article's
    direction; the list keeps the book's.
    """

    title: str
    file: str
    language: Markup
    way: Markup
    headings: tuple[tuple[str, str], ...]


def _listed(layout: Layout, pages: list[Page]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Yield the pages by part, in reading order; None is the part of pages that belong to the whole book."""
    whole = layout.series.language

    def entry(page: Page, within: str) -> Entry:
        other = page.language != within
        said = LANGUAGE.format(page.language) if other else Markup("")
        way = dir_attribute(page.language, whole)
        return Entry(page.document.title, page.file, said, way, page.document.headings)

    part, within, inside = None, whole, ""
    below: list[Entry] = []
    for page in pages:
        kind = page.document.kind
        if kind in PARTS or (part and page.document.part != inside):
            yield part, below
            part, below, within = None, [], whole
        if kind in PARTS:
            inside = page.document.name
            part, within = entry(page, whole), page.language
        else:
            below.append(entry(page, within))
    yield part, below


def _beginning(pages: list[Page]) -> str:
    return next(page.file for page in pages if page.document.kind in (*PARTS, "chapter"))


def file_of(kind: str, pages: list[Page]) -> str:
    return next(page.file for page in pages if page.document.kind == kind)


def guide(layout: Layout, pages: list[Page]) -> list[tuple[str, str, str]]:
    """Return the guide, which older Kindles use to open and navigate the book (OPF 2.0.1, section 2.6)."""
    words = layout.words
    return [
        ("cover", words["cover"], file_of("cover", pages)),
        ("toc", words["contents"], file_of("contents", pages)),
        ("text", words["beginning"], _beginning(pages)),
    ]
