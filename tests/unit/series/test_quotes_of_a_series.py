"""Quotation marks in the settings of a series, its articles, authors and practice."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from handpress.core.caches.cache import Cache
from handpress.core.files.source import Source
from handpress.core.files.workspace import find
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.series.settings.yaml_reader import Settings

FILES = {
    "sources/knee/series.yaml": """
        language: de
        title: The "knee"
        subtitle: It's "yours"
        description: '"Stairs"'
        rights: "Author's"
        """,
    "sources/knee/01-runner.md": """
        ---
        title: The runner's "knee"
        subtitle: What's "new"
        summary: '"Up" -- and down ...'
        authors: [Rosie O'Hara]
        ---
        ## The "stairs"

        She said: "Slowly."
        """,
    "sources/knee/02-english.md": """
        ---
        language: en
        ---
        # The "walk"

        She said: "Slowly."
        """,
    "sources/knee/03-it's-late.md": "Words.",
    "sources/authors/rosie.md": """
        ---
        name: Rosie O'Hara
        short: The "boss"
        ---
        Called "Ro".
        """,
    "sources/practice.yaml": "name: \"O'Hara's\"\nnote: '\"Ring\" twice'\nhours:\n  de: '\"Spät\"'\n  en: '\"Late\"'\n",
}


def series_of(root: Path, cache: Cache | None = None) -> Series:
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).strip(), encoding="utf-8")
    workspace = find(root)
    assert workspace
    series, problems = assemble(workspace, "sources/knee", cache)
    assert not problems
    return series


def test_settings_have_the_marks_of_the_series(tmp_path: Path) -> None:
    series = series_of(tmp_path)
    assert (series.title, series.subtitle) == ("The „knee“", "It’s „yours“")
    assert (series.description, series.rights) == ("„Stairs“", "Author’s")
    assert series.practice
    assert (series.practice.name, series.practice.note) == ("O’Hara’s", {"": "„Ring“ twice"})
    assert series.practice.hours == {"de": ("„Spät“",), "en": ("“Late”",)}
    author = series.article_authors["runner"][0]
    assert (author.name, author.short) == ("Rosie O’Hara", "The „boss“")
    assert author.bio
    assert "„Ro“" in author.bio.body


def test_titles_have_the_marks_of_the_text(tmp_path: Path) -> None:
    runner, english, late = series_of(tmp_path).articles
    assert runner.title == "The runner’s „knee“"
    assert runner.settings.get("subtitle") == "What’s „new“"
    assert runner.settings.get("summary") == "„Up“ – and down …"
    assert [anchor.title for anchor in runner.anchors] == ["The „stairs“"]
    assert "„Slowly.“" in runner.body
    assert english.title == "The “walk”"
    assert "“Slowly.”" in english.body
    assert late.title == "It’s late"


def test_an_article_of_another_language_is_read_again(tmp_path: Path) -> None:
    """The same bytes of a file, in the cache, under a series whose language changed."""
    cache = Cache(tmp_path / "cache")
    assert "„Slowly.“" in series_of(tmp_path, cache).articles[0].body
    settings = tmp_path / "sources/knee/series.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(": de", ": pl"), "utf-8")
    workspace = find(tmp_path)
    assert workspace
    series, _ = assemble(workspace, "sources/knee", cache)
    assert "„Slowly.”" in series.articles[0].body


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The *nice* `cut *2*` of **all *three***", "The nice cut *2* of all three"),
        ("A ~~bad~~ [knee](knee.md)", "A bad knee"),
        (
            "2 * 3 * 4, *args and **kwargs, and a ` or ~",
            "2 * 3 * 4, *args and **kwargs, and a ` or ~",
        ),
        ("snake_case and __init__, [1] (a)", "snake_case and __init__, [1] (a)"),
    ],
)
def test_a_title_has_no_marks_of_markdown(written: str, shown: str) -> None:
    settings = Settings(Source("a.md", ""), {"title": written, "summary": written})
    found = settings.with_marks("en")
    assert (found.get("title"), found.get("summary")) == (shown, written)
