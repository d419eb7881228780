"""The fill of pages: which remedies are tried for a hole, and that what was found once is where the next begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handpress.core.files.disk import Asset
from handpress.press.options import RenderOptions
from handpress.press.pdf import engine, render
from handpress.press.pdf.filled_pages import FilledPages
from handpress.press.pdf.page_fill import _worded, filled, set_fill
from handpress.press.result import Fill
from helpers.pieces import CSS, FACES

RULES = """
:root { --air: 14pt }
p { margin: 0 0 var(--air); orphans: 2; widows: 2 }
figure { margin: 0 0 14pt; break-inside: avoid }
figure p { height: 45mm; margin: 0 }
[data-fill~="close"] { --air: 6pt }
[data-fill~="start"] { break-before: page }
"""
LINE = "<p>A line of text.</p>"
PICTURE = "<figure><p>A picture.</p></figure>"


def files(body: str) -> dict[str, Asset]:
    """A chapter on pages of 110 mm, with a line of 5 mm and a picture of 45 mm."""
    html = f'<!DOCTYPE html><html lang="en"><title>T</title><body><section class="chapter">{body}</section>'
    made = {"index.html": Asset.of(html.encode()), "style.css": Asset.of((CSS + RULES).encode())}
    return made | {f"fonts/{name}": Asset.file(path) for name, (_, path) in FACES.items()}


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    with engine.heard():
        yield


def pages(body: str, fill: Fill = ()) -> FilledPages:
    def change(root: object) -> None:
        set_fill(root, fill)

    return FilledPages(engine.laid_out(files(body), "", piece=True, change=change))


def settled(body: str, fill: Fill = ()) -> tuple[FilledPages, Fill, int]:
    """The filled pages of a chapter, their fill, and how many layouts it took."""
    layouts: list[Fill] = []

    def lay_out(tried: Fill) -> object:
        layouts.append(tried)
        return pages(body, tried).document

    document, found = filled(pages(body, fill).document, fill, lay_out)  # type: ignore[arg-type]
    return FilledPages(document), found, len(layouts)


def test_a_chapter_without_faults_is_not_laid_out_again() -> None:
    assert settled(LINE * 20)[1:] == ((), 0)


def test_a_picture_is_set_after_the_text_below_it() -> None:
    """It found no room: the text fills the page instead, and the picture is first on the next."""
    body = LINE * 7 + PICTURE + LINE * 12
    assert [fault.page for fault in pages(body).faults] == [1]
    found, fill, _ = settled(body)
    assert found.faults == []
    assert [words for _, words in fill if "later-" in words]


def test_less_air_brings_the_picture_back() -> None:
    body = LINE * 7 + PICTURE + "<pre>More</pre>" + LINE * 12
    found, fill, _ = settled(body)
    assert found.faults == []
    assert {words for _, words in fill} == {"close"}
    assert len([p for p in found.laid.pieces if p.page == 1 and p.element.tag == "figure"]) == 1


def test_a_last_page_gets_six_lines_or_goes() -> None:
    body = LINE * 12
    last = pages(body).faults
    assert [(fault.page, fault.last) for fault in last] == [(2, True)]
    assert settled(body)[0].faults == []


def test_the_next_layout_begins_with_the_fill_of_the_last() -> None:
    """A chapter that is laid out again with other page numbers costs one layout."""
    body = LINE * 7 + PICTURE + LINE * 12
    _, fill, tries = settled(body)
    assert tries
    assert settled(body, fill)[1:] == (fill, 0)
    made = render.measure_pages(files(body), RenderOptions(piece=True, fill=fill))
    assert made.fill == fill


def test_words_for_air_replace_each_other_and_the_others_stay() -> None:
    fill = _worded((), [3, 4], "close")
    fill = _worded(fill, [3], "start")
    fill = _worded(fill, [4], "later-2")
    fill = _worded(fill, [3, 4], "airy larger")
    assert fill == ((3, "airy larger start"), (4, "airy larger later-2"))
