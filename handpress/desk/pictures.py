"""Pictures of finished pages, for a screen."""

from __future__ import annotations

import contextlib
import io
import threading

from msgspec import Struct

from handpress.core.files.disk import Asset
from handpress.press.options import ThumbnailOptions
from handpress.press.thumbnail import draw_thumbnail

CARD = ThumbnailOptions(360, "webp")
WIDTH = 1000  # pixels of a page in a preview
MOST = 12  # pages of a preview
DRAWING = threading.Lock()  # PDFium draws in one thread at a time


class Picture(Struct, frozen=True):
    """A picture of one page, as a JPEG file."""

    data: bytes
    width: int
    height: int


class Preview(Struct, frozen=True):
    """The first pages of a PDF file as pictures, and how many pages it has."""

    pages: int
    pictures: tuple[Picture, ...]


def count(data: bytes) -> int:
    """Return the number of pages of a PDF file."""
    import pypdfium2

    with DRAWING, contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)


def preview(data: bytes, width: int = WIDTH) -> Preview:
    """Return pictures of the pages of a PDF file."""
    import pypdfium2

    with DRAWING, contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        shown = range(min(len(document), MOST))
        return Preview(len(document), tuple(_drawn(document[n], width) for n in shown))


def _drawn(page: object, width: int) -> Picture:
    drawn = page.render(scale=width / page.get_width()).to_pil().convert("RGB")  # type: ignore[attr-defined]
    out = io.BytesIO()
    drawn.save(out, "jpeg", quality=88, subsampling=0)
    return Picture(out.getvalue(), *drawn.size)


def card(data: bytes) -> bytes:
    """Return a small picture of the first page of a PDF file."""
    with DRAWING:
        return draw_thumbnail({"page.pdf": Asset.of(data)}, CARD).data
