"""Translated editions: an English series with a Spanish and an Arabic one, published once in all media.

A translation has words of its own, and everything else from its original.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.series.model import Series
from helpers.finished import Ebook, dangling, flat, html_page, pdf_text
from helpers.one_jvm import epubcheck
from helpers.pictures import svg
from helpers.workspaces import Ran, files, publish

CARD = """
!!! exercise "{title}"

    {picture}
    1. {step}

{dosage}"""
SOURCES = {
    "moves/series.yaml": (
        "title: Moves\nauthors: [Ada Stone]\nsite: https://example.org/moves/\n"
        "date: 2026-11-01\nrights: Ours\narticles: [squat, rest, walk]\n"
    ),
    "moves/01-walk.md": "# Walk\n\nWalk a little. [Then squat](02-squat.md#how-to-squat).\n\n## Where\n\nOutside.\n",
    "moves/02-squat.md": "# Squat\n\nFirst [rest](03-rest.md), then [walk](walk.md#where).\n\n## How to squat\n"
    + CARD.format(
        title="Squat",
        step="Sit down.",
        picture="![A person](images/squat.svg)\n",
        dosage="    Repetitions\n    : 8 to 10\n\n    Hold\n    : 5 seconds\n",
    ),
    "moves/03-rest.md": "# Rest\n\nRest well.\n",
    "moves/images/squat.svg": svg("<circle r='9'/>").decode(),
    # Spanish, in a folder of its own; there is no translation of the article on rest.
    "moves.es/series.yaml": "title: Movimientos\n",
    "moves.es/01-walk.md": "# Andar\n\nAnda un poco. [Luego](squat.md#how-to-squat).\n\n## Dónde\n\nFuera.\n",
    "moves.es/02-squat.md": "# Sentadillas\n\nPrimero [descansa](rest.md), luego [anda](01-walk.md#where).\n\n## Cómo se hace\n"
    + CARD.format(title="Sentadilla", step="Siéntate.", picture="", dosage=""),
    # Arabic, beside the originals.
    "moves/series.ar.yaml": "title: حركات\n",
    "moves/01-walk.ar.md": "# المشي\n\nامشِ قليلاً.\n\n## أين\n\nفي الخارج.\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("translated")
    for path, text in SOURCES.items():
        file = root / "sources" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def ran(root: Path) -> Ran:
    return publish(cwd=root)


@pytest.fixture(scope="module")
def output(root: Path, ran: Ran) -> Path:
    assert ran.code == 0
    return root / "output"


@pytest.fixture(scope="module")
def series(root: Path) -> dict[str, Series]:
    found = find(root)
    assert found
    return {layout.series.id: layout.series for layout in load(found).shown}


# --- Laws --------------------------------------------------------------------------------------


def test_a_second_build_makes_nothing(root: Path, output: Path) -> None:
    before = files(output)
    again = publish(cwd=root)
    assert again.made == []
    assert files(output) == before


def test_no_page_has_a_dangling_link(output: Path) -> None:
    pages = {p: html_page(d.decode()) for p, d in files(output).items() if p.endswith(".html")}
    assert len(pages) == 10  # the shelf, three series, and six articles
    assert list(dangling(pages, set(files(output)))) == []


def test_the_ebooks_are_valid(output: Path) -> None:
    ebooks = sorted(output.glob("*/*.epub"))
    assert epubcheck(ebooks) == {ebook: [] for ebook in ebooks}
    assert len(ebooks) == 3


def test_a_series_alone_has_the_same_bytes(output: Path, tmp_path: Path) -> None:
    """A translation adds nothing to its original except the links to it, and handouts have none."""
    for path, text in SOURCES.items():
        if path.startswith("moves/") and ".ar." not in path:
            file = tmp_path / "sources" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    assert publish("--only", "handout", cwd=tmp_path).code == 0
    alone = files(tmp_path / "output/moves/handouts")
    assert len(alone) == 3
    assert alone == files(output / "moves/handouts")


# --- Inherited ---------------------------------------------------------------------------------


def test_only_words_are_its_own(series: dict[str, Series]) -> None:
    """Order, people, dates and rights are those of the original; its site is beside that of the original."""
    first, spanish = series["moves"], series["moves-es"]
    assert [a.slug for a in first.articles] == ["squat", "rest", "walk"]
    assert [a.slug for a in spanish.articles] == ["squat", "walk"]
    assert [a.title for a in spanish.articles] == ["Sentadillas", "Andar"]
    for name in ("authors", "date", "rights", "paper", "styles", "media"):
        assert getattr(spanish, name) == getattr(first, name), name
    assert (spanish.title, spanish.language) == ("Movimientos", "es")
    assert spanish.site == "https://example.org/moves-es/"


def test_an_article_without_translation_is_reported(ran: Ran) -> None:
    assert "article without translation" in ran.err
    assert "sources/moves/03-rest.md" in ran.err


def test_an_exercise_has_dosage_and_picture_of_its_original(output: Path) -> None:
    """Amounts are written as the language writes them."""
    text = flat("".join(pdf_text(output / "moves-es/handouts/squat.pdf")))
    assert "8–10" in text
    assert "5 segundos" in text
    page = (output / "moves-es/articles/squat.html").read_text("utf-8")
    assert re.search(
        r'<img [^>]*alt="A person"[^>]*lang="en"|<img [^>]*lang="en"[^>]*alt="A person"', page
    )


# --- Links -------------------------------------------------------------------------------------


def test_links_stay_in_the_language(output: Path) -> None:
    """An anchor of the original leads to the heading with the same place; an article that is missing, to the original."""
    walk = (output / "moves-es/articles/walk.html").read_text("utf-8")
    squat = (output / "moves-es/articles/squat.html").read_text("utf-8")
    assert re.search(r'href="squat\.html#[\w-]*cómo-se-hace"', walk)
    assert re.search(r'href="walk\.html#[\w-]*dónde"', squat)
    assert re.search(r'href="\.\./\.\./moves/articles/rest\.html"[^>]*>descansa', squat)
    sheet = flat("".join(pdf_text(output / "moves-es/handouts/squat.pdf")))
    assert "Primero descansa, luego" in sheet


def test_each_page_links_to_its_other_languages(output: Path) -> None:
    """`hreflang` names all languages of a page, this one included; a reader chooses from the others by name."""
    page = (output / "moves/articles/walk.html").read_text("utf-8")
    named = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page))
    site = "https://example.org/moves"
    assert named == {
        "en": f"{site}/articles/walk.html",
        "es": f"{site}-es/articles/walk.html",
        "ar": f"{site}-ar/articles/walk.html",
    }
    assert re.search(r'<a [^>]*lang="es"[^>]*>Español</a>', page)
    assert re.search(r'<a [^>]*lang="ar" dir="rtl">العربية</a>', page)
    rest = (output / "moves/articles/rest.html").read_text("utf-8")
    assert "hreflang" not in rest


def test_book_and_ebook_name_the_other_languages(output: Path) -> None:
    book = flat(" ".join(pdf_text(output / "moves-es/moves-es.pdf")))
    assert "También en" in book
    ebook = Ebook(output / "moves-es/moves-es.epub")
    (about,) = [d.decode() for n, d in ebook.files.items() if "imprint" in n]
    assert re.search(r'<a [^>]*lang="en"[^>]*>English</a>', about)


def test_the_shelf_shows_each_language_by_its_own_name(output: Path) -> None:
    shelf = (output / "index.html").read_text("utf-8")
    facts = re.findall(r'<p class="facts">(\S+?)(?: ·|؛)', shelf)
    assert facts == ["English", "العربية", "Español"]


# --- Changes -----------------------------------------------------------------------------------


def test_a_change_of_the_original_reaches_its_translations(root: Path, output: Path) -> None:
    """A new dosage is on the Spanish sheet without a change of its file."""
    squat = root / "sources/moves/02-squat.md"
    squat.write_text(squat.read_text("utf-8").replace("8 to 10", "12"), "utf-8")
    made = publish("--only", "handout", cwd=root).made
    assert sorted(made) == ["moves-es/handouts/squat.pdf", "moves/handouts/squat.pdf"]
    assert "12" in flat("".join(pdf_text(output / "moves-es/handouts/squat.pdf")))
