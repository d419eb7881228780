"""Grey: nothing on the sheet has a colour, and differences of tone remain."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from handpress.assets.greyscale import to_greyscale
from helpers.workspaces import Book

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


def drawn(inside: str) -> str:
    return to_greyscale(SVG % inside.encode(), "svg").decode()


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('<path fill="#0e5a5a" />', 'fill="rgb(67, 67, 67)"'),
        ('<path stroke="red" />', 'stroke="rgb(76, 76, 76)"'),
        ('<path fill="rgba(0, 0, 255, 0.5)" />', 'fill="rgba(29, 29, 29, 0.5)"'),
        ('<path style="fill:#0f0; stroke-width:2" />', 'style="fill:rgb(150, 150, 150); stroke-width:2"'),
        ("<style>.a{fill:#00f;opacity:.5}</style>", ".a{fill:rgb(29, 29, 29);opacity:.5}"),
        ('<stop stop-color="white" />', 'stop-color="rgb(255, 255, 255)"'),
        # Words that only look like colours stay.
        ('<path fill="none" />', 'fill="none"'),
        ('<path fill="url(#fade)" />', 'fill="url(#fade)"'),
        ('<use href="#fab" />', 'href="#fab"'),
        ('<path fill="currentColor" />', 'fill="currentColor"'),
    ],
)  # fmt: skip
def test_a_drawing_in_grey(written: str, becomes: str) -> None:
    """Every paint becomes the grey that is as dark; the drawing is otherwise the same."""
    assert becomes in drawn(written)


def photo(kind: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 40)).convert(mode).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_photo_in_grey_keeps_its_type_and_size(kind: str) -> None:
    with Image.open(io.BytesIO(to_greyscale(photo(kind), kind.lower()))) as image:
        assert (image.format, image.size) == (kind, (40, 40))
        assert colourless(image)


def test_a_photo_inside_a_drawing_is_greyed_too() -> None:
    red = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(red, "PNG")
    inside = f'<image href="data:image/png;base64,{base64.b64encode(red.getvalue()).decode()}" />'
    there = drawn(inside).partition("base64,")[2].partition('"')[0]
    with Image.open(io.BytesIO(base64.b64decode(there))) as image:
        assert colourless(image)


def test_a_clear_picture_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 99)).save(out, "PNG")
    with Image.open(io.BytesIO(to_greyscale(out.getvalue(), "png"))) as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (76, 76, 76, 99)


def colourless(image: Image.Image) -> bool:
    red, green, blue = image.convert("RGB").split()
    return not any(ImageChops.difference(red, other).getbbox() for other in (green, blue))


def pictures(file: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.render(scale=1).to_pil() for page in document]


def test_a_grey_handout_has_no_colour_on_any_page(book: Book) -> None:
    """`--grey` goes with any style; its handouts are in a folder of that name."""
    book.write("sources/moon/images/tide.svg", SVG % b'<path fill="#c00" d="M0 0h9v9z" />')
    ran = book.build("--only", "handout", "--style", "large-print", "--grey")
    assert ran.code == 0, ran
    assert set(ran.made) == {
        "handouts/large-print/grey/neap.pdf",
        "handouts/large-print/grey/spring.pdf",
    }
    for name in ran.made:
        assert all(map(colourless, pictures(book.output / "moon" / name)))
    book.build("--only", "handout")
    shown = pictures(book.output / "moon/handouts/neap.pdf")
    assert not all(map(colourless, shown)), "the picture is red otherwise: the test sees colours"
