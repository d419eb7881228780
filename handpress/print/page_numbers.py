"""Page numbers of the book: its pieces are rendered until every reference has the right number.

Each book starts from the same guess, so its bytes do not depend on earlier books.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.numerals import LATIN, Numerals
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels
from handpress.markup.tree import Element, parse_tree
from handpress.press.recipe import Recipe
from handpress.press.result import StoredPiece
from handpress.press.text_positions import blocks
from handpress.print.book_pieces import FindPiece, Piece, book_pieces, furniture


class BookJob(Job, Protocol):
    """A job that knows the pages of books."""

    @property
    def books(self) -> Mapping[str, PageNumbers]:
        """The books whose pages are known, by series."""


ROUNDS = 8
STEADY = 4  # from this round on, numbers have the room of the largest
# Characters of an article on a page of a book, and the room of a chapter's opening and of a picture in characters.
A_PAGE, OPENING, PICTURE = 1600, 700, 400
SHORT_TEXTS, BLANK = 8, 0.25  # a book of so many texts, and more than this share of blank pages
FIGURE_SPACE = "\N{FIGURE SPACE}"  # as wide as a digit


class Opening(Struct, frozen=True):
    """The beginning of a printed page: its number as printed, and the characters of the text before it."""

    label: str
    at: int


class PageNumbers(Struct, frozen=True, dict=True):
    """A book whose pages are known: its pieces, each as it was rendered, and the page of every id.

    It is incomplete, and its numbers are wrong, when a piece could not be rendered.
    """

    pieces: tuple[Piece, ...]  # the front matter first
    kept: tuple[StoredPiece, ...]  # of each piece, if complete
    labels: Labels  # without those of the front matter

    @property
    def complete(self) -> bool:
        return len(self.kept) == len(self.pieces)

    def openings(self, id_: str) -> tuple[Element, list[Opening]] | None:
        """Return the section with the id of a document, and the pages that begin in it; None without one.

        Their numbers are those of the PDF's pages. The cover has none, nor have blank pages.
        """
        printed = self._printed.get(id_)
        return printed.openings.get(id_) if printed else None

    def place_of(self, id_: str) -> str:
        """Return all that the openings of a chapter with this id depend on, other than its article."""
        printed = self._printed.get(id_)
        if printed is None:
            return ""
        labels = sorted(printed.piece.labels.items())
        return repr((printed.numbers, printed.kept.begins, labels))

    @cached_property
    def _printed(self) -> dict[str, _Printed]:
        """The printed pieces, by the id of each document in them."""
        (front, *chapters), (first, *rest) = self.pieces, self.kept
        numbers = [roman(n) for n in range(1, first.pages + 1)]
        printed = [_Printed(front, first, numbers)]
        for piece, kept, start in zip(chapters, rest, starts(chapters, rest), strict=True):
            numbers = [front.numerals.write(start + n) for n in range(1, kept.pages + 1)]
            printed.append(_Printed(piece, kept, numbers))
        return {document.id: each for each in printed for document in each.piece.documents}


class _Printed(Struct, frozen=True, dict=True):
    """A piece as it was rendered, and the numbers of its pages."""

    piece: Piece
    kept: StoredPiece
    numbers: Sequence[str]

    @cached_property
    def openings(self) -> dict[str, tuple[Element, list[Opening]]]:
        """Its sections by their ids, and the pages that begin in each."""
        return _openings(self.piece, self.kept, self.numbers)


def _openings(
    piece: Piece, kept: StoredPiece, labels: Sequence[str]
) -> dict[str, tuple[Element, list[Opening]]]:
    html, _ = piece.page
    tree = parse_tree(html.partition("<body>")[2].rpartition("</body>")[0])
    every, _ = blocks(tree)
    found = {}
    for section in tree:
        inside = {*section.iter()}
        own = [block for block in every if block.element in inside]
        if section.get("id") and own:
            start, end = own[0].start, own[-1].start + len(own[-1].text)
            pages = zip(kept.begins, labels, strict=True)
            openings = [
                Opening(label, at - start)
                for at, label in pages
                if at is not None and start <= at < end
            ]
            found[section.get("id", "")] = section, openings
    return found


def roman(number: int) -> str:
    """Return `number` as front matter is numbered: ``iv``."""
    numerals = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    written = ""
    for value, numeral in numerals:
        count, number = divmod(number, value)
        written += numeral * count
    return written


class Settling(Struct, frozen=True):
    """A book whose page numbers are not known yet. Render what is `wanted`, then ask for the `next` step.

    Chapters are rendered round by round, each with the numbers that the round before gave, until these
    no longer change. The front matter, which lists them, is rendered last.
    """

    front: Piece
    chapters: tuple[Piece, ...]
    labels: Labels
    round: int
    laid_over: bool  # whether the furniture is rendered too: the book will be bound
    kept: tuple[StoredPiece, ...] = ()  # the chapters, once the numbers are known
    last: tuple[Recipe, ...] = ()  # the front matter and the furniture, then

    @property
    def wanted(self) -> Iterator[Recipe]:
        """The recipes to render next. A chapter is planned when it is asked for."""
        yield from self.last or map(self._recipe, self.chapters)

    def _recipe(self, piece: Piece) -> Recipe:
        """Return the recipe of a chapter. At first, it is enough to measure one that shows numbers: they are guesses."""
        return piece.measure if self.round == 0 and piece.refers else piece.recipe

    def next(self, find: FindPiece) -> Settling | PageNumbers:
        """Return the next step; the page numbers, if they are known or a piece could not be rendered."""
        if self.last:
            opening = find(self.last[0])
            return self._end((opening, *self.kept) if opening else self.kept, self.labels)
        found = [find(self._recipe(piece)) for piece in self.chapters]
        kept = tuple(k for k in found if k is not None)
        if len(kept) < len(found):
            return self._end(kept, self.labels)
        steady, numerals = self.round >= STEADY, self.front.numerals
        labels = numbered(self.chapters, kept, steady, numerals)
        refers = any(piece.refers for piece in self.chapters)
        placed = tuple(
            piece.on_side(left=before % 2 == 1 and not piece.unnumbered)
            for piece, before in zip(self.chapters, starts(self.chapters, kept), strict=True)
        )
        moved = placed != self.chapters
        if (moved or (refers and labels != self.labels)) and self.round + 1 < ROUNDS:
            both = zip(placed, kept, strict=True)
            chapters = tuple(piece.numbered(labels, found.fill) for piece, found in both)
            return replace(self, chapters=chapters, labels=labels, round=self.round + 1)
        front = replace(self.front, labels=labels)
        over = (furniture(front.layout, self.chapters),) if self.laid_over else ()
        last = (front.recipe, *over)
        return replace(self, front=front, labels=labels, kept=kept, last=last)

    def _end(self, kept: tuple[StoredPiece, ...], labels: Labels) -> PageNumbers:
        return PageNumbers((self.front, *self.chapters), kept, labels)


def settle_page_numbers(layout: Layout, laid_over: bool = False) -> Settling:
    """Return the first step to the page numbers of a book, in which they are only guessed."""
    front, chapters = book_pieces(layout)
    labels = guessed(chapters)
    chapters = tuple(piece.numbered(labels) for piece in chapters)
    return Settling(front, chapters, {}, 0, laid_over)


def guessed(chapters: Sequence[Piece]) -> Labels:
    """Return a guess of the page numbers that chapters show: zeros, as many as the number has digits.

    Figures are of one width, so a guess with as many digits is as wide. It depends on the articles alone: on their
    lengths, and on the places in them that chapters refer to.
    """
    shown: dict[str, set[str]] = {}  # by the ids of documents
    for id_ in {
        id_ for piece in chapters for document in piece.documents for id_ in document.pages
    }:
        shown.setdefault(id_.partition("--")[0], set()).add(id_)
    labels: dict[str, str] = {}
    before = 0
    for piece in chapters:
        document = piece.documents[0]
        body = document.article.body if document.article else ""
        for id_ in shown.get(document.id, ()):
            at = body.find(f'id="{id_}"')
            page = 1 + before + ((OPENING + at) // A_PAGE if at >= 0 else 0)
            labels[id_] = piece.numerals.write("0" * len(str(page)))
        if article := document.article:
            length = OPENING + len(body) + PICTURE * len(article.pictures)
            before += 2 * max(1, round(length / A_PAGE / 2))  # chapters begin on the right
    return labels


def starts(chapters: Sequence[Piece], kept: Sequence[StoredPiece]) -> Iterator[int]:
    """Yield how many numbered pages are before each of the chapters."""
    before = 0
    for pressed, free in zip(kept, begin_anywhere(chapters, kept), strict=True):
        before += 0 if free else before % 2
        yield before
        before += pressed.pages


def begin_anywhere(chapters: Sequence[Piece], kept: Sequence[StoredPiece]) -> list[bool]:
    """Return whether each of the chapters begins on the next page, left or right, and not on a right one.

    The back matter does. So do the chapters of a book of short texts, which would otherwise have many blank pages; the
    title of a part and what follows it begin on the right.
    """
    right = [not piece.unnumbered for piece in chapters]
    blank = sum(pressed.pages % 2 for pressed, on in zip(kept, right, strict=True) if on)
    pages = blank + sum(pressed.pages for pressed in kept)
    short = sum(piece.headed for piece in chapters) >= SHORT_TEXTS and blank > BLANK * pages
    after_title = [False, *(piece.blind for piece in chapters)]
    return [
        not on or (short and not piece.blind and not after)
        for piece, on, after in zip(chapters, right, after_title, strict=False)
    ]


def numbered(
    chapters: Sequence[Piece],
    kept: Sequence[StoredPiece],
    steady: bool = False,
    numerals: Numerals = LATIN,
) -> Labels:
    """Return the page number of every id in the book.

    `steady` ones are all as wide as the widest, so that nothing moves any more when they change: chapters that
    push each other to and fro come to rest.
    """
    labels: dict[str, str] = {}
    for pressed, before in zip(kept, starts(chapters, kept), strict=True):
        labels |= {id_: numerals.write(before + page) for id_, page in pressed.anchors.items()}
    width = len(str(before + pressed.pages)) if steady else 0
    return {id_: label.rjust(width, FIGURE_SPACE) for id_, label in labels.items()}
