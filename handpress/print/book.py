"""The book: the recipe that binds its pieces.

Each chapter, and the front matter, is rendered alone and kept by its fingerprint. A page number in a chapter
("page 12") is an input of its recipe like any other. Numbers are found in rounds that always start from the
same guess, so a book does not depend on earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from handpress.layout.layout import Layout
from handpress.layout.print_page import stylesheet
from handpress.press.options import BindOptions
from handpress.press.recipe import Recipe
from handpress.press.result import StoredPiece
from handpress.print.book_pieces import FindPiece, furniture
from handpress.print.page_numbers import BookJob, PageNumbers, begin_anywhere


def recipes(job: BookJob) -> Iterator[Recipe]:
    """Yield the book of every series."""
    for layout in job.layouts("book"):
        yield book_recipe(layout, job.books[layout.series.id], job.piece)


def book_recipe(layout: Layout, book: PageNumbers, find: FindPiece) -> Recipe:
    """The recipe of the book itself. It is incomplete when a piece could not be found."""
    return _binding(layout, book, find(furniture(layout, book.pieces[1:])))


def _binding(layout: Layout, book: PageNumbers, over: StoredPiece | None) -> Recipe:
    series = layout.series
    chapters = book.pieces[1:]
    complete = book.complete and over is not None
    anywhere = begin_anywhere(chapters, book.kept[1:]) if complete else []
    files = {f"{n:05}.pdf": kept.asset for n, kept in enumerate(book.kept)} if complete else {}
    if over is not None and complete:
        files["stamps.pdf"] = over.asset
    return Recipe(
        path=f"{series.id}/{series.id}.pdf",
        press="bind",
        files=files,
        options=BindOptions(
            cover=layout.words["cover"],
            titles=tuple(piece.title for piece in chapters),
            unnumbered=tuple(n for n, piece in enumerate(chapters) if piece.unnumbered),
            blind=tuple(n for n, piece in enumerate(chapters) if piece.blind),
            within=tuple(n for n, piece in enumerate(chapters) if piece.within),
            anywhere=tuple(n for n, free in enumerate(anywhere) if free),
            digits=layout.words["numerals"].digits,
        ),
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes.of(None, stylesheet(layout, "book")),
        complete=complete,
    )
