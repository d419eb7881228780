"""Book: its pieces, the page numbers that they show of each other, and the recipe that binds them.

Each chapter is pressed alone and kept by its fingerprint; so is the front matter. A page number in a
chapter ("page 12") is an input of its recipe like any other. Numbers are found in rounds that begin
anew each time, from the same guess, so that a book does not depend on the books made before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .art import cover_art
from .bind import ELSEWHERE
from .compose import Document
from .layout import Layout, head
from .medium import TABLE
from .printed import pages, stylesheet
from .recipe import Recipe
from .source import Asset
from .store import Kept

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


def bound(layout: Layout, find: Find) -> Iterator[list[Recipe]]:
    """The recipes of the book, step by step: `find` must know the pieces of one step before the next
    is asked for. The last step is the book itself; it is incomplete when a piece could not be found.
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
    rest = [_pressed(layout, front, labels), _stamps(layout, chapters)]
    if all(found):
        yield rest
    found += [find(recipe) for recipe in rest]
    yield [_binding(layout, front, chapters, [k for k in found if k], len(found))]


def numbered(chapters: Sequence[Piece], kept: Sequence[Kept], steady: bool = False) -> Labels:
    """The page number of every id in the book. `steady` ones are all as wide as the widest, so that
    nothing moves any more when they change: chapters that push each other to and fro come to rest.
    """
    labels: dict[str, str] = {}
    before = 0  # pages before the piece
    for piece, pressed in zip(chapters, kept, strict=True):
        before += before % 2 if not piece.quiet else 0
        labels |= {id_: str(before + page) for id_, page in pressed.anchors.items()}
        before += pressed.pages
    width = len(str(before)) if steady else 0
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
    sheet = stylesheet(layout, "book", also="book-piece" if piece.bare else "")
    return Recipe(
        path=f"{layout.series.id}/{layout.series.id}.pdf: {piece.name}",
        press="measure" if measured else "pdf",
        files=pages(layout, addressed(piece.html, labels), sheet, piece.assets),
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
        files=pages(layout, html, stylesheet(layout, "book", also="book-stamps"), {}),
        series=layout.series.id,
        source=f"{layout.series.folder}/series.yaml",
        piece=True,
    )


def _binding(
    layout: Layout, front: Piece, chapters: Sequence[Piece], kept: Sequence[Kept], wanted: int
) -> Recipe:
    series = layout.series
    complete = len(kept) == wanted
    names = [*(f"{n:05}.pdf" for n in range(1, len(chapters) + 1)), "00000.pdf", "stamps.pdf"]
    files = dict(zip(names, (k.asset for k in kept), strict=True)) if complete else {}
    return Recipe(
        path=f"{series.id}/{series.id}.pdf",
        press="bind",
        files=files,
        options={
            "cover": layout.say["cover"],
            "titles": [piece.title for piece in chapters],
            "quiet": [n for n, piece in enumerate(chapters) if piece.quiet],
        },
        medium="book",
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, stylesheet(layout, "book")),
        complete=complete,
    )
