"""The tables of settings, commands and options in the manual are those of the code. ``--rewrite`` writes them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from handpress.assets.colour import BLACK, WHITE, palette
from handpress.core.styles import TOKENS
from helpers import generated
from helpers.generated import DOCS
from helpers.workspaces import ROOT

PAGES = sorted(page for page in DOCS.glob("*.md") if generated.named(page.read_text("utf-8")))


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_the_tables_are_those_of_the_code(name: str, pytestconfig: pytest.Config) -> None:
    page = DOCS / name
    text = generated.written(page.read_text(encoding="utf-8"))
    if pytestconfig.getoption("rewrite"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text


def test_each_table_is_in_the_manual_once() -> None:
    there = Counter(name for page in PAGES for name in generated.named(page.read_text("utf-8")))
    assert there == Counter(list(generated.parts()))


@pytest.mark.parametrize("name", generated.parts())
def test_each_row_has_words(name: str) -> None:
    """Each key, command and option is described, and no `|` or line break in a cell breaks the table."""
    rows = [line for line in generated.parts()[name]().splitlines() if line.startswith("|")]
    assert [row for row in rows if row.count("|") != 3 or row.endswith("|  |")] == []


def test_the_table_of_tokens_has_each() -> None:
    """Those that stylesheets may set, and those derived from a colour."""
    css = (ROOT / "layouts" / TOKENS).read_text(encoding="utf-8")
    declared = re.findall(r"^\s*(--[\w-]+):", css, re.M)
    told = re.findall(r"^\| `(--[\w-]+)", generated.tokens(), re.M)
    assert sorted(told) == sorted([*declared, *palette(WHITE, WHITE, BLACK, BLACK).tokens])
