"""The elements of a page are those that HTML has, also where they are read as XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from handpress.build import load
from handpress.core.files import workspace
from handpress.core.html_parser import html_parser
from handpress.layout.variant import Variant
from handpress.press.pdf import page_tree as page_trees
from handpress.press.pdf.page_tree import page_tree
from handpress.print.book_pieces import book_pieces
from handpress.print.handout import handouts
from helpers.workspaces import ROOT

PAGE = "<!DOCTYPE html>\n<html><head><title>x</title></head>\n<body>{}</body></html>\n"


def shape(root: Element) -> list[object]:
    """All elements in order; the white space around the body, which the parser of HTML moves, is nothing."""
    found = [
        (e.tag, e.attrib, e.text or "", e.tail or "") for e in root.iter() if isinstance(e.tag, str)
    ]
    return [(tag, attributes, text.strip(), tail.strip()) for tag, attributes, text, tail in found]


def as_html(text: str) -> list[object]:
    return shape(html_parser().parse(text))


@pytest.mark.parametrize(
    "body",
    [
        '<p>Tea &amp; <img src="a.png" alt="a &gt; b"><br>x</p>',
        "<p>no end<p>another",
        "<P>Loud</P>",
        "<p>A paragraph <em>ends <div>here</div></em></p>",
        "<table><tr><td>a row alone</td></tr></table>",
        "<table><tbody><td>a cell alone</td></tbody></table>",
        '<a href="#x">a link <b><a href="#y">in a link</a></b></a>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "a space&nbsp;between",
        "<!-- a note --><p hidden>x</p>",
        '<input type="checkbox" checked><hr>',
        "</section>",
    ],
)
def test_a_page_of_any_template(body: str) -> None:
    assert shape(page_tree(PAGE.format(body))) == as_html(PAGE.format(body))


def test_our_own_pages_are_read_as_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handouts in all styles, and the pieces of the book, in five languages."""
    monkeypatch.setattr(page_trees, "html_parser", lambda: pytest.fail("a page is not XML"))
    place = workspace.find(ROOT)
    assert place
    for layout in load.load(place).layouts:
        pages = [
            recipe.files["index.html"].read().decode()
            for style in ("standard", "large-print", "clear-print", "compact", "with-margin")
            for recipe in handouts(layout, Variant(style, "a4"), {})
        ]
        if "book" in layout.series.media:
            front, pieces = book_pieces(layout)
            pages += [piece.page[0] for piece in (front, *pieces)]
        for page in pages:
            assert shape(page_tree(page)) == as_html(page)
