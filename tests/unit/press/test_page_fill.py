"""The fill of pages: which remedies are tried for a hole, and that what was found once is where the next begins."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest

from handpress.core.files.disk import Asset
from handpress.press.options import RenderOptions
from handpress.press.pdf import engine, page_fill, render
from handpress.press.pdf.filled_pages import Fault, FilledPages
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
    body = LINE * 7 + PICTURE + LINE * 14
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


# The faults of a chapter as it is, and with each of its remedies.
FAULTS = {
    "": [Fault(2, 150, 25)],
    "close": [Fault(3, 190, 70)],
    "larger": [Fault(2, 140, 15)],
    "airy": [],
    "not needed": [],
}


class Told(FilledPages):
    """Pages whose faults are those of their document's name."""

    def __init__(self, document: str) -> None:
        self.document = document  # type: ignore[assignment]

    faults = property(lambda self: FAULTS[self.document])  # type: ignore[assignment]
    moved_notes = 0  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("names", "best", "tried"),
    [
        (("close", "airy", "not needed"), "airy", 2),
        (("close", "larger"), "close", 2),
        (("airy", "not needed"), "airy", 1),
    ],
)
def test_a_remedy_that_opens_a_hole_below_is_the_last_choice(
    names: tuple[str, ...], best: str, tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less air brought the end of a chapter to a page where only an ornament was left."""
    layouts: list[str] = []
    remedies = {fault: names if fault.page == 2 else () for f in FAULTS.values() for fault in f}
    monkeypatch.setattr(page_fill, "FilledPages", Told)
    monkeypatch.setattr(page_fill, "_remedies", lambda _pages, fault, _fill: remedies[fault])

    def lay_out(name: object) -> object:
        layouts.append(str(name))
        return name

    document, _ = filled("", (), lay_out)  # type: ignore[arg-type]
    assert document == best  # type: ignore[comparison-overlap]
    assert len(layouts) == tried


def test_the_next_layout_begins_with_the_fill_of_the_last() -> None:
    """A chapter that is laid out again with other page numbers costs one layout."""
    body = LINE * 7 + PICTURE + LINE * 12
    _, fill, tries = settled(body)
    assert tries
    assert settled(body, fill)[1:] == (fill, 0)
    made = render.measure_pages(files(body), RenderOptions(piece=True, fill=fill))
    assert made.fill == fill


def test_the_air_of_a_page_is_between_its_blocks_and_not_in_its_tables() -> None:
    """Less air changes nothing in a table, so only the rest decides how many pages must have less."""
    table = "<table><tr><td style='padding: 20pt'>One</td></tr></table>"
    three, with_table = pages(LINE * 3), pages(LINE * 2 + table + LINE)
    assert with_table.white(1) == pytest.approx(three.white(1), abs=0.1)
    two_lines = 50  # in CSS pixels, with the air above and between them
    assert three.white(1) - three.white(1, two_lines) == pytest.approx(14 * 96 / 72)


@pytest.mark.parametrize(
    ("fill", "rule", "same"),
    [
        ([(5, "close")], "", {0, 1, 2, 3, 4, 6}),
        ([(5, "close"), (6, "start")], "", {0, 1, 2, 3, 4}),
        (
            [(6, "close")],
            '[data-fill~="close"] + p { color: red }',
            set(),
        ),  # it decides about the next
        ([(5, "later-1")], "", set()),  # what moves may be the first of its siblings, or the last
    ],
)
def test_elements_that_are_not_filled_keep_their_rules(
    fill: list[tuple[int, str]], rule: str, same: set[int]
) -> None:
    html = engine._tree(files(LINE * 2), piece=True)[0]
    changed = deepcopy(html)
    set_fill(changed, tuple(fill))
    assert set(engine._not_filled(html, changed, Asset.of(rule.encode()))) == same


def test_words_for_air_replace_each_other_and_the_others_stay() -> None:
    fill = _worded((), [3, 4], "close")
    fill = _worded(fill, [3], "start")
    fill = _worded(fill, [4], "later-2")
    fill = _worded(fill, [3, 4], "airy larger")
    assert fill == ((3, "airy larger start"), (4, "airy larger later-2"))
