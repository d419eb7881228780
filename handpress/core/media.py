"""The table of media: a row for each, with everything that is different about it.

Code asks a row, never a name: a medium's name stands in no branch. What is local to a medium besides is
said in its skeleton (`layouts/<name>.html`) and its stylesheet (`layouts/styles/media/<name>.css`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Medium:
    """One row.

    `bound` says that all documents make one artefact. `reach` is how far a link gets, and `address`
    the file in which an article's document lies, as seen from another one ("" is the same file).
    `elsewhere` is how an article is shown that a link cannot reach, or that paper cannot open.
    """

    name: str
    bound: bool
    reach: Literal["document", "artefact"]
    address: str
    elsewhere: Literal["title", "page", "link"]
    notes: Literal["foot", "end"]
    paper: bool  # printed: no link can be followed, blanks can be filled in, addresses are listed
    write_in: bool  # somebody writes on it by hand
    tagged: bool  # a PDF, whose tags want some mark-up in another shape
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    pages: str = ""  # the medium whose page numbers it shows, where the series has that one
    apart: bool = False  # may be asked for of several series together, or of an article alone


TABLE = {
    m.name: m
    for m in (
        Medium("handout", False, "document", "", "title", "foot", True, True, True, pages="book"),
        Medium(
            "book", True, "artefact", "", "page", "foot", True, False, True,
            ("cover", "title-page", "imprint", "contents"), ("about", "colophon"),
            "book",
        ),
        Medium(
            "epub", True, "artefact", "{slug}.xhtml", "link", "end", False, False, False,
            ("cover", "title-page", "imprint", "contents"), ("about", "colophon", "copyright"),
            "book", True,
        ),
        Medium("web", False, "artefact", "{slug}.html", "link", "end", False, False, False),
    )
}  # fmt: skip

(STANDALONE,) = (m for m in TABLE.values() if m.apart)
# An article by itself: the others lie outside.
SINGLE_ARTICLE = replace(STANDALONE, reach="document")


@dataclass(frozen=True)
class Paper:
    """A page size in millimetres, and the paper that a booklet of such pages is folded from."""

    name: str
    width: float
    height: float
    css: str
    sheet: str


PAPERS = {
    p.name: p
    for p in (
        Paper("a4", 210, 297, "A4", "a4"),
        Paper("letter", 215.9, 279.4, "letter", "letter"),
        Paper("a5", 148, 210, "A5", "a4"),
    )
}

MEDIA = ("handout", "book", "epub", "web")
