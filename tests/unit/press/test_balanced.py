"""Titles of a few lines: these are about as long as each other."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handpress.press.pages.boxes import PlacedBox
from helpers.laid import boxes

TITLE = "Why Splint, Braces, and Boots Are Not Your Friend"


def title(text: str, css: str, direction: str = "ltr", tag: str = "h1") -> list[PlacedBox]:
    """The lines of a title."""
    shown = boxes(f"<{tag}>{text}</{tag}><p>Sea.", f"{tag} {{ font-size: 20pt; {css} }}", direction)
    return [p for p in shown.pieces if p.kind == "line" and p.block.tag == tag]


def words(line: PlacedBox) -> list[str]:
    return "".join(getattr(box, "text", "") for box in line.box.descendants()).split()


def length(line: PlacedBox) -> float:
    return float(sum(box.width for box in line.box.descendants() if hasattr(box, "text")))


@pytest.mark.parametrize("width", range(160, 380, 10))
def test_no_line_could_be_shorter(width: int) -> None:
    """It has the lines of a paragraph as wide, with the same words, and their lengths differ less."""
    lines, plain = (title(TITLE, f"width: {width}px", tag=tag) for tag in ("h1", "h4"))
    assert len(lines) == len(plain)
    assert [word for line in lines for word in words(line)] == TITLE.split()
    longest, before = (max(map(length, found)) for found in (lines, plain))
    assert longest <= before
    if 1 < len(lines) <= 4:
        assert len(title(TITLE, f"width: {longest - 4}px", tag="h4")) > len(lines)


def test_the_last_line_is_not_a_single_word() -> None:
    assert [words(line)[-1] for line in title("Why Cortisone Shots Suck", "width: 220px")] == ["Cortisone", "Suck"]  # fmt: skip


@pytest.mark.parametrize(("align", "direction"), [("start", "ltr"), ("start", "rtl"), ("end", "ltr"), ("center", "ltr"), ("center", "rtl")])  # fmt: skip
def test_its_lines_are_where_those_of_its_width_are(align: str, direction: str) -> None:
    """On the left, on the right, or in the middle."""
    lines = title(TITLE, f"width: 340px; text-align: {align}", direction)
    plain = title(TITLE, f"width: 340px; text-align: {align}", direction, "h4")

    def edges(line: PlacedBox) -> tuple[float, float, float]:
        texts = [b for b in line.box.descendants() if hasattr(b, "text")]
        left, right = texts[0].position_x, texts[-1].position_x + texts[-1].width
        return left, right, (left + right) / 2

    edge = 2 if align == "center" else int((align == "end") != (direction == "rtl"))
    assert edges(lines[0])[edge] == pytest.approx(edges(plain[0])[edge], abs=8)


def test_no_more_words_are_divided() -> None:
    text = "Kortisonspritzen gegen Schulterschmerzen und Rückenschmerzen"
    lines, plain = (title(text, "width: 330px; hyphens: auto", tag=tag) for tag in ("h1", "h4"))
    assert len(lines) == len(plain)
    assert [w for line in lines for w in words(line)] == text.split()


def test_a_title_that_is_no_heading_is_marked() -> None:
    """That of a cover, for one."""
    css = "p { font-size: 20pt; width: 340px }"
    plain, marked = (
        [length(p) for p in boxes(f"<p {mark}>{TITLE}", css).pieces if p.kind == "line"]
        for mark in ("", "data-balanced")
    )
    assert len(marked) == len(plain) == 2
    assert max(marked) < max(plain)


def test_a_title_in_a_row_of_the_contents_is_balanced() -> None:
    """It is a link that the stylesheet sets as a cell, between a number and a folio at its foot."""
    css = "p { display: table; table-layout: fixed; width: 360px; font-size: 20pt } p > * { display: table-cell; vertical-align: bottom } b { width: 40px }"
    plain, marked = (
        boxes(f"<p><b>1</b><a {mark} href=#x>{TITLE}</a><b>7</b></p><p id=x>Sea.", css).pieces
        for mark in ("", "data-balanced")
    )
    before, after = ([p for p in pieces if p.kind == "line"] for pieces in (plain, marked))
    assert len(after) == len(before) == 6
    assert max(map(length, after)) < max(map(length, before))
    places = [[(p.box.position_x, p.box.position_y) for p in lines] for lines in (before, after)]
    assert places[0] == places[1]


def test_a_long_title_is_as_it_was() -> None:
    long = f"{TITLE} " * 6
    lines, plain = (title(long, "width: 300px", tag=tag) for tag in ("h1", "h4"))
    assert list(map(words, lines)) == list(map(words, plain))


def test_the_text_below_begins_where_it_began() -> None:
    """Its margins and its height are those of the same lines."""
    css = "h1, h4 { font-size: 20pt; line-height: 24pt; margin: 9pt 0 6pt; width: 300px } p { margin: 12pt 0 }"
    tops = []
    for tag in ("h1", "h4"):
        shown = boxes(f"<p>Sea.<{tag}>{TITLE}</{tag}><p>Sea.", css)
        tops.append([p.box.position_y for p in shown.pieces if p.kind == "line"])
    assert tops[0] == tops[1]
    assert all(one < other for one, other in pairwise(tops[0]))
