"""Words and tokens: each that is declared is used, and each that is used is declared."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from handpress.core.files.disk import Disk
from handpress.core.files.workspace import Workspace
from handpress.core.media import PAPERS
from handpress.core.styles import styles
from handpress.layout.css.stylesheet import DERIVED, GIVEN
from handpress.layout.words import load_words
from handpress.series.ledger.news import WEIGHTS
from helpers.workspaces import ROOT

WORDS = load_words(Workspace(Disk(ROOT / "tests/cases"), (), "", "", Path()), "en").keys() - {
    "plural"
}
TEMPLATES = [
    file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "layouts").rglob("*"))
    if file.suffix in (".html", ".xhtml", ".xml", ".ncx")
]
CODE = [
    ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "handpress").rglob("*.py"))
]
SHEETS = {
    file.relative_to(ROOT / "layouts").as_posix(): file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "layouts").rglob("*.css"))
}
# Words whose names are put together: what comes before, and what may follow.
COMPOSED = {
    "style_": (*styles(), "other"),
    "pack_": (*styles(), "other"),
    "paper_": tuple(PAPERS),
    "booklet_fold_": ("sheet", "one", "many"),
    "booklet_bind_": ("one", "many"),
    "change_": WEIGHTS,
}


def literals() -> Iterator[str]:
    """Every string in the code but docstrings."""
    for tree in CODE:
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in documents:
                yield str(node.value)


def test_every_word_is_used() -> None:
    """By a template, or by name in the code. An unused word is translated for nothing."""
    in_templates = set(re.findall(r"\bwords(?:\.|\[\")([\w-]+)", "\n".join(TEMPLATES)))
    in_templates |= set(re.findall(r'counted\("([\w-]+)"', "\n".join(TEMPLATES)))
    composed = {first + last for first, others in COMPOSED.items() for last in others}
    assert set(WORDS) - in_templates - composed - set(literals()) == set()


def test_every_word_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r"\bwords\.([\w-]+)", "\n".join(TEMPLATES)))
    asked |= set(re.findall(r'\bwords\["([\w-]+)"\]', "\n".join(TEMPLATES)))
    asked |= {
        node.slice.value
        for tree in CODE
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value).rpartition(".")[2] == "words"
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)  # a list of other words has numbers
    }
    assert len(asked) > 60
    assert asked - {*WORDS, "plural"} == set()
    assert {f + last for f, others in COMPOSED.items() for last in others} - set(WORDS) == set()


def test_every_token_is_used() -> None:
    """By a rule, a template or the code."""
    declared = set(re.findall(r"^\s*(--[\w-]+):", SHEETS["styles/tokens.css"], re.M))
    used = set(re.findall(r"var\(\s*(--[\w-]+)", "\n".join((*SHEETS.values(), *TEMPLATES))))
    assert len(declared) > 30
    assert declared - used - set(literals()) - READ_BY_THE_PROOF == set()


READ_BY_THE_PROOF = {"--smallest"}  # as `__smallest`, which is how WeasyPrint has it


def test_every_token_that_is_asked_for_is_there() -> None:
    """Without one, the press fails on a sum, and e-readers on a rule without a value."""
    every = "\n".join((*SHEETS.values(), *TEMPLATES))
    declared = set(re.findall(r"(?:^|[{;\s])(--[\w-]+):", every)) | {*GIVEN, *DERIVED}
    asked = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", every))
    assert asked - declared == set()
