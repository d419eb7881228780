"""The words of the desk's pages: every one is used, and every one that is asked for exists in each language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from handpress.core.media import BILINGUAL, PAPERS
from handpress.core.styles import styles
from handpress.desk.pages.batch_page import FIRST
from handpress.desk.practice_form import READERS
from handpress.desk.visit_form import SIDES
from handpress.desk.words import FOLDER, interface_words
from handpress.markup.blocks.exercise import DOSE_COLUMNS
from handpress.personal.table import REASONS
from handpress.personal.visit import FIELDS
from handpress.serve.guard import ENGLISH
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
    *ENGLISH,
    *(f"paper_{paper}" for paper in PAPERS),
    *(f"first_{order}" for order in FIRST),
    *(f"both_{form}" for form in BILINGUAL),
    *(f"dose_{part}" for part in DOSE_COLUMNS),
    *(f"field_{name}" for name in FIELDS),
    *(f"side_{side}" for side in SIDES),
    *(f"style_{style}" for style in styles()),
    *(f"{field}_wrong" for field in (*READERS, "accent")),
    *(f"error_{status}" for status in (400, 404, 405, 413, 415, 500, 503)),
}


def test_the_form_for_a_password_is_that_of_other_commands() -> None:
    assert {key: WORDS[key] for key in ENGLISH} == ENGLISH


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


# The modules whose reasons the desk shows, and the names of what gives them.
GIVEN_IN = (
    *sorted((ROOT / "handpress/personal").glob("*.py")),
    *sorted(DESK.glob("*.py")),
    ROOT / "handpress/press/pdf/fields.py",
)
GIVERS = {"Reason", "RecipeRefused", "Unfillable", "Unmade", "Unreadable", "WrongCell", "NoSuchDay", "_unreadable"}  # fmt: skip


def given_in(file: Path) -> Iterator[str]:
    """Yield the patterns of reasons in a module: those that are written where they are given, or are constants."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            texts = [node.args[0]]
            if isinstance(node.args[0], ast.IfExp):
                texts = [node.args[0].body, node.args[0].orelse]
            for text in texts if node.func.id in GIVERS else ():
                assert not isinstance(text, ast.JoinedStr), f"{file.name}:{text.lineno}"
                if isinstance(text, ast.Constant):
                    yield text.value
                elif isinstance(text, ast.Name) and text.id in constants:
                    yield constants[text.id]


@pytest.mark.parametrize("language", [x for x in LANGUAGES if x != "en"])
def test_every_reason_is_translated(language: str) -> None:
    """An English one would be shown in its place."""
    found = interface_words(language)["reasons"]
    given = {pattern for file in GIVEN_IN for pattern in given_in(file)}
    given |= {ours for _, ours in REASONS}
    assert len(given) > 20
    assert found.keys() == given
    for pattern, text in found.items():
        blanks = {name.partition(":")[0] for name in re.findall(r"\{([^}]*)\}", pattern)}
        assert set(re.findall(r"\{([^}]*)\}", text)) <= blanks, pattern
        assert text != pattern or pattern == "`{heading}`: {reason}"
