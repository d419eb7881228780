"""Cells of a table in print: a short word in Chinese or Japanese stays on one line."""

from __future__ import annotations

import pytest

from handpress.layout.html.for_pdf import for_pdf
from handpress.markup.tree import parse_tree, serialize


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("バランス", True),
        ("筋肉", True),
        ("不安定になる", False),
        ("骨", False),
        ("Balance", False),
        ("균형", False),
    ],
)
def test_a_short_cell_is_one_line(word: str, kept: bool) -> None:
    tree = parse_tree(f"<table><tbody><tr><td>{word}</td></tr></tbody></table>")
    for_pdf(tree)
    assert (f'<td class="unbroken">{word}</td>' in serialize(tree)) is kept
