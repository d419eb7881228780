"""Faces of a theme: in the text of every medium, embedded in ebooks and copied beside web pages."""

from __future__ import annotations

import zipfile

import pikepdf
import pytest

from handpress.layout.css.stylesheet import Sheets
from handpress.series.settings.theme import Theme
from helpers.finished import pdf_fonts
from helpers.workspaces import CASES, Book, bare_workspace

THEME = "sources/theme.yaml"


@pytest.mark.parametrize(
    ("theme", "medium", "token", "family"),
    [
        (Theme(), "web", "--text-face", "Source Sans"),
        (Theme(text="Literata"), "web", "--text-face", "Literata"),
        (Theme(text="Literata"), "handout", "--text-face", "Literata"),
        (Theme(text="Literata"), "book", "--label-face", "Literata"),
        (Theme(), "book", "--text-face", "Literata"),
        (Theme(book="Atkinson Hyperlegible Next"), "book", "--text-face", "Atkinson Hyperlegible Next"),
        (Theme(book="Atkinson Hyperlegible Next"), "epub", "--book-face", "Atkinson Hyperlegible Next"),
        (Theme(display="Atkinson Hyperlegible Next"), "cover", "--display", "Atkinson Hyperlegible Next"),
        (Theme(text="My Own"), "web", "--mono", "Atkinson Hyperlegible Mono"),
    ],
)  # fmt: skip
def test_a_face_is_the_first_of_its_list(
    theme: Theme, medium: str, token: str, family: str
) -> None:
    """The next face has the characters that it lacks."""
    sheets = Sheets(bare_workspace(CASES)).themed(theme)
    assert sheets.family(token, medium) == family
    if theme != Theme():
        ours = Sheets(bare_workspace(CASES)).family(token, medium)
        assert ours != family or theme.text == "My Own"


@pytest.mark.parametrize("style", ["clear-print", "large-print", "large-print-acb"])
@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
def test_readers_with_low_vision_keep_their_face(style: str, paper: str) -> None:
    """It is made for them, whatever a clinic chooses."""
    sheets = Sheets(bare_workspace(CASES)).themed(Theme(text="Literata", display="Literata"))
    for token in ("--text-face", "--display"):
        assert sheets.family(token, "handout", style, paper) == "Atkinson Hyperlegible Next"


def test_the_book_and_the_ebook_have_the_face_of_the_theme(book: Book) -> None:
    """The ebook with its licence; e-readers have two weights."""
    book.write(THEME, "book: Atkinson Hyperlegible Next\n")
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, "")
    with zipfile.ZipFile(book.output / "moon/moon.epub") as epub:
        names = {name.rpartition("/")[2] for name in epub.namelist() if "/fonts/" in name}
        (sheet,) = (n for n in epub.namelist() if n.endswith("style.css"))
        css = epub.read(sheet).decode()
    assert "Atkinson Hyperlegible Next-OFL.txt" in names
    assert {n for n in names if "Literata" in n} == set()
    assert 'font-family: "Atkinson Hyperlegible Next", serif' in css
    assert "font-weight: 700" in css
    with pikepdf.open(book.output / "moon/moon.pdf") as pdf:
        assert any("Atkinson" in font for font in pdf_fonts(pdf))


def test_web_pages_of_each_series_have_their_faces_beside_them(book: Book) -> None:
    """The shelf has the theme that all of them share, and the fonts of all."""
    book.edit("sources/moon/series.yaml", "title:", "theme: warm\ntitle:")
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, "")
    fonts = {file.name for file in (book.output / "fonts").iterdir()}
    assert {"Literata-Regular.ttf", "SourceSans-Regular.ttf"} <= fonts
    assert "--brand: #8a3324" in book.read("output/moon/index.html")
    assert "--brand: #8a3324" not in book.read("output/index.html")
    for page in ("index.html", "moon/index.html"):
        html = book.read(f"output/{page}")
        wanted = {part.partition(")")[0].strip('"').rpartition("/")[2] for part in html.split("url(")[1:]
                  if ".ttf" in part.partition(")")[0]}  # fmt: skip
        assert wanted
        assert wanted <= fonts
