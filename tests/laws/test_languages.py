"""Series in Spanish, German and Arabic: the language and the direction of each text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.finished import Ebook
from helpers.workspaces import ROOT, Ran, publish

SOURCES = ROOT / "tests/languages/sources"
LANGUAGES = ("ar", "de", "es")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ran]]:
    """The ebooks and web pages of three series, one a language; then a bundle of all of them."""
    root = tmp_path_factory.mktemp("languages")
    shutil.copytree(SOURCES, root / "sources")
    ran = publish("--only", "epub", "--only", "web", root)
    series = [option for id_ in LANGUAGES for option in ("--series", id_)]
    bundled = publish(root, "--only", "epub", *series, "--bundle", "ثلاث لغات")
    assert (bundled.code, bundled.err) == (0, "")
    return root / "output", ran


@pytest.fixture(scope="module")
def output(built: tuple[Path, Ran]) -> Path:
    return built[0]


def ebooks(output: Path) -> list[Path]:
    return sorted(output.rglob("*.epub"))


def test_they_are_made_without_a_word(built: tuple[Path, Ran]) -> None:
    """An Arabic series for the screen alone needs no Arabic face for print."""
    assert (built[1].code, built[1].err) == (0, "")
    assert len(ebooks(built[0])) == 4


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["المحتويات", "العودة إلى النص", "مدة الثبات", "الإصدار الأول، نوفمبر 2026"]),
        ("de", ["Inhalt", "Zurück zum Text", "Mal am Tag", "Erste Auflage, November 2026"]),
        ("es", ["Índice", "Volver al texto", "Series", "Primera edición, noviembre de 2026"]),
    ],
)
def test_the_layouts_speak_the_language(language: str, words: list[str], output: Path) -> None:
    """No English is left in the ebook but in names and licences."""
    made = Ebook(output / language / f"{language}.epub")
    whole = "".join(d.decode() for name, d in made.files.items() if name.endswith(".xhtml"))
    assert [word for word in words if word not in whole] == []
    shown = re.sub(r"<[^>]+>", " ", whole)
    english = ("Contents", "Notes", "Back", "Article", "Copyright and", "Next", "Previous", "About")
    assert [word for word in english if re.search(rf"\b{word}\b", shown)] == []


def test_arabic_runs_from_right_to_left(output: Path) -> None:
    """The package, each page of the ebook and each web page declare it, and the stylesheets are mirrored."""
    made = Ebook(output / "ar/ar.epub")
    spine = made.package.find(f"{Ebook.OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert made.package.get("dir") == "rtl"
    for path in made.spine:
        assert b'xml:lang="ar" dir="rtl">' in made.files[path], path
        assert b'href="style-rtl.css"' in made.files[path], path
    sheet = made.files[made.below("style-rtl.css")].decode()
    assert "ul, ol { padding-right: 1.5em }" in sheet
    assert made.below("style.css") not in made.files
    for page in (output / "ar").rglob("*.html"):
        assert '<html lang="ar" dir="rtl">' in page.read_text(encoding="utf-8")


def test_the_others_run_from_left_to_right(output: Path) -> None:
    """And nothing says so: it is what everything takes for granted."""
    for language in ("de", "es"):
        made = Ebook(output / language / f"{language}.epub")
        assert not any(b" dir=" in data for name, data in made.files.items() if "html" in name)
        assert made.below("style-rtl.css") not in made.files


def test_code_runs_from_left_to_right_in_every_language(output: Path) -> None:
    made = Ebook(output / "ar/ar.epub")
    assert b'<code dir="ltr">handpress</code>' in made.files[made.below("walking.xhtml")]


def test_each_part_of_a_bundle_runs_its_own_way(output: Path) -> None:
    """The pages turn as the first does; every page has the sheet of its direction. In the contents each
    line runs as its language does, and all begin on one side.
    """
    (path,) = (output / "bundles").glob("*.epub")
    made = Ebook(path)
    arabic, german = (made.files[made.below(f"part-{n}.xhtml")] for n in (1, 2))
    assert b'dir="rtl">' in arabic
    assert b"style-rtl.css" in arabic
    assert b'xml:lang="de">' in german
    assert b'"style.css"' in german
    assert b'<li lang="de" xml:lang="de"><a dir="ltr" href="part-2.xhtml">' in made.files[made.nav]


def test_the_shelf_names_each_series_in_its_language(output: Path) -> None:
    """It speaks the language of the first series; entries in another one say so."""
    page = (output / "index.html").read_text(encoding="utf-8")
    assert page.count('<li class="pictured">') == 1
    assert page.count('<li lang="de" dir="ltr" ') == page.count('<li lang="es" dir="ltr" ') == 1
