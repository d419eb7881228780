"""Scripts: what a message calls the characters that no font has."""

from __future__ import annotations

import pytest

from handpress.assets.scripts import by_script, facts


@pytest.mark.parametrize(
    ("characters", "scripts"),
    [
        ("膝の痛み", {"Japanese": "のみ痛膝"}),
        ("カ漢。", {"Japanese": "。カ漢"}),
        ("무릎膝", {"Korean": "膝릎무"}),
        ("膝盖，", {"Chinese": "盖膝，"}),
        ("「」", {"Chinese": "「」"}),
        ("の무", {"Japanese": "の", "Korean": "무"}),
        ("𒀀ᚠ", {"Cuneiform": "𒀀", "Runic": "ᚠ"}),
        ("\ue000\U00010fff𝌀", {"private use": "\ue000", "unknown characters": "\U00010fff", "symbols": "𝌀"}),
    ],
)  # fmt: skip
def test_characters_are_grouped(characters: str, scripts: dict[str, str]) -> None:
    """Han characters belong to the language whose own letters are beside them."""
    assert {s: sorted(c) for s, c in by_script(characters).items()} == {
        s: sorted(c) for s, c in scripts.items()
    }


def test_a_message_lists_some_and_counts_the_others() -> None:
    many = [chr(0x12000 + n) for n in range(15)]
    assert facts("Cuneiform", many)["characters"].strip().endswith("U+1200B and 3 more")


def test_only_chinese_japanese_and_korean_have_faces_to_fetch() -> None:
    assert "make fonts-cjk" in facts("Korean", ["무"])["ways"]
    assert "make" not in facts("Runic", ["ᚠ"])["ways"]


def test_a_private_character_is_shown_by_its_number() -> None:
    """It would be an empty box on the terminal too."""
    assert facts("private use", ["\ue000"])["characters"].strip() == "U+E000"
