"""The last space of a text hangs past the margin: it moves no word to the next line."""

from __future__ import annotations

import re

import pytest

from helpers.laid import document

COMMENT = f"<!--{' ' * 200}-->"
TEXT = "It must be able to publish it from a public <code>http:</code> address, or from a <b>private</b> one."


def lines(text: str, width: int) -> list[str]:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    sheet = f"p {{ width: {width}px; font-size: 16px }} p * {{ font: inherit }}"
    (page,) = document(f"<p>{text}</p>{COMMENT}", sheet).pages
    return [
        "".join(box.text for box in line.descendants() if isinstance(box, TextBox)).strip()
        for line in page._page_box.descendants()
        if isinstance(line, LineBox)
    ]


@pytest.mark.parametrize("width", range(180, 300))
def test_lines_end_where_those_of_one_text_do(width: int) -> None:
    """Markup that changes no letter changes no line."""
    assert lines(TEXT, width) == lines(re.sub("<.*?>", "", TEXT), width)
