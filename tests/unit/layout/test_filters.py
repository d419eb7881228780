"""Filters of templates: what they do with Chinese and Japanese."""

from __future__ import annotations

import pytest

from handpress.layout.html.filters import running_head, spaced


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Why rest helps", "Why rest helps"),
        ("word " * 11 + "w", "word " * 11 + "w"),
        ("word " * 12, "word " * 10 + "word…"),
        ("休" * 28, "休" * 28),
        ("休" * 29, "休" * 28 + "…"),
    ],
)
def test_a_running_head_is_no_wider_than_its_line(title: str, shown: str) -> None:
    assert running_head(title) == shown


def test_a_mark_of_full_width_has_its_space_in_it() -> None:
    assert [spaced(word) for word in ("by", "autor:", "著者：")] == ["by ", "autor: ", "著者："]
