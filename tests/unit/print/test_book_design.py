"""The design of the book, measured in the finished PDF of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from helpers.printed import MM, Letter, letters, of_size, words
from helpers.workspaces import Book

LEFT = 20 * MM  # of the text on a right-hand page


@pytest.fixture(scope="module")
def printed(published: Path) -> Iterator[pypdfium2.PdfDocument]:
    with pypdfium2.PdfDocument(published / "output/fascia-remedy/fascia-remedy.pdf") as document:
        yield document


def pixels(document: pypdfium2.PdfDocument, page: int) -> dict[tuple[int, int, int], float]:
    """The share of each colour on a page, which counts from 1."""
    picture = document[page - 1].render(scale=0.5).to_pil().convert("RGB")
    size = picture.width * picture.height
    return {colour: count / size for count, colour in picture.getcolors(size)}


def test_the_front_matter_is_in_order(printed: pypdfium2.PdfDocument) -> None:
    """Half-title, frontispiece, title, imprint, contents, news. The only blank pages make one of these a right-hand page."""
    said = [words(printed, page) for page in range(1, 9)]
    assert said[2] == "The Fascia Remedy"
    assert said[4].startswith("The Fascia Remedy Three short reads on pain, rest and strength")
    assert said[5].startswith("The Fascia Remedy")
    assert said[6].startswith("Contents")
    assert said[7].startswith("New in this edition Second edition")
    assert [page for page, text in enumerate(said, 1) if not text] == [2, 4]


def test_titles_in_the_contents_have_lines_of_about_the_same_length(
    printed: pypdfium2.PdfDocument,
) -> None:
    said = printed[6].get_textpage().get_text_range().splitlines()
    assert said[1:3] == ["1 Why Splint, Braces, and", "Boots Are Not Your Friend 1"]


def test_the_frontispiece_has_the_colour_of_the_cover(printed: pypdfium2.PdfDocument) -> None:
    cover, frontispiece, blank = (pixels(printed, page) for page in (1, 4, 2))
    ground = max(cover, key=lambda colour: cover[colour])
    assert frontispiece[ground] > 0.6
    assert blank == {(255, 255, 255): 1.0}


def test_a_series_with_a_cover_of_its_own_has_no_other_drawing(book: Book) -> None:
    book.write(
        "sources/moon/cover.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 8"/>'
    )
    book.edit("sources/moon/series.yaml", "title:", "cover: cover.svg\ntitle:")
    assert book.build("--only", "book").code == 0
    with pypdfium2.PdfDocument(book.output / "moon/moon.pdf") as made:
        assert words(made, 3).startswith("The Moon and the Sea")
        assert words(made, 5).startswith("Contents")


def test_a_chapter_opens_with_its_number(printed: pypdfium2.PdfDocument) -> None:
    for page, number in ((9, "1"), (15, "2"), (21, "3")):
        found = list(letters(printed, page))
        assert [letter.text for letter in of_size(found, 60)] == [number]
        assert of_size(found, 23), "the title"
        assert of_size(found, 12.5), "the lead"


def test_a_first_line_in_small_capitals_has_its_own_words(printed: pypdfium2.PdfDocument) -> None:
    """They are glyphs of the face: none has a descender, and none is changed text."""
    assert "A splint is like a good guest. It turns up when you are hurt" in words(printed, 9)
    lines: dict[float, list[Letter]] = {}
    for letter in of_size(list(letters(printed, 9)), 10.5):
        lines.setdefault(round(letter.y), []).append(letter)
    first, second, *_ = (lines[y] for y in sorted(lines, reverse=True))
    assert min(a.bottom - a.y for a in first if a.text in "pgy") > -0.5
    assert min(a.bottom - a.y for a in second if a.text in "pgy") < -1.5


def test_cards_have_text_and_pictures_of_their_size(printed: pypdfium2.PdfDocument) -> None:
    """The steps are 50 mm from the margin: a picture of 45 mm, and air."""
    page = next(n for n in range(15, 21) if "Glute squeeze" in words(printed, n))
    steps = of_size(list(letters(printed, page)), 10.25)
    margin = LEFT if page % 2 else 17 * MM
    beside = [letter for letter in steps if letter.x > margin + 45 * MM]
    assert "Standtall" in "".join(letter.text for letter in beside)
    assert min(letter.x for letter in beside) == pytest.approx(margin + 51 * MM, abs=2 * MM)


def test_key_points_are_on_a_tinted_panel(printed: pypdfium2.PdfDocument) -> None:
    pale = {c: share for c, share in pixels(printed, 9).items() if 220 < min(c) < 250}
    assert max(pale.values()) > 0.1
