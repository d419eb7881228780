"""Long titles: their class, and the cover and title page of a book with 150 letters in its name."""

from __future__ import annotations

import pypdfium2
import pytest

from handpress.build import load
from handpress.core.files import workspace
from handpress.layout.html.filters import length_class, widest_word
from handpress.press.pdf import engine
from handpress.print.cover import cover
from helpers.printed import letters, words
from helpers.workspaces import Book

LONG = (
    "Everything that a patient, a relative or a carer could possibly want to ask about the shoulder, the knee,"
    " the hip and the back, and much else besides"
)
HYPHENS = {"\ufffe", "\N{HYPHEN}"}  # as PDFium reads those at the end of a line
COMPOUND = "Rückenmarksverletzungsrehabilitationsmaßnahmen"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("The Moon and the Sea", ""),
        ("Why Splint, Braces, and Boots Are Not Your Friend", " long"),
        ("Schultergelenksprothese", " long"),
        (LONG, " longest"),
        (COMPOUND, " longest"),
        ("", ""),
    ],
)
def test_a_title_has_a_class_by_its_length(title: str, wanted: str) -> None:
    assert length_class(title) == wanted


def test_a_title_of_150_letters_is_whole_on_cover_and_title_page(book: Book) -> None:
    book.edit("sources/moon/series.yaml", "The Moon and the Sea", f'"{LONG}"')
    ran = book.build("--only", "book")
    assert (ran.code, ran.err) == (0, "")
    with pypdfium2.PdfDocument(book.output / "moon/moon.pdf") as made:
        assert words(made, 1).startswith(LONG)
        assert words(made, 5).startswith(LONG)
        assert min(letter.y for letter in letters(made, 1) if letter.size > 15) > 300


def test_a_word_that_is_longer_than_its_line_is_hyphenated(book: Book) -> None:
    """On the cover, on the title page and in a chapter's title; `words` takes out the hyphens."""
    book.edit("sources/moon/series.yaml", "The Moon and the Sea", f"{COMPOUND}\nlanguage: de")
    book.edit("sources/moon/01-neap.md", "Neap Tides", f"Gesellschaft für {COMPOUND} und mehr")
    assert book.build("--only", "book").code == 0
    with pypdfium2.PdfDocument(book.output / "moon/moon.pdf") as made:
        for page in (1, 5, 9):
            said = made[page - 1].get_textpage().get_text_range()
            assert COMPOUND in words(made, page).replace("\N{HYPHEN} ", ""), page
            assert HYPHENS & set(said), page


@pytest.mark.parametrize("style", ["standard", "large-print"])
def test_a_long_word_is_hyphenated_in_the_title_of_a_handout(book: Book, style: str) -> None:
    """It broke at any letter. A short word is never divided."""
    book.edit(
        "sources/moon/series.yaml", "The Moon and the Sea", "The Moon and the Sea\nlanguage: de"
    )
    book.edit("sources/moon/01-neap.md", "Neap Tides", f"Gesellschaft für {COMPOUND} und mehr")
    assert book.build("--only", "handout", "--style", style).code == 0
    (path,) = book.output.glob("moon/handouts/**/neap.pdf")
    with pypdfium2.PdfDocument(path) as made:
        assert COMPOUND in words(made, 1).replace("\N{HYPHEN} ", "")
        title = made[0].get_textpage().get_text_range().partition("mehr")[0]
        assert HYPHENS & set(title)
        assert "Gesellschaft" in title


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("", 1),
        ("SEA", 4.2),
        ("the moon", 4),
        ("post-operative care", 9),
        ("Tides and\u00a0Moon", 5.4),
    ],
)
def test_the_widest_word_ends_at_spaces_and_hyphens(title: str, wanted: int) -> None:
    assert widest_word(title) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "title",
    ["Rückenschule", "Strengthening", "Schultergelenk", "WARMWASSER", "Überlebensstrategien"],
)
def test_no_word_is_broken_on_the_cover_of_an_ebook(book: Book, title: str) -> None:
    """Its letters are larger in proportion to the page than those of the book."""
    book.edit("sources/moon/series.yaml", "The Moon and the Sea", title)
    space = workspace.find(book.root)
    assert space is not None
    recipe = cover(load.load(space).layouts[0])
    data = engine.laid_out(recipe.files, "").write_pdf()
    with pypdfium2.PdfDocument(data) as made:
        assert made[0].get_textpage().get_text_range().startswith(f"{title}\r\n")
