"""Words: the same place in a source and on a page."""

from __future__ import annotations

import pytest

from handpress.watch.words import Run, changed_at, longest_run, words_around

LINE = "The *tide* turns [twice](sea.md#day) a day{: .x }, as one[^moon] saw &amp; said: https://a.example/b c"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("a", "a", None),
        ("a b", "a c", 2),
        ("a", "ab", 1),
        ("ab", "a", 1),
        ("", "a", 0),
    ],
)
def test_the_place_that_changed(old: str, new: str, at: int | None) -> None:
    assert changed_at(old, new) == at


def test_words_are_those_that_pages_show() -> None:
    assert " ".join(words_around(LINE, 0)) == "the tide turns twice a day as one saw said c"


def test_of_a_long_line_those_around_the_place() -> None:
    line = " ".join(f"w{n}" for n in range(100))
    found = words_around(line, line.index("w50"))
    assert len(found) == 12
    assert "w50" in found
    assert words_around(line, len(line))[-1] == "w99"


def test_a_line_without_words_gives_the_next() -> None:
    text = "First.\n\n---\n\nSecond *line*.\n"
    assert words_around(text, text.index("---")) == ("second", "line")
    assert words_around(text, text.index("\n\nSecond") + 1) == ("second", "line")
    assert words_around("* * *\n", 2) == ()


@pytest.mark.parametrize(
    ("page", "wanted", "run"),
    [
        ("a b c d e", "b c d", Run(1, 3)),
        ("a b x a b c", "a b c", Run(3, 3)),
        ("a x b x c", "a b c", None),
        ("x y z", "y", Run(1, 1)),
        ("a a a b", "a a b", Run(1, 3)),
        ("", "a", None),
        ("a", "", None),
    ],
)
def test_the_longest_run(page: str, wanted: str, run: Run | None) -> None:
    assert longest_run(page.split(), wanted.split()) == run
