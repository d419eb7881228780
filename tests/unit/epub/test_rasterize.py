"""Drawing: which drawings stay drawings in the ebook, and which are drawn for it."""

from __future__ import annotations

import io
import posixpath

import pytest
from PIL import Image

from helpers.finished import Ebook
from helpers.workspaces import Book

TIDE = "sources/moon/images/tide.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">{}</svg>'
MASK = '<mask id="m"><rect width="9" height="9" fill="#fff"/></mask><rect width="9" height="9" mask="url(#m)"/>'


def made(book: Book, inside: str) -> tuple[str, bytes]:
    """The name and the bytes of the model's drawing in the ebook, with this `inside`."""
    book.write(TIDE, SVG.format(inside))
    book.edit("sources/moon/series.yaml", "title:", "media: [epub]\ntitle:")
    ran = book.build()
    assert (ran.code, ran.err) == (0, "")
    ebook = Ebook(book.output / "moon/moon.epub")
    (found,) = (name for name in ebook.files if "/pictures/tide-" in name)
    assert (
        f'src="pictures/{found.rpartition("/")[2]}"'
        in ebook.files[ebook.below("neap.xhtml")].decode()
    )
    return found.rpartition("/")[2], ebook.files[found]


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0L9 9"/><g><circle r="4"/></g>',
        '<defs><linearGradient id="g"><stop/></linearGradient></defs><rect width="9" height="9" fill="url(#g)"/>',
        '<symbol id="s"><line x2="9"/></symbol><use href="#s"/>',
    ],
)  # fmt: skip
def test_lines_and_areas_stay(inside: str, book: Book) -> None:
    """They are sharp at any size, and look the same in every reader."""
    name, data = made(book, inside)
    assert name.endswith(".svg")
    assert b"<svg" in data


@pytest.mark.parametrize("inside", ['<text x="9" y="9">Ebb</text>', MASK])
def test_letters_and_masks_are_drawn(inside: str, book: Book) -> None:
    """Each reader would set letters in a face of its own, and some know no masks: they become pixels."""
    name, data = made(book, inside)
    assert name.endswith(".png")
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (2000, 1500))
        assert image.convert("RGB").getpixel((1999, 0)) == (255, 255, 255)
        assert image.convert("L").getextrema()[0] < 64, "something is drawn"


def test_letters_that_no_face_has_stay(book: Book) -> None:
    """Drawn here, they would be lost; the reader may have a face for them."""
    name, data = made(book, '<text x="9" y="9">𒀀𒀁</text>')
    assert name.endswith(".svg")
    assert "𒀀𒀁".encode() in data


def test_letters_that_no_face_has_are_said_where_the_drawing_is(book: Book) -> None:
    """Print shows a sign instead, and the build continues: `check` and the press agree on it."""
    book.write(TIDE, SVG.format('<text x="9" y="9">Ebb 𒀀𒀁</text>'))
    place = book.place("sources/moon/01-neap.md", "images/tide.svg")
    for command in ("check", "build"):
        ran = book.run(command)
        assert ran.code == 0
        said = [line for line in ran.err.splitlines() if line.startswith("sources")]
        assert said == [f"{place}: warning: no font for Cuneiform [missing-glyph]"]
        assert "`�` is printed for 𒀀 U+12000, 𒀁 U+12001 in `tide.svg`" in ran.err


@pytest.mark.parametrize(
    ("file", "old", "key"),
    [
        ("series.yaml", "title:", "cover: images/tide.svg\ntitle:"),
        ("../practice.yaml", "", "name: Harbour\nlogo: moon/images/tide.svg\n"),
        ("../authors/ada-stone.md", "name:", "photo: ../moon/images/tide.svg\nname:"),
    ],
)
def test_letters_in_a_picture_of_the_settings(file: str, old: str, key: str, book: Book) -> None:
    book.write("sources/moon/images/mark.svg", SVG.format('<text x="9" y="9">𒀀</text>'))
    path = posixpath.normpath(f"sources/moon/{file}")
    key = key.replace("tide", "mark")
    if old:
        text = book.read(path)
        book.write(path, text.replace(old, key, 1))
    else:
        book.write(path, key)
    ran = book.run("check")
    (said,) = (line for line in ran.err.splitlines() if line.endswith("[missing-glyph]"))
    assert said.startswith(
        book.place(path, key.partition(": ")[2].split("\n")[0] if old else "moon/images/mark.svg")
    )


def test_a_drawing_is_drawn_once(book: Book) -> None:
    """A change to the text costs the ebook, and no drawing."""
    made(book, '<text x="9" y="9">Ebb</text>')
    pieces = {p.name: p.stat().st_mtime_ns for p in (book.output / ".handpress/pieces").iterdir()}
    book.edit("sources/moon/01-neap.md", "hardly moves", "barely moves")
    assert "moon.epub" in book.build().made
    after = {p.name: p.stat().st_mtime_ns for p in (book.output / ".handpress/pieces").iterdir()}
    assert after == pieces
