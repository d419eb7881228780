"""Book: its pieces, the page numbers that they show of each other, and the recipe that binds them.

Each chapter is pressed alone and kept by its fingerprint; so is the front matter. A page number in a
chapter ("page 12") is an input of its recipe like any other. Numbers are found in rounds that begin
anew each time, from the same guess, so that a book does not depend on the books made before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .art import cover_art
from .bind import ELSEWHERE
from .compose import Document
from .layout import Layout, head
from .medium import TABLE
from .pagebreak import Opening
from .pagination import blocks
from .printed import pages, stylesheet
from .recipe import Recipe
from .source import Asset
from .store import Kept
from .tree import Element, read

CHAPTERS_IN_DETAIL = 12  # above this, the contents of a book name chapters only
GUESS = "00"  # figures are of one width: a guess of two digits is right for pages 10 to 99
ROUNDS = 8
STEADY = 4  # from this round on, numbers have the room of the largest
FIGURE_SPACE = "\N{FIGURE SPACE}"  # as wide as a digit

Labels = Mapping[str, str]  # id to page number
Find = Callable[[Recipe], Kept | None]


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
    quiet: bool = False
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


@dataclass(frozen=True)
class Paged:
    """A book whose pages are known: its pieces, each as it was pressed, and the page of every id.

    It is incomplete, and its numbers are wrong, when a piece could not be found.
    """

    pieces: tuple[Piece, ...]  # the front matter first
    kept: tuple[Kept, ...]  # of each piece, if complete
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
    piece: Piece, kept: Kept, labels: Sequence[str]
) -> dict[str, tuple[Element, list[Opening]]]:
    tree = read(piece.html.partition("<body>")[2].rpartition("</body>")[0])
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


Paging = Generator[list[Recipe], None, Paged]


def paged(layout: Layout, find: Find, stamped: bool = False) -> Paging:
    """The recipes of the book's pieces, step by step: `find` must know the pieces of one step before the
    next is asked for. Returns the pages, once they are known. With `stamped`, what is laid over them
    is pressed along.
    """
    front, chapters = pieces(layout)
    labels: Labels = {}
    made: list[Recipe] = []
    found: list[Kept | None] = []
    for count in range(ROUNDS):
        # Where numbers are only guessed, it is enough to know where everything stands.
        made = [_pressed(layout, p, labels, count == 0 and p.refers) for p in chapters]
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
    opening = _pressed(layout, front, labels)
    if all(found):
        yield [opening, *([_stamps(layout, chapters)] if stamped else ())]
    known = tuple(k for k in (find(opening), *found) if k is not None)
    return Paged((front, *chapters), known, labels)


def bound(layout: Layout, book: Paged, find: Find) -> Recipe:
    """The recipe of the book itself. It is incomplete when a piece could not be found."""
    return _binding(layout, book, find(_stamps(layout, book.pieces[1:])))


def starts(chapters: Sequence[Piece], kept: Sequence[Kept]) -> Iterator[int]:
    """How many numbered pages stand before each of the chapters, which begin on the right."""
    before = 0
    for piece, pressed in zip(chapters, kept, strict=True):
        before += before % 2 if not piece.quiet else 0
        yield before
        before += pressed.pages


def numbered(chapters: Sequence[Piece], kept: Sequence[Kept], steady: bool = False) -> Labels:
    """The page number of every id in the book. `steady` ones are all as wide as the widest, so that
    nothing moves any more when they change: chapters that push each other to and fro come to rest.
    """
    labels: dict[str, str] = {}
    for pressed, before in zip(kept, starts(chapters, kept), strict=True):
        labels |= {id_: str(before + page) for id_, page in pressed.anchors.items()}
    width = len(str(before + pressed.pages)) if steady else 0
    return {id_: label.rjust(width, FIGURE_SPACE) for id_, label in labels.items()}


# --- Pieces ------------------------------------------------------------------------------------


def pieces(layout: Layout) -> tuple[Piece, list[Piece]]:
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
        quiet=document.kind == "colophon",
        source=document.article.path if document.article else "",
    )


def _pressed(layout: Layout, piece: Piece, labels: Labels, measured: bool = False) -> Recipe:
    sheet = stylesheet(layout, "book", piece="book-piece" if piece.bare else "")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: {piece.name}",
        press="measure" if measured else "pdf",
        files=pages(layout, addressed(piece.html, labels), sheet, piece.assets),
        options={} if measured else {"begins": True},
        series=layout.series.id,
        source=piece.source or f"{layout.series.folder}/series.yaml",
        piece=True,
    )


def _stamps(layout: Layout, chapters: Sequence[Piece]) -> Recipe:
    """What is laid over the pages: each digit, and each running head, where it stands on its page."""
    heads = [head(piece.title) for piece in chapters if not piece.quiet]
    html = layout.render("stamps.html", {}, heads=heads, kind="pdf")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: stamps",
        press="stamps",
        files=pages(layout, html, stylesheet(layout, "book", piece="book-stamps"), {}),
        series=layout.series.id,
        source=f"{layout.series.folder}/series.yaml",
        piece=True,
    )


def _binding(layout: Layout, book: Paged, stamps: Kept | None) -> Recipe:
    series = layout.series
    chapters = book.pieces[1:]
    complete = book.complete and stamps is not None
    files = {f"{n:05}.pdf": kept.asset for n, kept in enumerate(book.kept)} if complete else {}
    if stamps is not None and complete:
        files["stamps.pdf"] = stamps.asset
    return Recipe(
        path=f"{series.id}/{series.id}.pdf",
        press="bind",
        files=files,
        options={
            "cover": layout.say["cover"],
            "titles": [piece.title for piece in chapters],
            "quiet": [n for n, piece in enumerate(chapters) if piece.quiet],
        },
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, stylesheet(layout, "book")),
        complete=complete,
    )
