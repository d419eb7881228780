"""The marks between our own texts: those of a language, not of English."""

from __future__ import annotations

import re

import pytest
import yaml

from handpress.assets.fonts import text_family
from handpress.layout.words import load_words
from helpers.workspaces import ROOT, bare_workspace

# A mark between what two blanks or tags of a template print, or after one.
MARK = re.compile(r"[}>](?:[.,:;]| ?\()(?=[\s{<])|join\(['\"](?:, |: |\. )")
IN_HTML = ("style=", "<meta", "viewport")  # lines whose marks are for programs


def test_the_marks_between_our_texts_are_those_of_the_language() -> None:
    """A template has no comma, colon, full stop or bracket of its own: Japanese has others."""
    found = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted((ROOT / "layouts").rglob("*.*ml"))
        if "specimen" not in file.name and "words" not in str(file)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if MARK.search(line) and not any(mark in line for mark in IN_HTML)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "marks"),
    [("en", ". |: | (x)"), ("fr", ". |\u202f: | (x)"), ("ja", "。|：|（x）"), ("hi", "। |: | (x)")],
)
def test_marks_of_a_language(language: str, marks: str) -> None:
    found = yaml.safe_load((ROOT / f"layouts/words/{language}.yaml").read_text("utf-8"))
    assert (
        "|".join((found["full_stop"], found["colon"], found["brackets"].format(text="x"))) == marks
    )


def test_french_texts_have_no_line_break_before_a_colon() -> None:
    words = load_words(bare_workspace(ROOT), "fr")
    texts = [text for text in words.values() if isinstance(text, str)]
    assert any("\u202f:" in text for text in texts)
    assert [text for text in texts if re.search(r" [:;?!]", text)] == []


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("ja", "Noto Sans JP"),
        ("zh-TW", "Noto Sans TC"),
        ("ko-KR", "Noto Sans KR"),
        ("de", ""),
        ("ar", ""),
    ],
)
def test_figures_are_of_the_face_of_the_characters_around_them(language: str, family: str) -> None:
    assert text_family(language) == family
