"""A book of many short texts: they begin on left pages too, where else half of the pages would be blank."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from helpers.finished import page_labels, wrong_in
from helpers.printed import MM, letters
from helpers.workspaces import publish

WIDTH = 148
TEXT = (
    "# Text {0}\n\nThe knee bends, as in [the next text](text-{1}.md). " + "Rest it a little. " * 20
)
LONG = "Rest it a little, and begin again when the knee is calm. " * 60


def made(root: Path, number: int, length: str = "", parts: bool = False) -> Path:
    """The book of a series with so many texts."""
    folder = root / "knee"
    folder.mkdir()
    names = [f"text-{n}" for n in range(1, number + 1)]
    for n, name in enumerate(names, 1):
        (folder / f"{name}.md").write_text(TEXT.format(n, n % number + 1) + length)
    grouped = (
        f"articles:\n  - First: [{', '.join(names[:5])}]\n  - Second: [{', '.join(names[5:])}]\n"
    )
    (folder / "series.yaml").write_text(f"title: Knee\nmedia: [book]\n{grouped if parts else ''}")
    ran = publish(folder)
    assert (ran.code, ran.err) == (0, "")
    return folder / "output/knee/knee.pdf"


def texts(file: Path) -> list[str]:
    """The words of the numbered pages, up to the colophon."""
    with pypdfium2.PdfDocument(file) as book:
        words = [" ".join(p.get_textpage().get_text_range().split()) for p in book]
    start = next(n for n, text in enumerate(words) if "Text 1" in text and "Contents" not in text)
    return words[start:-1]


def test_short_texts_begin_on_the_next_page(tmp_path: Path) -> None:
    """Each reference, folio and page label is right, and the text is as far from the back as on other pages."""
    file = made(tmp_path, 9)
    found = texts(file)
    assert len(found) == 9
    with pikepdf.open(file) as pdf:
        labels = page_labels(pdf)
    with pypdfium2.PdfDocument(file) as book:
        first = next(n for n in range(len(book)) if labels[n] == "1")
        for n, text in enumerate(found, 1):
            assert f"Text {n}" in text
            assert f"(page {n % 9 + 1})" in text
            assert labels[first + n - 1] == str(n)
            shown = [*letters(book, first + n)]
            right = n % 2 == 1
            assert min(a.x for a in shown) / MM == pytest.approx(20 if right else 17, abs=0.6)
            folio = min(shown, key=lambda letter: letter.y)
            assert (folio.x / MM > WIDTH / 2) == right
    assert wrong_in(file.read_bytes()) == []


@pytest.mark.parametrize(("number", "length"), [(7, ""), (8, LONG)])
def test_others_begin_on_the_right(number: int, length: str, tmp_path: Path) -> None:
    """A few texts, and texts of two pages, leave few pages blank."""
    found = texts(made(tmp_path, number, length))
    openings = [n for n, text in enumerate(found) if re.search(r"\bText \d The knee bends", text)]
    assert len(openings) == number
    assert all(n % 2 == 0 for n in openings)


def test_parts_begin_on_the_right(tmp_path: Path) -> None:
    """The title of a part has a blank back, and the first text after it is on the right."""
    found = texts(made(tmp_path, 9, parts=True))
    titles = [n for n, text in enumerate(found) if text == "Second"]
    assert [n % 2 for n in titles] == [0]
    assert found[titles[0] + 1] == ""
    assert "Text 6" in found[titles[0] + 2]
