"""`handpress theme`: the tokens and their uses, the contrast of colours, and the specimen."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from handpress.layout.css.tokens import PAIRS
from helpers.finished import wrong_in
from helpers.workspaces import Book


def test_it_lists_every_token_with_its_value_and_uses(book: Book) -> None:
    book.write("sources/theme.yaml", "accent: '#7a1f3d'\ntext: Literata\n")
    ran = book.run("theme")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"^--brand +#7a1f3d  \(.*\btokens\)$", ran.out, re.M)
    assert re.search(r'^--sans +"Literata", "Atkinson Hyperlegible Next", ', ran.out, re.M)
    names = [line.split()[0] for line in ran.said if line.startswith("--")]
    assert names.index("--accent") == names.index("--brand") + 2
    assert len(names) == len(set(names)) > 40


def test_it_gives_the_contrast_of_all_colours_that_meet(book: Book) -> None:
    """Each of at least 7:1, in the colours of the workspace's own tokens too."""
    book.write("layouts/styles/tokens.css", ":root { --brand: #8a3324; --page: #fffdf5 }")
    ran = book.run("theme")
    found = re.findall(r"^ *([\d.]+):1  (--\S+) #\w+ on (--\S+) (#\w+)$", ran.out, re.M)
    assert [(words, ground) for _, words, ground, _ in found] == list(PAIRS)
    assert all(float(ratio) >= 7 for ratio, *_ in found)
    assert {colour for _, _, ground, colour in found if ground == "--page"} == {"#fffdf5"}


def test_a_series_has_a_theme_of_its_own(book: Book) -> None:
    book.edit("sources/moon/series.yaml", "title:", "theme: warm\ntitle:")
    assert "#8a3324" in book.run("theme", "--series", "moon").out
    ran = book.run("theme", "--series", "mon")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown series `mon`" in ran.err


@pytest.mark.parametrize("option", ["style", "paper"])
def test_a_specimen_has_a_style_and_a_paper_that_exist(option: str, book: Book) -> None:
    ran = book.run("theme", f"--{option}", "rosy")
    assert (ran.code, ran.out) == (2, "")
    assert f"unknown {option} `rosy`" in ran.err


def test_the_specimen_shows_everything(book: Book) -> None:
    """It is a handout of the practice, with each kind of block, and as accessible as others."""
    book.write("sources/practice.yaml", "name: Harbour Street Practice\n")
    file = book.root / "specimen.pdf"
    ran = book.run("theme", "--specimen", str(file), "--paper", "letter")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(rf"made {re.escape(str(file))}  \d pages?", ran.said[-1])
    assert wrong_in(file.read_bytes()) == []
    with pypdfium2.PdfDocument(file) as document:
        assert document[0].get_size() == pytest.approx((612, 792))
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    for said in ("Harbour Street Practice", "Colours", "16.6:1", "A Theme, Shown Whole", "Key points",
                 "Chair squat", "Emergency", "A note", "One week", "Is it safe to move?"):  # fmt: skip
        assert said in text, said
