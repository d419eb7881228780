"""Lists that begin with another number, and pictures within text, measured in a real handout and book."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handpress.layout.html.pictures import set_width
from handpress.markup.tree import new_element
from helpers.finished import flat, pdf_text, wrong_in
from helpers.pictures import png
from helpers.workspaces import publish

ARTICLE = """\
# A

First paragraph.

![x](wide.png) words after a picture that begins a paragraph

1. One.

![x](wide.png){width=96}

2. Two.

Then:

5. Five.
6. Six.

<ol reversed><li>Last but one</li><li>Last</li></ol>

| thing | number of things |
| --- | --: |
| short | 1 |
| long | 100 |
"""
INCH = 72.0  # points


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("lists")
    (root / "a.md").write_text(ARTICLE)
    (root / "wide.png").write_bytes(png(2400, 1600))
    ran = publish("--only", "handout", "--only", "book", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    return root / "output" / root.name


@pytest.fixture(scope="module", params=["handouts/a.pdf", "{}.pdf"], ids=["handout", "book"])
def pdf(request: pytest.FixtureRequest, output: Path) -> Path:
    return output / str(request.param).format(output.name)


def test_a_list_begins_with_its_own_number(pdf: Path) -> None:
    """As in HTML; in an exercise, "repeat step 2" would otherwise lead to another step."""
    text = flat(" ".join(pdf_text(pdf)))
    for line in ("1. One.", "2. Two.", "5. Five.", "6. Six.", "2. Last but one", "1. Last"):
        assert line in text


def test_a_picture_has_the_width_that_is_written(pdf: Path) -> None:
    """96 pixels are an inch. One without a width fills its line, and fits into it."""
    with pypdfium2.PdfDocument(pdf) as document:
        widths = [
            right - left
            for page in document
            for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
            for left, _, right, _ in [image.get_bounds()]
        ]
    assert len(widths) == 2
    assert min(widths) == pytest.approx(INCH, abs=0.5)
    assert max(widths) > 2 * INCH


def test_a_picture_has_no_more_dots_than_a_printer_shows(output: Path) -> None:
    """One of 2400 by 1600 pixels is reduced to 400 dots an inch where it is printed largest, and is in the file once."""
    with pikepdf.open(output / "handouts/a.pdf") as pdf:
        assert wrong_in((output / "handouts/a.pdf").read_bytes()) == []
        pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Width")]
        assert [picture.Width == 2400 for picture in pictures] == [False]
        (picture,) = pictures
    with pypdfium2.PdfDocument(output / "handouts/a.pdf") as document:
        images = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        widest = max(right - left for left, _, right, _ in (i.get_bounds() for i in images))
    assert int(picture.Width) == pytest.approx(400 * widest / INCH, abs=2)


def test_a_column_of_numbers_is_set_to_the_right(pdf: Path) -> None:
    words = re.findall(r'xMax="([\d.]+)"[^>]*>(\S+)</word>', "".join(pdf_text(pdf, "-bbox")))
    ends = [float(end) for end, word in words if word in ("things", "100")]
    assert len(ends) == 2
    assert ends[0] == pytest.approx(ends[1], abs=0.5)


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ({}, None),
        ({"width": "200"}, "width: 200px; object-fit: contain"),
        ({"width": "30%"}, "width: 30%; object-fit: contain"),
        # Both would stretch a picture of another shape.
        ({"width": "200", "height": "400"}, "width: 200px; object-fit: contain"),
        ({"height": "40px"}, "height: 40px; object-fit: contain"),
    ],
)
def test_a_width_is_a_style(written: dict[str, str], style: str | None) -> None:
    image = new_element("img", [], written)
    set_width(image)
    assert image.attrib == ({"style": style} if style else {})


@pytest.mark.parametrize(
    "written",
    [
        '<div align="center">{}</div>',
        "<center>{}</center>",
        '<a href="https://example.org">{}</a>',
        "## {} x",
    ],
)
def test_a_tall_picture_in_html_fits_on_its_page(tmp_path: Path, written: str) -> None:
    """As GitBook and readmes write it, to have it in the middle: it was taller than the page, which stopped the book."""
    picture = '<img src="tall.png" alt="A screen">'
    (tmp_path / "a.md").write_text(f"# A\n\nBefore.\n\n{written.format(picture)}\n\nAfter.\n")
    (tmp_path / "tall.png").write_bytes(png(726, 1274))
    ran = publish("--only", "handout", "--only", "book", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("letters", [31, 32, 47])
def test_a_link_of_one_long_word_is_broken_before_its_mark(tmp_path: Path, letters: int) -> None:
    """The mark of its address was kept with it, on a line that was then too wide: there was no handout."""
    word = ("19df38ad08e04bc4978d38d4a3e251b7" * 2)[:letters]
    (tmp_path / "a.md").write_text(
        f"# A\n\n- a\n    - b\n        - [{word}](https://example.org/)\n"
    )
    ran = publish("--only", "handout", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
