"""The themes that come along: each valid, described, legible, and made of values and rules only."""

from __future__ import annotations

import pytest

from handpress.core.files.source import read_source
from handpress.core.themes import theme_file, themes
from handpress.layout.css.stylesheet import Sheets
from handpress.layout.css.tokens import pairs_of
from handpress.series.settings.theme import Theme, read_theme, theme_keys
from handpress.series.settings.yaml_reader import read_settings
from helpers.workspaces import CASES, ROOT, bare_workspace

NAMES = themes()


def theme(name: str) -> Theme:
    workspace = bare_workspace(CASES)
    source, problems = read_source(*theme_file(workspace, name))
    settings, wrong = read_settings(source, theme_keys(workspace), "a theme")
    assert [*problems, *wrong] == []
    found, wrong = read_theme(workspace, settings, lambda _written, _place: None)
    assert wrong == []
    return found


def test_there_are_three() -> None:
    assert NAMES == ("copier", "teal", "warm")


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_values_and_rules(name: str) -> None:
    """It copies no layout of ours."""
    files = {file.name for file in (ROOT / "layouts/themes" / name).iterdir()}
    assert files <= {"theme.yaml", "theme.css"}
    assert theme(name).accent is not None


@pytest.mark.parametrize("name", NAMES)
def test_all_of_its_words_can_be_read(name: str) -> None:
    """At 7:1 or more, wherever two of its colours meet, also by its own rules."""
    sheets = Sheets(bare_workspace(CASES)).themed(Theme(base=name).under(theme(name)))
    for pair in pairs_of(sheets):
        assert pair.contrast >= 7, pair


@pytest.mark.parametrize("name", NAMES)
def test_it_is_described(name: str) -> None:
    assert f"| `{name}` | " in (ROOT / "docs/design.md").read_text(encoding="utf-8")


def test_ours_is_what_a_workspace_has_without_a_theme() -> None:
    """`teal` by name makes the same sheets."""
    sheets = Sheets(bare_workspace(CASES))
    named = sheets.themed(theme("teal"))
    assert named.tokens("web") == sheets.tokens("web")


def test_series_in_different_themes_have_their_own_sheets() -> None:
    """Results kept for one theme are not used for another."""
    sheets = Sheets(bare_workspace(CASES))
    brands = {name: sheets.themed(theme(name)).tokens("web")["--brand"] for name in NAMES}
    assert brands == {"copier": "#000000", "teal": "#0e5a5a", "warm": "#8a3324"}
    assert sheets.tokens("web")["--brand"] == "#0e5a5a"
