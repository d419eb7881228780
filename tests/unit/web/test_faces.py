"""Faces of web pages: small files with every character that a page may show."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

from handpress.core.files.disk import Asset
from handpress.press.options import FaceOptions
from handpress.press.presses import PRESSES
from helpers.workspaces import ROOT, Book

LITERATA = "fonts/Literata-SemiBold.ttf"


def characters(file: Path) -> set[str]:
    with TTFont(file) as font:
        return {*map(chr, font.getBestCmap())}


def test_a_face_has_the_letters_of_europe_and_few_bytes(model_output: Path) -> None:
    assert characters(model_output / LITERATA) > {*"AZazßÉőŁš„“–€’…"}
    whole = (ROOT / "fonts/literata/Literata-SemiBold.ttf").stat().st_size
    assert (model_output / LITERATA).stat().st_size < whole / 3


def test_a_face_has_the_characters_of_the_articles(book: Book) -> None:
    """Another letter in an article costs the faces; a word of the same letters does not."""
    book.build("--only", "web")
    assert "Ж" not in characters(book.output / LITERATA)
    book.edit("sources/moon/02-spring.md", "At full and", "Ж at full and")
    assert "characters changed" in book.run("why", "fonts/Literata-SemiBold.ttf").out
    book.build("--only", "web")
    assert "Ж" in characters(book.output / LITERATA)
    book.edit("sources/moon/02-spring.md", "Ж at full", "Ж at the full")
    assert "is fresh" in book.run("why", "fonts/Literata-SemiBold.ttf").out


def test_a_face_that_cannot_be_reduced_stays_whole() -> None:
    broken = Asset.of(b"no font")
    assert PRESSES["face"].run({"x.ttf": broken}, FaceOptions("a")).data == b"no font"
