"""Lettering: the words that a drawing holds as HTML are in the drawing, as letters."""

from __future__ import annotations

import re

import pytest
from conftest import Book
from helpers.finished import pdf_text
from test_picture import DATA, XHTML, svg

from handpress.assets.formats import Incomplete
from handpress.assets.svg import clean_svg

# As Mermaid 11 writes a label, and draw.io 24 one with a fallback that cuts the words off.
MERMAID = f"""<style>#m{{font-size:16px;fill:#333}} #m .label{{color:#102030}} #m span{{color:#102030}}</style>
<g id="m"><g class="label" transform="translate(50, 30)"><rect/><foreignObject width="62" height="24">
<div {XHTML} style="display: table-cell; white-space: nowrap; line-height: 1.5; text-align: center;">
<span class="nodeLabel"><p>Rest</p></span></div></foreignObject></g></g>"""
DRAW_IO = f"""<switch><foreignObject style="overflow: visible; text-align: left;" pointer-events="none" width="100%"
 height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div {XHTML}
 style="display: flex; align-items: unsafe center; justify-content: unsafe center; width: 118px; height: 1px;
 padding-top: 30px; margin-left: 1px;"><div style="box-sizing: border-box; font-size: 0; text-align: center;">
<div style="display: inline-block; font-size: 12px; font-family: Helvetica; color: #000000;">{{}}</div></div></div>
</foreignObject><text x="60" y="34" text-anchor="middle">{{}}</text></switch>"""
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
    with pytest.raises(Incomplete, match="more than words is in a `<foreignObject>`: Rest"):
        clean_svg(svg(f"<foreignObject><div {XHTML}>Rest {inside}</div></foreignObject>"))


def test_the_words_are_in_print(book: Book) -> None:
    """In the handout as text; in the ebook the drawing becomes pixels, since it has letters."""
    book.write("sources/moon/images/tide.svg", svg(MERMAID, 'width="120" height="60"'))
    ran = book.build("--only", "handout")
    assert (ran.code, ran.err) == (0, "")
    assert "Rest" in "".join(pdf_text(book.output / "moon/handouts/neap.pdf"))
