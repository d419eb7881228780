"""Results: what a press returns, what its checks found, and what is known of a finished artefact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handpress.core.disk import Asset


@dataclass(frozen=True)
class Spot:
    """A block of a page as its source may know it: its id, or its first words, for the `count`-th time.

    `key` is set when not a block but a setting of the article is meant; an empty spot is the article.
    """

    id: str = ""
    words: tuple[str, ...] = ()
    count: int = 1
    key: str = ""


@dataclass(frozen=True)
class Finding:
    """A place that breaks a rule of the preflight: its code, the block, the facts of its wording.

    `shorten` has blocks with the number of words without which each is a line shorter.
    """

    code: str
    spot: Spot
    facts: Mapping[str, str] = field(default_factory=dict)
    shorten: tuple[tuple[Spot, int], ...] = ()


class PreflightFailed(Exception):
    """Something on the pages would be lost to the reader: what was found, warnings with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


class Refused(Exception):
    """The press could not make the artefact from this recipe, with the reason."""


@dataclass(frozen=True)
class Rendered:
    """What came of a recipe: the artefact's bytes, its pages, and on which page each id stands.

    `full` is how full the last page is, in per cent; `tight` the step by which the style was tightened,
    "" if it was not; `findings` what the preflight had to say; `begins` has for each page how many
    characters of the text stand before it, if that was asked for (see :mod:`.press.pdf.page_starts`).
    """

    data: bytes
    pages: int | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)
    full: int | None = None
    tight: str = ""
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Made:
    """What is known of a finished artefact: its bytes' digest and number, and its pages if it has any."""

    sha256: str
    bytes: int
    pages: int | None
    path: str
    asset: Asset | None = None


@dataclass(frozen=True)
class StoredPiece:
    """A pressed piece: its bytes, its number of pages (0 for a drawing), on which of them each id stands, from 1, and
    what the preflight had to say, and how many characters of its text stand before each page.
    """

    asset: Asset
    pages: int
    anchors: dict[str, int]
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Finished:
    """An artefact that another one is made of: the fingerprint of its recipe; what that made, None if
    it has yet to; and whether its file is there as it was made.
    """

    fingerprint: str
    made: Made | None = None
    there: bool = False


# In a piece of a book, an id in another piece has this address and the id. It is not WeasyPrint's base
# address, which means the document itself: there it would miss the id, and drop the link.
ELSEWHERE = "https://handpress.invalid/book#"

Row = tuple[str, str, dict[str, str]]  # name, value, attributes
