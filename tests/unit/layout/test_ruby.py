"""Ruby: readings above their bases, native in web pages and ebooks, in boxes in print."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from handpress.core.files.source import Source
from handpress.layout.html.ruby import set_ruby
from handpress.markup.markdown import to_tree
from handpress.markup.positions import Locator
from handpress.markup.sanitize import sanitize
from handpress.markup.tree import parse_tree, serialize, text_of
from helpers.finished import Ebook, pdf_tags, wrong_in
from helpers.printed import letters, of_size
from helpers.workspaces import publish_model

RUBY = "<ruby>base<rt>reading</rt></ruby>"
SET = "<ruby><rt>reading</rt><rb>base</rb></ruby>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<p>A {RUBY} b</p>", f"<p>A {SET} b</p>"),
        (
            "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></p>",
            "<p><ruby><rt>かん</rt><rb>漢</rb></ruby><ruby><rt>じ</rt><rb>字</rb></ruby></p>",
        ),
        # A line may not begin with a comma, nor end with a bracket.
        (f"<p>は「{RUBY}」、と</p>", f'<p>は<span class="unbroken">「{SET}」、</span>と</p>'),
        (f"<p>{RUBY}{RUBY}。</p>", f'<p>{SET}<span class="unbroken">{SET}。</span></p>'),
    ],
)
def test_each_base_has_a_box(markup: str, expected: str) -> None:
    tree = parse_tree(markup)
    set_ruby(tree)
    assert serialize(tree) == expected


@pytest.mark.parametrize("brackets", [("", ""), ("<rp>(</rp>", "<rp>)</rp>")])
def test_brackets_for_old_browsers_are_left_out(brackets: tuple[str, str]) -> None:
    opens, closes = brackets
    tree = to_tree(f"A <ruby>base{opens}<rt>reading</rt>{closes}</ruby>.")
    tree, _ = sanitize(tree, Locator(Source("a.md", ""), 0))
    assert serialize(tree) == f"<p>A {RUBY}.</p>"


def test_a_title_has_no_readings() -> None:
    assert text_of(parse_tree(f"<h2>The {RUBY}</h2>")) == "The base"


def test_a_reading_is_printed_above_its_base(tmp_path: Path) -> None:
    """It is half as large, tagged as ruby, and valid; the ebook has the element itself."""
    publish_model(tmp_path / "w", neap=f"\n\nAlpha {RUBY}, omega.\n")
    output = tmp_path / "w/output/moon"
    path = output / "handouts/neap.pdf"
    with pypdfium2.PdfDocument(path) as document:
        every = list(letters(document, 1))
    reading = of_size(every, 6)
    assert "".join(letter.text for letter in reading) == "reading"
    place = every.index(reading[0])
    base = every[place + 7 :][:4] if every[place + 7].text == "b" else every[place - 4 : place]
    assert "".join(letter.text for letter in base) == "base"
    assert all(9 < letter.y - base[0].y < 14 for letter in reading)
    tags = [line.strip() for line in pdf_tags(path)]
    place = tags.index("Ruby")
    assert tags[place : place + 5] == ["Ruby", "RB", "'base'", "RT", "'reading'"]
    for made in (path, output / "moon.pdf"):
        assert wrong_in(made.read_bytes()) == []
    book = Ebook(output / "moon.epub")
    assert RUBY.encode() in book.files[book.below("neap.xhtml")]
