"""Reading time: by the speed of the language, as a range where words have no spaces between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.layout.words import Words, load_words
from handpress.web.reading_time import in_words, minutes
from helpers.workspaces import bare_workspace


def words(language: str) -> Words:
    return load_words(bare_workspace(Path()), language)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "10 min read"),
        ("en-GB", "10 min read"),
        ("de", "13 Minuten Lesezeit"),
        ("es", "10 minutos de lectura"),
        ("ar", "17 دقيقة قراءة"),
    ],
)
def test_the_same_words_take_longer_in_another_language(language: str, shown: str) -> None:
    assert in_words([minutes("knee, " * 2280, language)], words(language)) == shown


def test_an_unknown_language_has_the_mean_of_the_known() -> None:
    assert minutes("knee " * 184, "xx") == (1.0, 1.0)


def test_marks_and_apostrophes_make_no_words() -> None:
    """A dash, a bullet and a price are one word or none; `don't` and `e.g.` are one."""
    assert minutes("don't – • e.g. 3.50 €", "xx") == (3 / 184, 3 / 184)


@pytest.mark.parametrize("text", ["膝" * 1000, "ひ" * 1000, "เ" * 1000, "မ" * 1000, "ខ" * 1000])
def test_scripts_without_spaces_take_a_range(text: str) -> None:
    assert in_words([minutes(text, "zh")], words("en")) == "2 to 4 min read"


def test_korean_has_spaces() -> None:
    first, last = minutes("무릎 통증 " * 92, "ko")
    assert first == last == 1.0


def test_several_articles_take_the_sum_and_the_shortest_a_minute() -> None:
    article = minutes("knee " * 100, "en")
    assert in_words([article], words("en")) == "1 min read"
    assert in_words([article] * 7, words("en")) == "3 min read"
    assert in_words([(0.0, 0.0)], words("de")) == "1 Minute Lesezeit"


def test_a_range_has_the_plural_of_its_end() -> None:
    assert in_words([(1.0, 2.0)], words("ar")) == "من دقيقة إلى دقيقتي قراءة"
    assert in_words([(4.0, 6.0)], words("de")) == "4 bis 6 Minuten Lesezeit"
