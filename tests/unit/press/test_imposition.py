"""Impose: sheets that are printed, folded and read give the pages in their order, each once."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from handpress.core.media import PAPERS
from handpress.press.bindery.imposition import THICKNESS, impose
from handpress.press.signatures import SIGNATURE, SINGLE, Sheet, signatures
from helpers.workspaces import ROOT

A4 = (297.0, 210.0)
MM = 72 / 25.4
COUNTS = (4, 5, 8, 12, 64, 65, 200)


# --- The order of pages ------------------------------------------------------------------------


def read(sheets: list[Sheet]) -> Iterator[int | None]:
    """The pages of one signature as a reader turns them: into the middle, and out again."""
    for sheet in sheets:
        yield from (sheet.front.right, sheet.back.left)
    for sheet in reversed(sheets):
        yield from (sheet.back.right, sheet.front.left)


@given(st.integers(1, 2000))
def test_what_is_folded_is_read_in_order(pages: int) -> None:
    """Every page once, from the first to the last; then at most three that are blank."""
    turned = [page for signature in signatures(pages) for page in read(signature)]
    blank = len(turned) - pages
    assert turned == [*range(1, pages + 1), *[None] * blank]
    assert len(turned) % 4 == 0
    assert blank < 4


@given(st.integers(1, 2000))
def test_a_right_hand_page_stays_one(pages: int) -> None:
    """Odd pages lie right of the fold, even ones left."""
    for signature in signatures(pages):
        for side in (side for sheet in signature for side in (sheet.front, sheet.back)):
            assert side.left is None or side.left % 2 == 0
            assert side.right is None or side.right % 2 == 1


@given(st.integers(1, 2000))
def test_a_booklet_that_is_read_from_the_right_is_a_mirror_image(pages: int) -> None:
    """Its spine is on the right: each side has the same pages, with the other one left of the fold."""
    for signature, mirrored in zip(signatures(pages), signatures(pages, "rtl"), strict=True):
        for sheet, other in zip(signature, mirrored, strict=True):
            assert sheet.depth == other.depth
            for side, image in ((sheet.front, other.front), (sheet.back, other.back)):
                assert (side.left, side.right) == (image.right, image.left)


@given(st.integers(1, 2000))
def test_signatures_are_of_one_thickness(pages: int) -> None:
    """A short booklet is stapled as one; a longer one is cut so that no section is a single sheet."""
    sizes = [len(signature) for signature in signatures(pages)]
    if pages <= SINGLE:
        assert len(sizes) == 1
    else:
        assert max(sizes) <= SIGNATURE // 4
        assert min(sizes) > 1
        assert max(sizes) - min(sizes) <= 1
        assert sizes == sorted(sizes, reverse=True)
    assert all([s.depth for s in found] == [*range(len(found))] for found in signatures(pages))


@pytest.mark.parametrize("pages", [n for n in COUNTS if n <= SINGLE])
def test_one_section_adds_up(pages: int) -> None:
    """The rule of thumb of the trade: the two pages of a side add up to one more than all pages, and
    the lower one of a front is odd.
    """
    full = -(-pages // 4) * 4
    (sheets,) = signatures(pages)
    for number, sheet in enumerate(sheets):
        front = (full - 2 * number, 2 * number + 1)
        back = (2 * number + 2, full - 2 * number - 1)
        for side, (left, right) in ((sheet.front, front), (sheet.back, back)):
            assert left + right == full + 1
            assert (side.left, side.right) == (shown(left, pages), shown(right, pages))


def shown(page: int, pages: int) -> int | None:
    return page if page <= pages else None


def test_the_cuts_of_a_long_booklet() -> None:
    """65 pages fill 17 sheets, in sections of 6, 6 and 5; 200 pages, 50 sheets in 7 sections."""
    assert [len(s) for s in signatures(65)] == [6, 6, 5]
    assert [len(s) for s in signatures(200)] == [8, 7, 7, 7, 7, 7, 7]
    outer = signatures(65)[1][0]
    assert (outer.front.left, outer.front.right) == (48, 25)


# --- The pages on the sheets -------------------------------------------------------------------


@cache
def numbered(pages: int, width: float = 148, height: float = 210) -> bytes:
    """A PDF whose pages show their number 20 mm from the fold, 10 mm from the foot, on the ground of a
    rectangle that is larger than the page.
    """
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font = pdf.make_indirect(font)
    for number in range(1, pages + 1):
        x = 20 * MM if number % 2 else (width - 20) * MM - 30
        page = pikepdf.Page(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width * MM, height * MM]),
                Resources=Dictionary(Font=Dictionary(F=font)),
                Contents=pdf.make_stream(
                    b"0.9 g -90 -90 2000 2000 re f 0 g BT /F 9 Tf %f %f Td (p%d) Tj ET\n"
                    % (x, 10 * MM, number)
                ),
            )
        )
        pdf.pages.append(page)
    pdf.Root.Lang = pikepdf.String("de-CH")
    pdf.docinfo["/Title"] = "Zählung"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@cache
def guide() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(297 * MM, 210 * MM))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@cache
def booklet(
    pages: int, size: tuple[float, float] = (148, 210), on: tuple[float, float] = A4
) -> bytes:
    return impose(numbered(pages, *size), guide(), *on).data


def halves(data: bytes) -> list[tuple[str, str]]:
    """The text left and right of the fold on each side after the guide."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(2, len(document)):
            width, height = document[number].get_size()
            text = document[number].get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height)
            right = text.get_text_bounded(width / 2, 0, width, height)
            found.append((left.strip(), right.strip()))
    return found


@pytest.mark.parametrize("pages", COUNTS)
def test_each_page_lies_where_it_belongs(pages: int) -> None:
    """Read from the finished sides, half by half."""
    expected = [
        (f"p{side.left}" if side.left else "", f"p{side.right}" if side.right else "")
        for signature in signatures(pages)
        for sheet in signature
        for side in (sheet.front, sheet.back)
    ]
    assert halves(booklet(pages)) == expected
    assert sorted(t for half in halves(booklet(pages)) for t in half if t) == sorted(
        f"p{n}" for n in range(1, pages + 1)
    )


def test_a_booklet_in_arabic_begins_left_of_the_fold() -> None:
    """Four pages on one sheet: its front has the first page on the left, and the last one beside it."""
    made = impose(numbered(4), guide(), *A4, direction="rtl").data
    assert halves(made) == [("p1", "p4"), ("p3", "p2")]


def test_the_guide_has_a_sheet_of_its_own() -> None:
    """Its back is blank, so that the first side of the booklet is a front."""
    with pikepdf.open(io.BytesIO(booklet(4))) as pdf:
        assert len(pdf.pages) == 2 + 2
        assert "/Contents" not in pdf.pages[1]


def ink(data: bytes, number: int) -> Any:
    """A side as grey pixels, four a millimetre."""
    with pypdfium2.PdfDocument(data) as document:
        return document[number].render(scale=4 / MM, grayscale=True).to_pil()


def test_a_blank_page_is_blank() -> None:
    """Five pages on two sheets: the back cover and the two pages inside it carry nothing."""
    front, back, inner = (ink(booklet(5), number) for number in (2, 3, 4))
    half = front.width // 2
    assert front.crop((0, 0, half - 4, front.height)).getextrema() == (255, 255)
    assert back.crop((half + 4, 0, back.width, back.height)).getextrema() == (255, 255)
    assert inner.crop((0, 0, half - 4, inner.height)).getextrema() == (255, 255)
    assert front.crop((half, 0, front.width, front.height)).getextrema()[0] < 100


def test_nothing_of_a_page_reaches_beyond_the_fold() -> None:
    """Nor beyond the page: the ground of page 1 ends at the fold, though it is drawn wider."""
    side = ink(booklet(5), 2)
    half = side.width // 2
    assert side.getpixel((half + 3, 400)) < 255
    assert side.getpixel((half - 3, 400)) == 255


def test_pages_move_to_the_fold_sheet_by_sheet() -> None:
    """By the thickness of the paper for each sheet around, left ones to the right and right ones to
    the left, so that the edges of the text lie on each other when the booklet is cut.
    """
    with pypdfium2.PdfDocument(booklet(64)) as document:
        fold = document[2].get_size()[0] / 2
        for depth, sheet in enumerate(signatures(64)[0]):
            for number, side in ((2 + 2 * depth, sheet.front), (3 + 2 * depth, sheet.back)):
                text = document[number].get_textpage()
                found = text.get_text_range()
                places = [text.get_charbox(n)[0] for n, c in enumerate(found) if c == "p"]
                left, right = sorted(places)
                assert side.left
                shift = depth * THICKNESS * MM
                assert fold - left == pytest.approx(20 * MM + 30 - 0.6 - shift, abs=0.5)
                assert right - fold == pytest.approx(20 * MM + 0.6 - shift, abs=0.5)


@pytest.mark.parametrize(
    ("page", "on", "scale"),
    [
        ("a5", "a4", 1),  # a book of A5 on A4 is as large as it was set
        ("a4", "a4", 0.7071),
        ("letter", "letter", 139.7 / 215.9),
        ("a5", "letter", 139.7 / 148),
    ],
)
def test_pages_are_fitted_to_half_a_sheet(page: str, on: str, scale: float) -> None:
    """Measured: how high the ground of a page is on its side, and that it is midway."""
    size = (PAPERS[page].width, PAPERS[page].height)
    sheet = (PAPERS[on].height, PAPERS[on].width)
    side = ink(booklet(4, size, sheet), 2)
    ground = side.crop((side.width // 2 + 8, 0, side.width, side.height)).point(
        lambda v: 0 if v == 255 else 255
    )
    _, top, _, bottom = ground.getbbox()
    assert (bottom - top) / 4 == pytest.approx(size[1] * scale, abs=1)
    assert abs(top - (side.height - bottom)) <= 2


def test_a_mark_shows_where_to_fold() -> None:
    """On the innermost side alone, which is on top while one folds; none on a cover."""
    dark = [ink(booklet(12), n).crop((590, 10, 598, 30)).getextrema()[0] for n in range(2, 8)]
    assert [value < 200 for value in dark] == [False] * 5 + [True]


def test_bars_show_the_order_of_sections() -> None:
    """On the outside of each section's outermost sheet, each lower than the one before."""
    tops = []
    number = 2
    for signature in signatures(65):
        spine = ink(booklet(65), number).crop((592, 0, 596, 840)).point(lambda v: 255 * (v < 60))
        box = spine.getbbox()
        tops.append(box[1])
        number += 2 * len(signature)
    assert tops == sorted(set(tops))
    assert ink(booklet(64), 2).crop((592, 0, 596, 840)).getextrema()[0] > 60


# --- The file ----------------------------------------------------------------------------------


def test_it_says_what_it_is_and_how_it_is_printed() -> None:
    """Title and language are those of the pages. A viewer that asks the file prints it on both sides,
    flipped on the short edge, and not fitted. It does not pretend to be accessible.
    """
    with pikepdf.open(io.BytesIO(booklet(5))) as pdf:
        assert str(pdf.docinfo.Title) == "Zählung"
        assert str(pdf.Root.Lang) == "de-CH"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Zählung"
            assert "pdfuaid:part" not in metadata
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert "/StructTreeRoot" not in pdf.Root
        for page in pdf.pages:
            assert [round(float(n) / MM) for n in page.mediabox] == [0, 0, 297, 210]


@pytest.mark.parametrize("pages", [5, 65])
def test_it_is_sound(pages: int, tmp_path: Path) -> None:
    file = tmp_path / "booklet.pdf"
    file.write_bytes(booklet(pages))
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_what_pages_share_is_stored_once() -> None:
    with pikepdf.open(io.BytesIO(booklet(200))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == "/Font"]
    assert len(fonts) == 1


def test_same_pages_same_bytes(tmp_path: Path) -> None:
    """In another process with another hash seed too."""
    (tmp_path / "pages").write_bytes(numbered(65))
    (tmp_path / "guide").write_bytes(guide())
    code = (
        "import sys, pathlib\n"
        "from handpress.press.bindery.imposition import impose\n"
        "pages, guide = (pathlib.Path(name).read_bytes() for name in ('pages', 'guide'))\n"
        "sys.stdout.buffer.write(impose(pages, guide, 297, 210).data)\n"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert done.stdout == booklet(65)
