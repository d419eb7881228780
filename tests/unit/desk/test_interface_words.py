"""The words of the desk's pages: every one is used, and every one that is asked for exists in each language."""

from __future__ import annotations

import re

import pytest
import yaml

from handpress.core.media import BILINGUAL, PAPERS
from handpress.core.styles import styles
from handpress.desk.pages.batch_page import FIRST
from handpress.desk.visit_form import SIDES
from handpress.desk.words import FOLDER, interface_words
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.personal.visit import FIELDS
from helpers.workspaces import ROOT

DESK = ROOT / "handpress/desk"
TEXTS = "\n".join(
    path.read_text(encoding="utf-8")
    for ending in ("*.html", "*.py", "*.js")
    for path in sorted(DESK.rglob(ending))
)
WORDS = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
COMPOSED = {
    *("date", "months", "number_emergency", "number_advice"),
    *(f"paper_{paper}" for paper in PAPERS),
    *(f"first_{order}" for order in FIRST),
    *(f"both_{form}" for form in BILINGUAL),
    *(f"dose_{part}" for part in DOSE_COLUMNS),
    *(f"field_{name}" for name in FIELDS),
    *(f"side_{side}" for side in SIDES),
    *(f"style_{style}" for style in styles()),
    *(f"error_{status}" for status in (400, 404, 405, 413, 415, 500, 503)),
}


def test_every_word_is_used() -> None:
    asked = set(re.findall(r"\"([\w-]+)\"|words\.([\w-]+)", TEXTS))
    assert WORDS.keys() - {word for both in asked for word in both} - COMPOSED == set()


def test_every_word_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r"(?:(?<![.\w])words\.|interface\[\"|counted\(\")([\w-]+)", TEXTS))
    assert len(asked) > 30
    assert (asked | COMPOSED) - WORDS.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_blanks_of_english(language: str) -> None:
    found = interface_words(language)
    for key, value in WORDS.items():
        assert type(found[key]) is type(value), key
        if isinstance(value, str):
            assert set(re.findall(r"\{\w+\}", found[key])) == set(re.findall(r"\{\w+\}", value)), (
                key
            )
