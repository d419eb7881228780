"""The pieces of the book: front matter, chapters and back matter, each rendered alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.compose.document import Document
from handpress.core.files.disk import Asset, digest
from handpress.core.media import PAPERS, TABLE
from handpress.core.numerals import Numerals
from handpress.layout.html.filters import running_head
from handpress.layout.html.page_references import GUESS, number_links, number_page
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.variant import Labels
from handpress.press.options import Options, RenderOptions
from handpress.press.recipe import Recipe
from handpress.press.result import Fill, StoredPiece

CHAPTERS_IN_DETAIL = 12  # above this, the contents of a book name chapters only
FindPiece = Callable[[Recipe], StoredPiece | None]


class Rendering(NamedTuple):
    """The HTML of a piece, the pictures in it, and whether a template has put page numbers into it."""

    html: str
    assets: Mapping[str, Asset]
    numbered: bool


class Piece(Struct, frozen=True, dict=True):
    """One or more documents that are rendered alone, with the page numbers in `labels`.

    The page numbers and running heads of a `bare` piece are laid over it when the book is bound.
    """

    layout: Layout
    name: str
    documents: tuple[Document, ...]
    bare: bool = True
    labels: Labels = field(default_factory=dict)
    fill: Fill = ()  # that it had with other page numbers
    left: bool = False  # whether its first page is a left one
    # Its page with other numbers, if only its references have them.
    guessed: Rendering | None = None

    @property
    def title(self) -> str:
        return self.documents[0].title

    @property
    def numerals(self) -> Numerals:
        """The digits of its page numbers."""
        return self.layout.series.numerals(self.layout.series.language)

    @property
    def unnumbered(self) -> bool:
        """Whether it has neither page numbers nor heads, unlike chapters."""
        return self.documents[0].kind == "colophon"

    @property
    def blind(self) -> bool:
        """Whether it begins on the right and its pages count, but show neither numbers nor heads."""
        return self.documents[0].kind == "part-title"

    @property
    def headed(self) -> bool:
        """Whether page numbers and heads are laid over it."""
        return not (self.unnumbered or self.blind)

    @property
    def within(self) -> bool:
        """Whether it is in the part whose title is before it."""
        return bool(self.documents[0].part)

    @property
    def source(self) -> str:
        article = self.documents[0].article
        return article.path if article else f"{self.layout.series.folder}/series.yaml"

    @property
    def refers(self) -> bool:
        """Whether it shows page numbers of the book."""
        return any(document.pages for document in self.documents)

    def numbered(self, labels: Labels, fill: Fill = ()) -> Piece:
        """Return the piece with the numbers that it shows, and its fill so far; itself if they are what it has."""
        shown = {id_: labels[id_] for d in self.documents for id_ in d.pages if id_ in labels}
        if shown == self.labels:
            return self
        before: Rendering | None = vars(self).get("rendering")  # if it was needed so far
        guessed = self.guessed or (None if before and before.numbered else before)
        return replace(self, labels=shown, fill=fill, guessed=guessed)

    def on_side(self, left: bool) -> Piece:
        """Return the piece with a left or a right first page; itself if that is what it has."""
        return self if left == self.left else replace(self, left=left)

    @cached_property
    def page(self) -> tuple[str, Mapping[str, Asset]]:
        """The HTML of the piece, and the pictures in it.

        With other numbers, only its references differ: it is not rendered again.
        """
        if self.guessed:
            return number_page(self.guessed.html, self.labels), self.guessed.assets
        return self.rendering.html, self.rendering.assets

    @cached_property
    def rendering(self) -> Rendering:
        return render_documents(self.layout, self.documents, self.labels)

    @cached_property
    def recipe(self) -> Recipe:
        return piece_recipe(self)

    @cached_property
    def measure(self) -> Recipe:
        """The recipe of its measure: where in it everything is."""
        return piece_recipe(self, measured=True)


def render_documents(layout: Layout, documents: Sequence[Document], labels: Labels) -> Rendering:
    """Return the HTML of some documents of the book, and the pictures in it."""
    asked: set[str] = set()

    def page_of(id_: str) -> str:
        asked.add(id_)
        return labels.get(id_, GUESS)

    assets = {}
    if any(document.kind == "cover" for document in documents):
        page = PAPERS["a5"]
        art = layout.cover_art(layout.series.id, page.width, page.height)
        assets["cover-art.svg"] = art
    every = layout.documents(TABLE["book"])
    chapters = [d for d in every if d.kind == "chapter"]
    fill = partial(number_links, labels=labels)
    html = layout.render(
        "book.html",
        assets,
        parts=documents,
        documents=every,
        bodies={
            d.name: layout.body(d, assets, "", "pdf", fill) for d in documents if d in chapters
        },
        detailed=len(chapters) <= CHAPTERS_IN_DETAIL,
        headed=False,
        kind="pdf",
        fill=fill,
        page=page_of,
    )
    return Rendering(html, assets, bool(asked))


def book_pieces(layout: Layout) -> tuple[Piece, tuple[Piece, ...]]:
    """Return the front matter, and the pieces after it in order, without page numbers yet."""
    documents = layout.documents(TABLE["book"])
    first = next(n for n, d in enumerate(documents) if d.kind in ("part-title", "chapter"))
    front = Piece(layout, "front", documents[:first], bare=False)
    return front, tuple(Piece(layout, d.name, (d,)) for d in documents[first:])


def piece_recipe(piece: Piece, measured: bool = False) -> Recipe:
    """Return the recipe of a piece, or of its measure: where in it everything is."""
    layout = piece.layout
    sheets = " ".join(["book-piece"] * piece.bare + ["book-left"] * piece.left)
    sheet, digest_of_sheet = layout.once(
        f"stylesheet of a piece: {sheets}", partial(_sheet, layout, sheets)
    )

    def files() -> Mapping[str, Asset]:
        html, assets = piece.page
        return page_files(layout, html, sheet, assets)

    asked = (
        piece.name,
        digest_of_sheet,
        layout.outline(TABLE["book"]),
        repr(sorted(piece.labels.items())),
    )
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: {piece.name}",
        press="measure" if measured else "pdf",
        files=layout.recall_files(piece.documents[0], asked, files),
        options=RenderOptions(piece=True, page_starts=not measured, fill=piece.fill),
        series=layout.series.id,
        source=piece.source,
        piece=True,
    )


def _sheet(layout: Layout, sheets: str) -> tuple[str, str]:
    """Return the stylesheet of pieces with some sheets of their own, and its digest."""
    sheet = stylesheet(layout, "book", piece=sheets)
    return sheet, digest(sheet.encode())


def furniture(layout: Layout, chapters: Sequence[Piece]) -> Recipe:
    """Return the recipe of what is laid over the pages: each digit, and each running head, in its place."""
    heads = [running_head(piece.title) for piece in chapters if piece.headed]
    html = layout.render("furniture.html", {}, heads=heads, kind="pdf")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: furniture",
        press="furniture",
        files=page_files(layout, html, stylesheet(layout, "book", piece="book-furniture"), {}),
        options=Options(),
        series=layout.series.id,
        source=f"{layout.series.folder}/series.yaml",
        piece=True,
    )
