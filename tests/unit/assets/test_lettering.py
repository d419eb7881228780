"""Lettering: the words that a drawing holds as HTML are in the drawing, as letters."""

from __future__ import annotations

import re

import pytest

from handpress.assets.formats import Incomplete
from handpress.assets.svg import clean_svg
from helpers.finished import pdf_text
from helpers.pictures import DATA, DRAW_IO, MERMAID, XHTML, svg
from helpers.workspaces import Book

WARNING = """<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>
<a href="https://www.drawio.com/"><text>Text is not SVG - cannot display</text></a></switch>"""


def texts(inside: str) -> list[str]:
    """Each SVG text of a cleaned drawing."""
    cleaned = clean_svg(svg(inside))[0].decode()
    return list(re.findall(r"<text.*?</text>", cleaned, re.S))


def lines(text: str) -> list[str]:
    return re.findall(r">([^<]+)</tspan>", text) or re.findall(r">([^<]+)</text>", text)


def test_a_label_of_mermaid_is_set_in_the_middle_of_its_box() -> None:
    (text,) = texts(MERMAID)
    assert lines(text) == ["Rest"]
    assert 'text-anchor="middle"' in text
    assert 'fill="#102030"' in text
    assert 'x="31" y="16"' in text


def test_a_fallback_is_taken_if_it_has_all_the_words() -> None:
    (text,) = texts(DRAW_IO.format("Rest<br/>now", "Rest now"))
    assert lines(text) == ["Rest now"]
    assert 'x="60" y="34"' in text


def test_words_that_the_fallback_cuts_off_are_set_whole() -> None:
    said = "Rest until the knee is cool again, then walk on"
    (text,) = texts(DRAW_IO.format(said, "Rest until the kn..."))
    assert " ".join(lines(text)) == said
    assert len(lines(text)) > 1
    assert 'x="60"' in text
    assert 'font-size="12"' in text


def test_a_picture_that_a_program_made_of_its_words_is_taken() -> None:
    inside = f'<foreignObject><table {XHTML}><tr><td>x</td></tr></table></foreignObject><image href="{DATA}"/>'
    assert "<image" in clean_svg(svg(f"<switch>{inside}</switch>"))[0].decode()


def test_of_a_switch_only_what_is_shown_stays() -> None:
    assert texts(WARNING) == []
    adobe = '<switch><foreignObject requiredExtensions="x"><i xmlns="y">AAAA</i></foreignObject><text>b</text></switch>'
    assert list(map(lines, texts(adobe))) == [["b"]]
    tongues = '<switch><text systemLanguage="de">Ruhe</text><text>Rest</text></switch>'
    assert list(map(lines, texts(tongues))) == [["Rest"]]


@pytest.mark.parametrize("inside", ["<img src='x.png'/>", "<input/>", "<svg/>", "<table/>"])
def test_more_than_words_is_said(inside: str) -> None:
    with pytest.raises(Incomplete, match="a `<foreignObject>` contains more than text: Rest"):
        clean_svg(svg(f"<foreignObject><div {XHTML}>Rest {inside}</div></foreignObject>"))


def test_the_words_are_in_print(book: Book) -> None:
    """In the handout as text; in the ebook the drawing becomes pixels, since it has letters."""
    book.write("sources/moon/images/tide.svg", svg(MERMAID, 'width="120" height="60"'))
    ran = book.build("--only", "handout")
    assert (ran.code, ran.err) == (0, "")
    assert "Rest" in "".join(pdf_text(book.output / "moon/handouts/neap.pdf"))
