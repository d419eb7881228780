"""The beginning of a description that is too long for the list of all series."""

from __future__ import annotations

import pytest

from handpress.web.page import beginning


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short.", "Short."),
        ("It moves all day. It rests at night, and so do you.", "It moves all day."),
        ("He said: “It moves.” And then it rested for days.", "He said: “It moves.”"),
        ("It moves. All of it rests at night, and so do you.", "It moves. All of it…"),
        ("It moves – and rests, whenever it likes to do so.", "It moves – and rests…"),
        ("What moves all day, rests at night.", "What moves all day…"),
        ("体は動く。夜は休む。朝にはまた動き、昼には歩き、夕方には休む。", "体は動く。夜は休む。朝にはまた動き、昼には…"),
        ("Movingallthedayandrestingatnightandsodoyou", "Movingallthedayandres…"),
    ],
)  # fmt: skip
def test_whole_sentences_or_whole_words(text: str, shown: str) -> None:
    assert beginning(text, 22) == shown
