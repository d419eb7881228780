"""Page numbers of the book: render its pieces until every reference has the right number."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from handpress.layout.layout import Layout
from handpress.layout.variant import Labels
from handpress.markup.tree import Element, parse_tree
from handpress.press.pdf.page_starts import blocks
from handpress.press.recipe import Recipe
from handpress.press.result import StoredPiece
from handpress.print.book_pieces import FindPiece, Piece, book_pieces, pressed_piece, stamps


@dataclass(frozen=True)
class Opening:
    """The beginning of a printed page: its number as printed, and the characters of the text that
    stand before it.
    """

    label: str
    at: int


ROUNDS = 8
STEADY = 4  # from this round on, numbers have the room of the largest
FIGURE_SPACE = "\N{FIGURE SPACE}"  # as wide as a digit


@dataclass(frozen=True)
class PageNumbers:
    """A book whose pages are known: its pieces, each as it was pressed, and the page of every id.

    It is incomplete, and its numbers are wrong, when a piece could not be found.
    """

    pieces: tuple[Piece, ...]  # the front matter first
    kept: tuple[StoredPiece, ...]  # of each piece, if complete
    labels: Labels  # without those of the front matter

    @property
    def complete(self) -> bool:
        return len(self.kept) == len(self.pieces)

    def openings(self) -> dict[str, tuple[Element, list[Opening]]]:
        """Each section of the book by its id, and the pages that begin in it.

        Their numbers are those of the PDF's pages. The cover has none, nor have blank pages.
        """
        found: dict[str, tuple[Element, list[Opening]]] = {}
        (front, *chapters), (first, *rest) = self.pieces, self.kept
        found |= _openings(front, first, [roman(n) for n in range(1, first.pages + 1)])
        for piece, kept, start in zip(chapters, rest, starts(chapters, rest), strict=True):
            found |= _openings(piece, kept, [str(start + n) for n in range(1, kept.pages + 1)])
        return found


def _openings(
    piece: Piece, kept: StoredPiece, labels: Sequence[str]
) -> dict[str, tuple[Element, list[Opening]]]:
    tree = parse_tree(piece.html.partition("<body>")[2].rpartition("</body>")[0])
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
    """`number` as front matter is numbered: ``iv``."""
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


Settling = Generator[list[Recipe], None, PageNumbers]


def settle_page_numbers(layout: Layout, find: FindPiece, stamped: bool = False) -> Settling:
    """The recipes of the book's pieces, step by step: `find` must know the pieces of one step before the
    next is asked for. Returns the pages, once they are known. With `stamped`, what is laid over them
    is pressed along.
    """
    front, chapters = book_pieces(layout)
    labels: Labels = {}
    made: list[Recipe] = []
    found: list[StoredPiece | None] = []
    for count in range(ROUNDS):
        # Where numbers are only guessed, it is enough to know where everything stands.
        made = [pressed_piece(layout, p, labels, count == 0 and p.refers) for p in chapters]
        yield made
        found = [find(recipe) for recipe in made]
        kept = [k for k in found if k is not None]
        if len(kept) < len(found):
            break
        now = numbered(chapters, kept, steady=count >= STEADY)
        if now == labels or not any(p.refers for p in chapters):
            labels = now
            break
        labels = now
    opening = pressed_piece(layout, front, labels)
    if all(found):
        yield [opening, *([stamps(layout, chapters)] if stamped else ())]
    known = tuple(k for k in (find(opening), *found) if k is not None)
    return PageNumbers((front, *chapters), known, labels)


def starts(chapters: Sequence[Piece], kept: Sequence[StoredPiece]) -> Iterator[int]:
    """How many numbered pages stand before each of the chapters, which begin on the right."""
    before = 0
    for piece, pressed in zip(chapters, kept, strict=True):
        before += before % 2 if not piece.unnumbered else 0
        yield before
        before += pressed.pages


def numbered(
    chapters: Sequence[Piece], kept: Sequence[StoredPiece], steady: bool = False
) -> Labels:
    """The page number of every id in the book. `steady` ones are all as wide as the widest, so that
    nothing moves any more when they change: chapters that push each other to and fro come to rest.
    """
    labels: dict[str, str] = {}
    for pressed, before in zip(kept, starts(chapters, kept), strict=True):
        labels |= {id_: str(before + page) for id_, page in pressed.anchors.items()}
    width = len(str(before + pressed.pages)) if steady else 0
    return {id_: label.rjust(width, FIGURE_SPACE) for id_, label in labels.items()}
