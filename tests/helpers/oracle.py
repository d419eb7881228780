"""The oracle of the bound book: the same book laid out in one piece, page numbers and all."""

from __future__ import annotations

from handpress.core.files.disk import Asset
from handpress.core.media import TABLE
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.press.options import RenderOptions
from handpress.press.pdf import render
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered, StoredPiece
from handpress.print.book_pieces import book_pieces, render_documents
from handpress.print.page_numbers import numbered

Labels = dict[str, str]


def in_one_piece(layout: Layout, labels: Labels) -> Rendered:
    """The book as WeasyPrint makes it of one page of HTML, with the page numbers in `labels`."""
    html, assets, _ = render_documents(layout, layout.documents(TABLE["book"]), labels)
    whole = page_files(layout, html, stylesheet(layout, "book"), assets)
    return render.render_pdf(whole, RenderOptions())


def labels_of(layout: Layout, pressed: dict[str, Rendered]) -> Labels:
    """The page numbers of a book whose pieces were `pressed`, by name."""
    _, chapters = book_pieces(layout)
    kept = [
        StoredPiece(Asset.of(b""), found.pages or 0, dict(found.anchors))
        for found in (pressed[piece.name] for piece in chapters)
    ]
    return dict(numbered(chapters, kept))


def name_of(recipe: Recipe) -> str:
    """The piece that a recipe is for."""
    return recipe.path.rpartition(": ")[2]
