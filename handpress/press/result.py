"""Results: what a press returns, what its checks found, and the facts about a finished artefact."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from handpress.core.files.disk import Asset

# The artefact as the last build left it, and the memory of its press then. Neither decides a byte.
EARLIER, MEMORY = "earlier", "memory"
WORDS = 10  # of a block, to find it in the source


class Spot(Struct, frozen=True):
    """A block of a page as it can be found in the source: by id, or by the `count`-th use of its first words.

    `key` is set for a setting of the article instead of a block; an empty spot means the article.
    """

    id: str = ""
    words: tuple[str, ...] = ()
    count: int = 1
    key: str = ""


class Finding(Struct, frozen=True):
    """A place that breaks a rule of the preflight: its code, the block, the facts of its wording.

    `shorten` maps blocks to the number of words to cut from each to save a line.
    """

    code: str
    spot: Spot
    facts: Mapping[str, str] = field(default_factory=dict)
    shorten: tuple[tuple[Spot, int], ...] = ()


# The words of `data-fill` that elements have, by number; see :mod:`.press.pdf.page_fill`.
Fill = tuple[tuple[int, str], ...]


class RecipeRefused(Exception):
    """The press could not make the artefact from this recipe, with the reason."""


class FieldPlace(Struct, frozen=True):
    """The place of a field's text on a page, in CSS pixels, and the look of the text."""

    name: str
    page: int  # from 1
    left: float
    top: float
    width: float
    line: float  # height
    size: float
    weight: int
    color: str
    align: str  # left or right


class Rendered(Struct, frozen=True):
    """The result of a recipe: the artefact's bytes, its pages, and the page of each id.

    `full` is how full the last page is, in per cent; `tight` the step by which the style was tightened, or
    "". `findings` are those of the preflight. `begins`, if requested, has for each page the number of
    characters of the text before it (see :mod:`.press.text_positions`). `fill` is what closed the holes on pages.
    `fields` are the places of texts that are written on finished pages. `memory` is what makes it quicker to make
    the artefact after a change.
    """

    data: bytes
    pages: int | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)
    full: int | None = None
    tight: str = ""
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()
    fill: Fill = ()
    fields: tuple[FieldPlace, ...] = ()
    memory: bytes = b""


class Made(Struct, frozen=True):
    """The facts about a finished artefact: digest and number of its bytes, and its pages if it has any."""

    sha256: str
    bytes: int
    pages: int | None
    path: str
    asset: Asset | None = None


class StoredPiece(Struct, frozen=True):
    """A rendered piece: its bytes, its number of pages (0 for a drawing), the page of each id, counted from 1,
    the findings of the preflight, the number of characters of its text before each page, and its fill.
    """

    asset: Asset
    pages: int
    anchors: dict[str, int]
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()
    fill: Fill = ()


class Finished(Struct, frozen=True):
    """An artefact that another one is made from.

    It has the fingerprint of its recipe, the result (None before it is made), and whether its file is
    unchanged since.
    """

    fingerprint: str
    made: Made | None = None
    there: bool = False


# In a piece of a book, an id in another piece has this address and the id. It is not WeasyPrint's base
# address, which means the document itself: there it would miss the id, and drop the link.
ELSEWHERE = "https://handpress.invalid/book#"

Row = tuple[str, str, dict[str, str]]  # name, value, attributes
