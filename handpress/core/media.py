"""The table of media: a row for each, with all its differences.

Code asks a row, never a name: no branch has a medium's name. A medium also has a template
(`layouts/<name>.html`) and a stylesheet (`layouts/styles/media/<name>.css`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A whole series in one file, ``SERIES.ending``, and how others link to it.

    `name` and `hint` are the keys of the words beside its link on web pages, `whole` of those in handouts. A
    handout has a link to one offer that has `whole`, preferably to read on a screen.
    """

    ending: str
    type: str  # for reading apps
    name: str
    hint: str
    whole: str = ""


@dataclass(frozen=True, kw_only=True)
class Medium:
    """One row.

    `elsewhere` is how an article is shown that a link cannot reach, or that paper cannot open: by its title, by
    its page, or as a link. `front` and `back` are the kinds of documents before and after the articles.
    """

    name: str
    planner: str  # the module whose `recipes(job)` plans it
    stage: int  # planned when all of the stages before are made: it may show them
    bound: bool  # all documents make one artefact
    reach: Literal["document", "artefact"]  # how far a link gets
    address: str = ""  # the file of an article's document, seen from another; "" is the same file
    elsewhere: Literal["title", "page", "link"]
    notes: Literal["foot", "end"]
    paper: bool = False  # printed: no link can be followed, addresses are listed
    write_in: bool = False  # a pen can fill in its blanks
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    pages: str = ""  # the medium whose page numbers it shows, where the series has that one
    standalone: bool = False  # can be made of one article, or of several series as a bundle
    cover: bool = False  # shows the cover as a picture
    shows: bool = False  # its pages, and the shelf of all series, show what is made of other media
    offer: Offer | None = None

    @property
    def partial(self) -> bool:
        """Whether each article is published alone, so that an error in one leaves the others whole."""
        return not self.bound and self.reach == "document"


TABLE = {
    medium.name: medium
    for medium in (
        Medium(
            name="handout",
            planner="handpress.print.handout",
            stage=1,
            bound=False,
            reach="document",
            elsewhere="title",
            notes="foot",
            paper=True,
            write_in=True,
            pages="book",
        ),
        Medium(
            name="book",
            planner="handpress.print.book",
            stage=1,
            bound=True,
            reach="artefact",
            elsewhere="page",
            notes="foot",
            paper=True,
            front=("cover", "title-page", "imprint", "contents"),
            back=("about", "colophon"),
            pages="book",
            offer=Offer(
                ending="pdf",
                type="application/pdf",
                name="book_format",
                hint="book_hint",
                whole="whole_book",
            ),
        ),
        Medium(
            name="epub",
            planner="handpress.epub.ebook",
            stage=2,
            bound=True,
            reach="artefact",
            address="{slug}.xhtml",
            elsewhere="link",
            notes="end",
            front=("cover", "title-page", "imprint", "contents"),
            back=("about", "colophon", "copyright"),
            pages="book",
            standalone=True,
            cover=True,
            offer=Offer(
                ending="epub",
                type="application/epub+zip",
                name="epub_format",
                hint="epub_hint",
                whole="whole_ebook",
            ),
        ),
        Medium(
            name="web",
            planner="handpress.web.site",
            stage=4,
            bound=False,
            reach="artefact",
            address="{slug}.html",
            elsewhere="link",
            notes="end",
            cover=True,
            shows=True,
        ),
    )
}
MEDIA = tuple(TABLE)

# The planners, stage by stage: of the media, and of artefacts made for or from these.
PLANNERS = (
    (0, "handpress.print.cover"),
    (0, "handpress.epub.covers"),
    (0, "handpress.epub.rasterize"),
    *((medium.stage, medium.planner) for medium in TABLE.values()),
    (2, "handpress.print.pack"),
    (3, "handpress.print.booklet"),
    (5, "handpress.web.shelf"),
)

(STANDALONE,) = (m for m in TABLE.values() if m.standalone)
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
