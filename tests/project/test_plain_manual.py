"""The manual passes its own `check`. The pages for practitioners and authors get no advice on their words."""

from __future__ import annotations

import json

import pytest

from handpress.build.load import load
from handpress.core.files.workspace import find
from helpers.workspaces import ROOT, publish

EASY = ("Practitioners", "Authors")  # parts of the manual; `series.yaml` sets their grade
WORDS = ("hard-to-read", "long-sentence", "long-paragraph", "passive-voice", "many-passives")


@pytest.fixture(scope="module")
def found() -> list[tuple[str, str, str]]:
    """The page, the level and the code of everything that `check` finds in the manual."""
    ran = publish("check", ROOT / "docs", "--message-format", "json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    return [(d["path"], d["severity"], d["code"]) for d in lines if d.get("type") == "problem"]


def test_it_passes(found: list[tuple[str, str, str]]) -> None:
    assert [row for row in found if row[1] != "advice"] == []


def test_pages_for_practitioners_and_authors_are_plain(found: list[tuple[str, str, str]]) -> None:
    workspace = find(ROOT / "docs")
    assert workspace
    (layout,) = load(workspace).layouts
    series = layout.series
    plain = {slug for part in series.parts if part.title in EASY for slug in part.slugs}
    assert len(plain) > 12
    paths = {article.path for article in series.articles if article.slug in plain}
    assert [(path, code) for path, _, code in found if path in paths and code in WORDS] == []
