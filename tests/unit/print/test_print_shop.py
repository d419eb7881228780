"""Print shops: the book's pages with bleed and crop marks, and its cover in one piece."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest

from handpress.assets.barcode import modules
from handpress.print.print_shop import spine_width
from helpers.printed import MM, words
from helpers.workspaces import Book, publish_model

PAGES, COVER = "print-shop/moon-pages.pdf", "print-shop/moon-cover.pdf"
SETTINGS = "media: [book]\nprint_isbn: 978-1-86197-876-9\npaper_thickness: 0.95\n"


@pytest.fixture(scope="module")
def shop_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model workspace, published once for a print shop. Nobody writes into it."""
    root = tmp_path_factory.mktemp("shop") / "workspace"
    ran = publish_model(root, "--print-shop", series=SETTINGS)
    assert {PAGES, COVER} <= set(ran.made)
    return root


@pytest.fixture(scope="module")
def shop(shop_output: Path) -> Path:
    return shop_output / "output/moon"


@pytest.fixture
def asked(shop_output: Path, empty: Book) -> Book:
    """A copy of it: all of it is fresh."""
    shutil.copytree(shop_output, empty.root, dirs_exist_ok=True)
    return empty


def boxes(file: Path) -> Iterator[dict[str, list[float]]]:
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            yield {
                name: [float(edge) / MM for edge in page.obj[f"/{name}"]]
                for name in ("MediaBox", "BleedBox", "TrimBox")
            }


def test_every_page_is_a5_with_bleed_and_room_for_marks(shop: Path) -> None:
    found = list(boxes(shop / PAGES))
    assert len(found) % 4 == 0
    for page in found:
        left, bottom, right, top = page["TrimBox"]
        assert (right - left, top - bottom) == pytest.approx((148, 210), abs=0.1)
        for name, around in (("BleedBox", 3), ("MediaBox", 12)):
            wanted = (left - around, bottom - around, right + around, top + around)
            assert page[name] == pytest.approx(wanted, abs=0.01), name


def test_the_cover_is_two_pages_and_a_spine(shop: Path) -> None:
    (cover,) = boxes(shop / COVER)
    left, bottom, right, top = cover["TrimBox"]
    spine = spine_width(len(list(boxes(shop / PAGES))), 0.95)
    assert spine > 6
    assert (right - left, top - bottom) == pytest.approx((2 * 148 + spine, 210), abs=0.1)


@pytest.mark.parametrize(
    ("pages", "thickness", "wanted"), [(100, 0.1, 5.5), (98, 0.1, 5.5), (240, 0.16, 19.7)]
)
def test_a_spine_is_as_wide_as_its_leaves(pages: int, thickness: float, wanted: float) -> None:
    """Each has two pages. Blank ones make their number a multiple of four."""
    assert spine_width(pages, thickness) == pytest.approx(wanted)


def test_the_cover_is_not_among_the_pages(shop: Path) -> None:
    with (
        pypdfium2.PdfDocument(shop / "moon.pdf") as book,
        pypdfium2.PdfDocument(shop / PAGES) as pages,
    ):
        assert len(book) - 2 <= len(pages) < len(book) + 2
        for number in range(3, len(book) + 1):
            assert words(pages, number - 2) == words(book, number)


def pixel(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place, in millimetres from the lower left corner of the trimmed page."""
    scale = 4
    picture = page.render(scale=scale).to_pil().convert("RGB")
    at = (12 + x) * MM * scale, picture.height - (12 + y) * MM * scale
    return tuple(picture.getpixel((int(at[0]), int(at[1]))))


def test_the_frontispiece_and_the_cover_bleed(shop: Path) -> None:
    """Their colour goes to the edge of the bleed, and no farther. The page after the frontispiece is white."""
    with (
        pypdfium2.PdfDocument(shop / PAGES) as pages,
        pypdfium2.PdfDocument(shop / COVER) as cover,
    ):
        for page, ground in ((pages[1], True), (pages[2], False), (cover[0], True)):
            inside, beyond = pixel(page, -2.5, 100), pixel(page, -5, 100)
            assert beyond == (255, 255, 255)
            assert (inside != (255, 255, 255)) == ground


def test_crop_marks_are_in_line_with_the_trim(shop: Path) -> None:
    with pypdfium2.PdfDocument(shop / PAGES) as pages:
        for page in (pages[0], pages[len(pages) - 1]):
            assert min(pixel(page, 0, -6)) < 160
            assert min(pixel(page, -6, 0)) < 160
            assert pixel(page, 1, -6) == (255, 255, 255)


def test_text_is_black_ink_alone(shop: Path) -> None:
    """No colour of a page of text is neutral and made of three."""
    with pikepdf.open(shop / PAGES) as pages:
        steps = pikepdf.parse_content_stream(pages.pages[6])
        colours = [[float(x) for x in s.operands] for s in steps if str(s.operator) == "rg"]
        greys = [float(s.operands[0]) for s in steps if str(s.operator) == "g"]
    assert 0 in greys
    assert all(max(colour) - min(colour) > 0.1 for colour in colours if max(colour) < 0.7)


def test_the_cover_has_spine_and_barcode(shop: Path) -> None:
    with pypdfium2.PdfDocument(shop / COVER) as cover:
        text = words(cover, 1)
    assert text.count("The Moon and the Sea") == 3
    assert text.count("Ada Stone") == 2
    assert "ISBN 9781861978769" in text


def test_a_barcode_has_the_modules_of_its_standard() -> None:
    """The example of ISO/IEC 15420 that is printed everywhere."""
    wanted = (
        "101 0001011 0100111 0110011 0010011 0111101 0011101 01010"
        " 1100110 1101100 1000010 1011100 1001110 1000100 101"
    )
    assert modules("5901234123457") == wanted.replace(" ", "")


def test_both_conform_to_pdf_a(shop: Path) -> None:
    for name in (PAGES, COVER):
        profile = validator.ValidationProfile.PDF_A_2U
        report = validator.validate_pdf_bytes((shop / name).read_bytes(), profile=profile)
        assert list(report.failures) == [], name
        with pikepdf.open(shop / name) as pdf, pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2U"
            assert "/StructTreeRoot" not in pdf.Root
            assert not any("/Annots" in page.obj for page in pdf.pages)


def test_they_are_kept_up_to_date(asked: Book) -> None:
    """A build without the option makes them again when the book changes, and not otherwise."""
    assert asked.build().made == []
    asked.edit("sources/moon/01-neap.md", "# ", "# Still ")
    assert {PAGES, "moon.pdf"} <= set(asked.build().made)


def test_the_same_book_gives_the_same_bytes(asked: Book) -> None:
    before = {name: (asked.output / "moon" / name).read_bytes() for name in (PAGES, COVER)}
    asked.build("--rebuild")
    assert before == {name: (asked.output / "moon" / name).read_bytes() for name in before}
