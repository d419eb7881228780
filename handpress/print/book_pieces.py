"""The pieces of the book: front matter, chapters and back matter, each rendered alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handpress.assets.cover_art import cover_art
from handpress.compose.document import Document
from handpress.core.disk import Asset
from handpress.core.media import TABLE
from handpress.layout.filters import running_head
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.variant import Labels
from handpress.press.bindery.book import ELSEWHERE
from handpress.press.options import Options, RenderOptions
from handpress.press.recipe import Recipe
from handpress.press.result import StoredPiece

CHAPTERS_IN_DETAIL = 12  # above this, the contents of a book name chapters only
GUESS = "00"  # figures are of one width: a guess of two digits is right for pages 10 to 99
FindPiece = Callable[[Recipe], StoredPiece | None]


@dataclass(frozen=True)
class Piece:
    """What is pressed alone: the front matter, a chapter, the authors, the colophon.

    A `quiet` piece has neither folios nor heads, and begins on the next page, whichever it is.
    """

    name: str
    title: str
    html: str
    assets: Mapping[str, Asset]
    bare: bool = True  # its folios and heads are laid over when it is bound
    unnumbered: bool = False
    source: str = ""

    @property
    def refers(self) -> bool:
        """Whether it shows page numbers."""
        return bool(REFERS.search(self.html))


LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]*)"[^>]*>')
REFERS = re.compile(r'<a\b[^>]*\bclass="(?:page|folio)"')
ID = re.compile(r'\bid="([^"]+)"')


def addressed(html: str, labels: Labels) -> str:
    """A piece's page with the page numbers of `labels` in it, and links to other pieces as such."""
    own = set(ID.findall(html))

    def link(found: re.Match[str]) -> str:
        tag, id_ = found[0], found[1]
        if REFERS.match(tag):
            tag = f'{tag[:-1]} data-page="{labels.get(id_, GUESS)}">'
        return tag if id_ in own else tag.replace('href="#', f'href="{ELSEWHERE}', 1)

    return LINK.sub(link, html)


def book_pieces(layout: Layout) -> tuple[Piece, list[Piece]]:
    """The front matter, and the pieces after it, in order."""
    documents = layout.documents(TABLE["book"])
    art = {"cover-art.svg": Asset.of(cover_art(layout.series.id, 148, 210))}
    first = next(n for n, d in enumerate(documents) if d.kind == "chapter")
    front = _piece(layout, "front", documents[:first], art)
    rest = [_piece(layout, d.name, [d], {}) for d in documents[first:]]
    return replace(front, bare=False), rest


def _piece(
    layout: Layout, name: str, documents: Sequence[Document], art: Mapping[str, Asset]
) -> Piece:
    assets = dict(art)
    every = layout.documents(TABLE["book"])
    chapters = [d for d in every if d.kind == "chapter"]
    html = layout.render(
        "book.html",
        assets,
        parts=documents,
        documents=every,
        bodies={d.name: layout.body(d, assets, "", "pdf") for d in documents if d in chapters},
        detailed=len(chapters) <= CHAPTERS_IN_DETAIL,
        headed=False,
        kind="pdf",
    )
    document = documents[0]
    return Piece(
        name=name,
        title=document.title,
        html=html,
        assets=assets,
        unnumbered=document.kind == "colophon",
        source=document.article.path if document.article else "",
    )


def pressed_piece(layout: Layout, piece: Piece, labels: Labels, measured: bool = False) -> Recipe:
    sheet = stylesheet(layout, "book", piece="book-piece" if piece.bare else "")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: {piece.name}",
        press="measure" if measured else "pdf",
        files=page_files(layout, addressed(piece.html, labels), sheet, piece.assets),
        options=Options() if measured else RenderOptions(page_starts=True),
        series=layout.series.id,
        source=piece.source or f"{layout.series.folder}/series.yaml",
        piece=True,
    )


def stamps(layout: Layout, chapters: Sequence[Piece]) -> Recipe:
    """What is laid over the pages: each digit, and each running head, where it stands on its page."""
    heads = [running_head(piece.title) for piece in chapters if not piece.unnumbered]
    html = layout.render("stamps.html", {}, heads=heads, kind="pdf")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: stamps",
        press="furniture",
        files=page_files(layout, html, stylesheet(layout, "book", piece="book-stamps"), {}),
        series=layout.series.id,
        source=f"{layout.series.folder}/series.yaml",
        piece=True,
    )
