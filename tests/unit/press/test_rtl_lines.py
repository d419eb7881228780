"""Lines from right to left begin with their indent, and end at both margins where they are justified."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.laid import document

WORDS = "Hour by hour the tide goes out and <b>comes in</b> and <bdi dir=ltr>goes out for many hours</bdi> again, for ever. "
COMMENT = f"<!--{' ' * 200}-->"
EDGE = 100 * 96 / 25.4  # CSS pixels: the width of the text


def lines(css: str, direction: str) -> list[list[Any]]:
    """Return the texts of each line."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    (page,) = document(f"<p>{WORDS * 4}</p>{COMMENT}", css, direction).pages
    return [
        [box for box in line.descendants() if isinstance(box, TextBox) and box.text]
        for line in page._page_box.descendants()
        if isinstance(line, LineBox)
    ]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_justified_lines_go_from_margin_to_margin(direction: str) -> None:
    """Each text begins where the one before it ends."""
    shown = lines("p { text-align: justify }", direction)
    assert len(shown) > 4
    left = min(box.position_x for texts in shown for box in texts)
    for texts in shown[:-1]:
        places = sorted(texts, key=lambda box: box.position_x)
        edges = [left, *(box.position_x + box.width for box in places)]
        assert [box.position_x for box in places] == pytest.approx(edges[:-1])
        assert edges[-1] == pytest.approx(left + EDGE)


def test_a_line_may_end_in_a_text_from_left_to_right() -> None:
    """The texts of the line meet, and it ends at the margin."""
    shown = lines("p { width: 72mm }", "rtl")
    assert any(texts[-1].element.tag == "bdi" for texts in shown[:-1])
    ends = {round(max(box.position_x + box.width for box in texts), 3) for texts in shown[:-1]}
    assert len(ends) == 1


@pytest.mark.parametrize("align", ["start", "justify"])
@pytest.mark.parametrize("indent", [20, -20])
def test_the_first_line_is_indented_where_it_begins(align: str, indent: int) -> None:
    """On the right, in or out. A justified line still ends at the margin."""
    css = f"p {{ padding: 0 20px; text-indent: {indent}px; text-align: {align} }}"
    first, second = lines(css, "rtl")[:2]
    ends = [max(box.position_x + box.width for box in texts) for texts in (first, second)]
    assert ends[0] == pytest.approx(ends[1] - indent)
    if align == "justify":
        left = [min(box.position_x for box in texts) for texts in (first, second)]
        assert left[0] == pytest.approx(left[1])
