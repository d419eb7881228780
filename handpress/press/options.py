"""Options of the presses: the input of each apart from the files of a recipe, and part of its fingerprint."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from handpress.core.direction import Direction
from handpress.core.numerals import LATIN
from handpress.press.result import Fill, Row


class Options(Struct, frozen=True):
    """No options."""


class Step(Struct, frozen=True):
    """A class of the root that tightens a style, and about how much of a document's length it saves, from 0 to 1."""

    name: str
    saves: float


class RenderOptions(Options, frozen=True):
    """Options of a tagged PDF.

    `fit` is the number of pages to tighten the style for; without it, for whole sheets of paper. `must` makes a
    longer document an error.
    """

    advise: bool = False  # on a document that runs a little over its sheets of paper
    fit: int | None = None
    must: bool = False
    steps: tuple[Step, ...] = ()  # from the one that saves least
    ruled: bool = False  # draw lines to write on into the free space at the end
    page_starts: bool = False  # find where in the text the pages begin
    piece: bool = False  # of a book: links to ids that are not in it lead to another piece
    fill: Fill = ()  # of the same piece with other page numbers: where to begin


class PixelOptions(Options, frozen=True):
    """The size of a picture in pixels."""

    width: int
    height: int


class ThumbnailOptions(Options, frozen=True):
    """The width of a thumbnail in pixels, and its format."""

    width: int
    format: Literal["jpeg", "webp"]


class FaceOptions(Options, frozen=True):
    """The characters that a face is reduced to."""

    characters: str


class BindOptions(Options, frozen=True):
    """Options of a book: the label of its cover, the titles of its chapters, the kinds of some of them, and its digits.

    `unnumbered` ones are back matter, `blind` ones are titles of parts, and those `within` are in the part before them.
    Those that begin `anywhere` do so on the next page, left or right; the others on a right one.
    """

    cover: str
    titles: tuple[str, ...]
    unnumbered: tuple[int, ...]
    blind: tuple[int, ...] = ()
    within: tuple[int, ...] = ()
    anywhere: tuple[int, ...] = ()
    digits: str = LATIN.digits  # of its page numbers, from zero on


class PackedHandout(Struct, frozen=True):
    """A handout of a pack: its title, the id that opens it, and its address on the web, if any."""

    title: str
    id: str
    address: str


class PackOptions(Options, frozen=True):
    """The metadata of a pack, and its handouts in order."""

    title: str
    authors: tuple[str, ...]
    language: str
    handouts: tuple[PackedHandout, ...]


class BookletOptions(Options, frozen=True):
    """The size of a booklet's sheets in millimetres, before they are folded, and the direction of reading."""

    width: float
    height: float
    direction: Direction


class FillInOptions(Options, frozen=True):
    """The pages of a form that the pages of texts belong on, from 1."""

    pages: tuple[int, ...]


class TrimOptions(Options, frozen=True):
    """The pages of a book for a print shop: how many are the cover, and the one after it that is replaced."""

    cover: int
    replaced: int | None


class EpubOptions(Options, frozen=True):
    """The package of an EPUB. `guide` has a type, a title and an address for each row."""

    metadata: tuple[Row, ...]
    identifier: str
    title: str
    language: str
    direction: str
    modified: str  # ISO 8601, UTC
    spine: tuple[str, ...]
    nav: str
    guide: tuple[tuple[str, str, str], ...]
    drawings: tuple[str, ...]  # SVG pictures that get a white ground
    mathml: tuple[str, ...]  # pages with formulas
    characters: str  # the fonts are reduced to these; "" without fonts
