"""The table of media: one row for each medium, with everything that sets it apart.

Code checks the fields of a row, and not its name. A medium also has
a template (`layouts/<name>.html`) and a stylesheet (`layouts/styles/media/<name>.css`).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace


class Offer(Struct, frozen=True, kw_only=True):
    """A complete series in one file, ``SERIES.ending``, and the wording of links to it.

    `name` and `hint` are the keys of the words next to its link on web pages, `whole` the key of those in
    handouts. A handout links to one offer that has `whole`, preferably one for reading on a screen.
    """

    ending: str
    type: str  # for reading apps
    name: str
    hint: str
    whole: str = ""


class Medium(Struct, frozen=True, kw_only=True):
    """A row of the table.

    `elsewhere` is how to refer to an article that a link cannot reach, or that paper cannot open: by its
    title, by its page, or as a link. `front` and `back` are the kinds of documents before and after the
    articles.
    """

    name: str
    planner: str  # the module whose `recipes(job)` plans it
    stage: int  # planned after all earlier stages are made, so that it can show their artefacts
    bound: bool  # all documents are joined into one artefact
    reach: Literal["document", "artefact"]  # the farthest target of a link
    # The file of an article's document, relative to another one; "" for the same file.
    address: str = ""
    counterpart: str = ""  # the document of an article of the series in another language
    home: str = ""  # the page of the series; "" for its address on the web
    files: str = ""  # the address of a file that an article links to; "" where it is not copied
    elsewhere: Literal["title", "page", "link"]
    notes: Literal["foot", "end"]
    paper: bool = False  # printed: links cannot be followed, so addresses are listed
    write_in: bool = False  # blanks can be filled in with a pen
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    pages: str = ""  # the medium whose page numbers it shows, if the series has that medium
    omit: str = ""  # the setting of a series that lists articles which this medium does not have
    standalone: bool = False  # can be built for one article, or for several series as a bundle
    cover: bool = False  # shows the cover as a picture
    shows: bool = False  # its pages, and the shelf of all series, show artefacts of other media
    offer: Offer | None = None

    @property
    def partial(self) -> bool:
        """Whether each article is published alone, so that an error in one does not affect the others."""
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
            notes="end",
            paper=True,
            write_in=True,
            omit="no_handout",
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
            front=("cover", "half-title", "title-page", "imprint", "contents", "changes"),
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
            stage=1,
            bound=True,
            reach="artefact",
            address="{slug}.xhtml",
            elsewhere="link",
            notes="end",
            front=("cover", "title-page", "imprint", "contents", "changes"),
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
            counterpart="../../{series}/articles/{slug}.html",
            home="../index.html",
            files="../files/{name}",
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
    (1, "handpress.print.bilingual"),
    (2, "handpress.print.pack"),
    (3, "handpress.print.booklet"),
    (3, "handpress.print.print_shop"),
    (3, "handpress.web.thumbnails"),
    (5, "handpress.web.shelf"),
)

(STANDALONE,) = (m for m in TABLE.values() if m.standalone)
# The standalone medium for one article: the other articles are outside its file.
SINGLE_ARTICLE = replace(STANDALONE, reach="document")


class Paper(Struct, frozen=True):
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

# The forms of handouts that show the original of a translation too, as the setting and the option have them, and how
# they are called in names of files.
BILINGUAL = {"columns": "bilingual", "pages": "bilingual-pages"}
