"""Sheets: the pages of a PDF as pictures, and the words at each place of them.

PDFium is not safe in threads, so one lock guards all its calls.
"""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from threading import RLock
from typing import Any

from msgspec import Struct

from handpress.watch.words import WORD, longest_run

LOCK = RLock()
WIDTHS = (320, 2400)  # pixels of a page: the least and the most
STEP = 80  # widths are rounded up to a multiple, so that a dragged window does not draw each


def _bmp(drawn: Any) -> bytes:
    """Return a drawn page as a BMP, whose rows are those of PDFium: blue, green, red, in whole words.

    A negative height means that the first row is at the top.
    """
    rows, start = bytes(drawn.buffer), struct.calcsize(BMP)
    size = drawn.width, -drawn.height
    return struct.pack(BMP, b"BM", start + len(rows), start, 40, *size, 1, 24, len(rows)) + rows


def _png(drawn: Any) -> bytes:
    out = io.BytesIO()
    drawn.to_pil().save(out, "PNG", compress_level=1)
    return out.getvalue()


def _jpeg(drawn: Any) -> bytes:
    out = io.BytesIO()
    drawn.to_pil().save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


# The two headers of a BMP without a palette: its mark, the sizes of the file and of what is before the rows; the size of
# the second header, width, height, planes, bits of a pixel, no compression, and the size of the rows.
BMP = "<2sI4xIIiiHH4xI16x"
FORMS: Mapping[str, Callable[[Any], bytes]] = {"BMP": _bmp, "PNG": _png, "JPEG": _jpeg}


class Spot(Struct, frozen=True):
    """A place on a page: the page from 0, and a box in fractions of its width and height."""

    page: int
    box: tuple[float, float, float, float]  # left, top, width, height


class Sheets:
    """The pages of one PDF."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with LOCK:
            self.document: Any = pypdfium2.PdfDocument(data)
            self.sizes = [self.document.get_page_size(n) for n in range(len(self.document))]
            self.labels = [self.document.get_page_label(n) for n in range(len(self.document))]
        self.texts: dict[int, _Text] = {}
        self.drawn: dict[tuple[int, int, str], bytes] = {}  # pictures that nobody has asked for yet
        self.closed = False

    def picture(self, number: int, width: int, form: str = "PNG") -> bytes:
        """Return a page as a picture about `width` pixels wide. Raises LookupError after :meth:`close`.

        A BMP takes a hundredth of the time of a PNG and ten times its bytes: right for this machine's browser. A JPEG is
        not exact, but on the screen before the others.
        """
        with LOCK:
            if found := self.drawn.pop((number, width, form), None):
                return found
        least, most = WIDTHS
        width = min(most, max(least, -(-width // STEP) * STEP))
        with LOCK:
            if self.closed:
                raise LookupError("a newer version is shown")
            with contextlib.closing(self.document[number]) as page:
                drawn = page.render(scale=width / page.get_width())
        return FORMS[form](drawn)

    def draw(self, number: int, width: int, form: str) -> None:
        """Draw a picture before it is asked for. A request that comes meanwhile waits for it."""
        with LOCK:
            self.drawn = {(number, width, form): self.picture(number, width, form)}

    def close(self) -> None:
        """Close the document now: the garbage collector would not wait for the lock."""
        with LOCK:
            self.closed = True
            self.document.close()

    def find(self, words: tuple[str, ...], pages: range | None = None) -> Spot | None:
        """Return the place of the longest run of `words` on these pages, or None without one."""
        best, found = 0, None
        for number in pages or range(len(self.sizes)):
            text = self.text(number)
            run = longest_run([word for word, _ in text.words], words)
            if run and run.length > best:
                best, found = run.length, (number, run)
        if found is None:
            return None
        number, run = found
        return self._spot(
            number, [at for _, at in self.text(number).words[run.start :][: run.length]]
        )

    def line_at(self, number: int, x: float, y: float) -> tuple[str, ...]:
        """Return the words of the line at a place in fractions of the page; none without one."""
        width, height = self.sizes[number]
        with self._page(number) as page:
            at = page.get_index(x * width, (1 - y) * height, 0.4 * width, 0.03 * height)
        if at is None:
            return ()
        text = self.text(number).text
        start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        line = text[start:].splitlines()[0] if text[start:] else ""
        cut = line.rstrip().endswith(("\u2010", "-", "\u00ad", "\ufffe", "\x02"))
        words = [word.casefold() for word in WORD.findall(line)]
        return tuple(words[:-1] if cut and len(words) > 1 else words)

    def text(self, number: int) -> _Text:
        """Return the text of a page."""
        if number not in self.texts:
            with self._page(number) as page:
                self.texts[number] = _Text(page.get_text_range())
        return self.texts[number]

    def _spot(self, number: int, starts: list[int]) -> Spot:
        """Return the place of the words that start at these characters, as far as they are on one line."""
        width, height = self.sizes[number]
        with self._page(number) as page:
            boxes = [page.get_charbox(at) for at in starts]
        _, bottom, _, top = boxes[0]
        line = [box for box in boxes if box[1] < top and box[3] > bottom]
        left, right = min(b[0] for b in line), max(b[2] for b in line)
        low, high = min(b[1] for b in line), max(b[3] for b in line)
        return Spot(
            number,
            (left / width, 1 - high / height, (right - left) / width, (high - low) / height),
        )

    @contextlib.contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        with (
            LOCK,
            contextlib.closing(self.document[number]) as page,
            contextlib.closing(page.get_textpage()) as text,
        ):
            yield text


class _Text(Struct, frozen=True, dict=True):
    """The text of a page."""

    text: str

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """The words, each with the number of its first character."""
        return [(m[0].casefold(), m.start()) for m in WORD.finditer(self.text)]
