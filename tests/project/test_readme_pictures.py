"""The four pictures of the README: the sample as it is published now. ``make pictures`` makes them again."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from playwright.sync_api import Browser, Page

from helpers import picture_files
from helpers.picture_files import pages_of
from helpers.printed import words
from helpers.workspaces import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PHONE = {"width": 330, "height": 600}
# E-readers divide a chapter into screens, and have colours of their own by night.
IN_SCREENS = """
html { color-scheme: light dark; overflow: hidden }
body {
  margin: 0; padding: 36px 22px; box-sizing: border-box; height: 100vh;
  column-width: calc(100vw - 44px); column-gap: 44px; column-fill: auto; orphans: 2; widows: 2;
}
"""
TURN_TO = """element => {
  element.style.breakBefore = "column"
  scrollTo(element.getBoundingClientRect().left - 22, 0)
}"""


@pytest.fixture(scope="module")
def sample(published: Path) -> Path:
    return published / "output/fascia-remedy"


def test_the_handout(sample: Path) -> None:
    picture = pages_of(sample / "handouts/strengthen-your-glutes.pdf", (1, 2), 900)
    picture_files.keep(picture_files.beside(picture), "handout")


def test_the_book(sample: Path) -> None:
    file = sample / "fascia-remedy.pdf"
    with pypdfium2.PdfDocument(file) as document:
        texts = [words(document, number) for number in range(1, len(document) + 1)]
    opening = next(n for n, text in enumerate(texts, 1) if text.startswith("1 Why Splint"))
    inside = next(n for n, text in enumerate(texts, 1) if "Three exercises Add the next" in text)
    pages = pages_of(file, (1, opening, inside - 1, inside), 620)
    picture_files.keep(picture_files.beside(pages, columns=2), "book")


def test_the_ebook(sample: Path, browser: Browser, tmp_path: Path) -> None:
    """On a phone; the last one by night, as e-readers show it."""
    with zipfile.ZipFile(sample / "fascia-remedy.epub") as book:
        book.extractall(tmp_path)
    chapters = {file.stem: file for file in tmp_path.rglob("*.xhtml")}
    first, glutes = chapters["splints-braces-boots"], chapters["strengthen-your-glutes"]
    shown = [
        on_a_phone(browser, first, "h1"),
        on_a_phone(browser, glutes, ".exercise:has-text('Bridge')"),
        on_a_phone(browser, first, "h2:has-text('What stillness costs')", "dark"),
    ]
    picture_files.keep(picture_files.beside(shown), "ebook")


def on_a_phone(
    browser: Browser, file: Path, place: str, colours: Literal["light", "dark"] = "light"
) -> Image.Image:
    """Return the screen of a phone that begins at a place of a chapter."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, color_scheme=colours)
    page = context.new_page()
    page.goto(file.as_uri())
    page.add_style_tag(content=IN_SCREENS)
    page.locator(place).first.evaluate(TURN_TO)
    picture = taken(page)
    context.close()
    ImageDraw.Draw(picture).rectangle(
        (0, 0, picture.width - 1, picture.height - 1), outline="#b9c0c4"
    )
    return picture


def test_the_web_page(sample: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1040, "height": 1240})
    page.goto((sample / "index.html").as_uri())
    picture_files.keep(taken(page).resize((832, 992)), "web")
    page.close()


def taken(page: Page) -> Image.Image:
    page.evaluate("document.fonts.ready")
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as picture:
        return picture.convert("RGB").resize(
            (page.viewport_size["width"], page.viewport_size["height"])  # type: ignore[index]
        )


def test_the_readme_shows_them_with_words() -> None:
    shown = re.findall(r"!\[(.+?)\]\(docs/pictures/([\w-]+)\.png\)", README)
    assert [name for _, name in shown] == ["handout", "book", "ebook", "web"]
    assert all(len(words) > 60 for words, _ in shown)


def test_a_picture_of_another_edition_is_out_of_date(tmp_path: Path) -> None:
    """As small as the foot of a handout; on another system, the edges of letters may differ."""

    def foot(edition: str, softer: float = 0) -> Image.Image:
        picture = Image.new("L", (600, 60), 255)
        face = ImageFont.truetype(ROOT / "fonts/source-sans/SourceSans-Regular.ttf", 10)
        line = f"The Fascia Remedy \u00b7 {edition} edition, November 2026"
        ImageDraw.Draw(picture).text((20, 20), line, fill=70, font=face)
        return picture.filter(ImageFilter.GaussianBlur(softer))

    foot("First").save(tmp_path / "foot.png")
    assert picture_files.same(tmp_path / "foot.png", foot("First", softer=0.5))
    assert not picture_files.same(tmp_path / "foot.png", foot("Second"))
