"""The book: its pieces are bound, with folios and running heads on their pages.

Sections are of ISO 32000-1 (PDF 1.7), unless ISO 14289-1 (PDF/UA-1) is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct

from handpress.core.files.disk import Asset
from handpress.core.numerals import LATIN
from handpress.press.bindery.binding import Binding, Part, Stamp, Unbindable
from handpress.press.bindery.folios import Stamper
from handpress.press.bindery.last_book import LastBook
from handpress.press.bindery.syntax import string
from handpress.press.options import BindOptions
from handpress.press.result import Rendered

STAMPS = "stamps.pdf"


class Chapter(Struct, frozen=True):
    """A tagged PDF that was rendered alone.

    It begins on a right-hand page, or `anywhere`: on the next page, left or right. So does an `unnumbered` one, back
    matter. It has neither folios nor heads, and neither has a `blind` one, the title of a part. One `within` a part is
    below it in the outline. `title` is for messages.
    """

    file: Asset
    title: str
    unnumbered: bool = False
    blind: bool = False
    within: bool = False
    anywhere: bool = False


def bind_book(files: Mapping[str, Asset], options: BindOptions) -> Rendered:
    """Bind the book of a recipe, whose files are its pieces in the order of their names, and the stamps."""
    front, *names = sorted(name for name in files if name.endswith(".pdf") and name != STAMPS)
    chapters = [
        Chapter(
            files[name],
            title,
            unnumbered=number in options.unnumbered,
            blind=number in options.blind,
            within=number in options.within,
            anywhere=number in options.anywhere,
        )
        for number, (name, title) in enumerate(zip(names, options.titles, strict=True))
    ]
    last = LastBook.among(files)
    book = bound(
        files[front].read(),
        chapters,
        files[STAMPS].read(),
        cover_label=options.cover,
        digits=options.digits,
        last=last,
    )
    data = book.save()
    return Rendered(data, len(book.pages), memory=last.record(data))


def bound(
    front: bytes,
    chapters: Sequence[Chapter],
    stamps: bytes,
    *,
    cover_label: str,
    digits: str = LATIN.digits,
    last: LastBook | None = None,
) -> Binding:
    """Bind `front` (cover to contents, with its folios) and `chapters` into a book that conforms to PDF/UA-1.

    Chapters are numbered from 1 at the first. `stamps` is an untagged PDF
    with one stamp a page, each at its position in the book. They are the ten `digits` as folios of a
    left-hand page, the first as that of a right-hand page, the head of left-hand pages, then for each
    chapter that is not unnumbered or blind the head of its right-hand pages. Each digit is a link, because the rectangle
    of its annotation gives its extent. Parts of the `last` book are copied if they would be the same.

    Raises :class:`Unbindable` if anything would be lost.
    """
    book, last = Binding(), last or LastBook()
    book.take(front, "the front matter")
    book.fill_up()
    start = len(book.pages)
    stamper = Stamper(book.stamps(stamps), digits)
    headed = [chapter for chapter in chapters if not (chapter.unnumbered or chapter.blind)]
    if len(headed) != len(stamper.heads):
        raise Unbindable(f"{len(stamper.heads)} running heads for {len(headed)} chapters")
    heads = iter(stamper.heads)
    for chapter in chapters:
        if not (chapter.anywhere or chapter.unnumbered):
            book.fill_up()
        number, head, stamp = 0, 0, None
        if not (chapter.unnumbered or chapter.blind):
            number = len(book.pages) - start + 1
            head = next(heads)
            stamp = partial(stamper.stamp, number=number, head=head)
        decides = chapter.file.digest, chapter.within, number, head, stamper.facts
        bind = partial(_take, book, chapter, stamp)
        last.take(book, decides, chapter.title, bind)
    book.join(_labels(cover_label, start, len(book.pages), digits))
    return book


def _take(book: Binding, chapter: Chapter, stamp: Stamp | None) -> Part:
    return book.take(chapter.file.read(), chapter.title, within=chapter.within, stamp=stamp)


def _labels(cover: str, start: int, end: int, digits: str) -> bytes:
    """Return the labels of the pages (12.4.2): of the cover, in Roman numerals, and from `start` on from 1."""
    labels = [(0, b"<</P %b>>" % string(cover)), (1, b"<</S /r/St 2>>")]
    if digits == LATIN.digits:
        labels += [(start, b"<</S /D>>")]
    else:  # PDF counts in 0 to 9 alone: others are the prefix of each page's own label
        for page in range(start, end):
            number = "".join(digits[int(digit)] for digit in str(page - start + 1))
            labels += [(page, b"<</P %b>>" % string(number))]
    return b"<</Nums [%b]>>" % b" ".join(b"%d %b" % label for label in labels)
