"""Printed pages: the words and letters that a reader sees in a PDF, measured in points."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

MM = 72 / 25.4  # points


class Letter(Struct, frozen=True):
    """A printed character: its size, its origin, the lower edge of its ink, its colour from 0 to 255, and its font."""

    text: str
    size: float
    x: float
    y: float
    bottom: float
    colour: tuple[int, int, int]
    font: str


def words(document: pypdfium2.PdfDocument, page: int) -> str:
    """The text of a page, which counts from 1, with single spaces."""
    text = document[page - 1].get_textpage().get_text_range()
    return " ".join(text.replace("\ufffe", "").split())


def letters(document: pypdfium2.PdfDocument, page: int) -> Iterator[Letter]:
    """Every visible character of a page, which counts from 1."""
    text_page = document[page - 1].get_textpage()
    found = text_page.raw
    for index in range(pdfium.FPDFText_CountChars(found)):
        text = chr(pdfium.FPDFText_GetUnicode(found, index))
        if not text.strip() or pdfium.FPDFText_IsGenerated(found, index):
            continue
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(found, index, matrix)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(found, index, x, y)
        box = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(found, index, *box)
        colour = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFText_GetFillColor(found, index, *colour)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFText_GetFontInfo(found, index, name, 200, ctypes.c_int())
        red, green, blue, _ = (part.value for part in colour)
        size = pdfium.FPDFText_GetFontSize(found, index) * abs(matrix.d)
        yield Letter(
            text, round(size, 2), x.value, y.value, box[2].value,
            (red, green, blue), name.value.decode(),
        )  # fmt: skip


def of_size(found: Iterable[Letter], size: float) -> list[Letter]:
    """The letters of one size."""
    return [letter for letter in found if abs(letter.size - size) < 0.05]
