"""The sample in all its languages: whole, sound, and up to date with the English."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
import yaml

from handpress.core.numerals import LATIN
from helpers import picture_files
from helpers.finished import dangling, flat, html_page, pdf_text, wrong_in
from helpers.picture_files import pages_of
from helpers.workspaces import ROOT, TRANSLATIONS, files, publish

ID = "fascia-remedy"
ORIGINAL = ROOT / "sources" / ID
ARTICLES = sorted(file.name for file in ORIGINAL.glob("*.md"))
IN_PRINT = [tag for tag in TRANSLATIONS if tag != "ja"]  # its faces are an extra


@pytest.fixture(scope="module")
def output(translated: Path) -> Path:
    return translated / "output"


def test_these_are_the_languages() -> None:
    folders = sorted(path.suffix[1:] for path in ORIGINAL.parent.glob(f"{ID}.*"))
    assert folders == sorted(TRANSLATIONS)


def test_check_has_nothing_to_say(translated: Path) -> None:
    ran = publish("check", "--date", "2026-12-01", translated)
    assert (ran.code, ran.out, ran.err) == (0, "no problems in 15 articles\n", "")


def test_each_text_is_translated_and_none_is_older(translated: Path) -> None:
    ran = publish("translate", "status", translated)
    assert (ran.code, ran.err) == (0, "")
    assert not re.search("missing|partly|older", ran.out), ran.out
    assert len(re.findall("texts translated", ran.out)) == len(TRANSLATIONS), ran.out


@pytest.mark.parametrize("tag", IN_PRINT)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_handout_is_on_one_sheet(article: str, tag: str, output: Path) -> None:
    slug = article.partition("-")[2].removesuffix(".md")
    with pikepdf.open(output / f"{ID}-{tag}/handouts/{slug}.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_a_handout_is_on_one_sheet_of_letter_too(translated: Path, tmp_path: Path) -> None:
    """Its pages are shorter than those of A4."""
    options = ("--only", "handout", "--style", "standard", "--paper", "letter")
    ran = publish("build", *options, "--output", str(tmp_path), translated)
    assert (ran.code, ran.err) == (0, "")
    handouts = [path for path in tmp_path.rglob("*.pdf") if path.parent.name == "letter"]
    handouts = [path for path in handouts if path.parent.parent.name == "handouts"]
    assert len(handouts) == len(ARTICLES) * (len(IN_PRINT) + 1)
    for path in handouts:
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 2, path


def test_every_pdf_is_accessible_and_keeps(output: Path) -> None:
    """By all rules of PDF/UA-1 and PDF/A-2a that a machine can look at; the other ones in English are in `test_laws`."""
    printed = [p for tag in IN_PRINT for p in sorted((output / f"{ID}-{tag}").rglob("*.pdf"))]
    book = output / f"{ID}/{ID}.pdf"  # names the other languages
    # Three handouts and a pack in two styles, and the book.
    assert len(printed) == len(IN_PRINT) * (2 * (len(ARTICLES) + 1) + 1)
    assert {str(p): wrong for p in [book, *printed] if (wrong := wrong_in(p.read_bytes()))} == {}


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", r"Also in .*Deutsch, Español and (?:Japanese|日本語)"),
        ("es", r"También en estos idiomas: English, .*Deutsch y (?:japonés|日本語)"),
        ("de", r"Auch in diesen Sprachen: English, .*Español und (?:Japanisch|日本語)"),
    ],
)
def test_a_book_names_the_others(tag: str, line: str, output: Path) -> None:
    """Each by its own name, or in the reader's language if print has no face for it."""
    name = ID if tag == "en" else f"{ID}-{tag}"
    assert re.search(line, flat("\n".join(pdf_text(output / f"{name}/{name}.pdf", "-raw"))))


def test_the_picture_of_the_manual(output: Path) -> None:
    """One handout in three languages. ``make pictures`` takes it again."""
    name = "handouts/strengthen-your-glutes.pdf"
    shown = [pages_of(output / f"{ID}-{tag}" / name, (1,), 700)[0] for tag in ("es", "de", "ar")]
    picture_files.keep(picture_files.beside(shown), "translations")


def test_no_page_has_a_dangling_link(output: Path) -> None:
    there = files(output)
    pages = {
        name: html_page(data.decode()) for name, data in there.items() if name.endswith(".html")
    }
    assert list(dangling(pages, set(there))) == []


@pytest.mark.parametrize("article", ARTICLES)
def test_each_page_names_the_others(article: str, output: Path) -> None:
    slug = article.partition("-")[2].removesuffix(".md")
    tags = {"en", *TRANSLATIONS}
    for tag in tags:
        folder = ID if tag == "en" else f"{ID}-{tag}"
        page = (output / folder / f"articles/{slug}.html").read_text(encoding="utf-8")
        assert f'<html lang="{tag}"' in page
        assert set(re.findall(r'hreflang="([a-z]+)"', page)) >= tags - {tag}


@pytest.mark.parametrize("tag", TRANSLATIONS)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_translation_has_the_boxes_and_the_numbers_of_its_original(
    article: str, tag: str
) -> None:
    """The same blocks in the same order, with as many items: no sign of danger is lost on the way."""

    def outline(text: str) -> list[str]:
        """The marks at which blocks, items and headings begin, and the pictures and notes."""
        body = text.split("---\n", 2)[2]
        return re.findall(
            r"^(?: *!!! [a-z-]+| *- \[ \]| *- | *\d+\. |#+ |\[\^\w+\]:)|images/[\w-]+\.svg|\[\^\w+\](?!:)",
            body,
            re.M,
        )

    original = (ORIGINAL / article).read_text(encoding="utf-8")
    translated = (ORIGINAL.with_name(f"{ID}.{tag}") / article).read_text(encoding="utf-8")
    assert outline(translated) == outline(original)


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_it_is_the_number_of_the_reader_that_is_to_be_called(tag: str) -> None:
    """The emergency number in the text is that in the footer."""
    practice = yaml.safe_load((ORIGINAL.parent / "practice.yaml").read_text(encoding="utf-8"))
    number = LATIN.write(practice["emergency"][tag])
    for article in ARTICLES:
        text = (ORIGINAL.with_name(f"{ID}.{tag}") / article).read_text(encoding="utf-8")
        (box,) = re.findall('!!! emergency "([^"]+)"', LATIN.write(text))
        assert number in box
        assert "999" not in LATIN.write(text)
