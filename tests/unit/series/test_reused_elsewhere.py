"""Exercises of another series of the workspace, by `from="series/article"`."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest

from handpress.core.files.workspace import find
from handpress.core.problems.problem import Problem
from handpress.series.assemble import assemble
from handpress.series.model import Series
from helpers import printed
from helpers.workspaces import Book

ROWING = """# Rowing

!!! exercise "Row"

    ![A boat](images/boat.svg)

    1. Sit down.[^why] See [the end](#end) and [us](https://example.org/).

    Sets : 2

[^why]: Standing is worse.

## End

Rest.
"""
BOAT = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><path d="M0 0h60l-9 20H9z"/></svg>'


@pytest.fixture
def rivers(book: Book) -> Book:
    """The model workspace, with a second series of one exercise, which the first one reuses."""
    book.write("sources/river/rowing.md", ROWING)
    book.write("sources/river/images/boat.svg", BOAT)
    reuse(book, "river/rowing")
    return book


def reuse(book: Book, name: str) -> None:
    card = f'# A Week\n\nBefore.\n\n!!! exercise "Row" {{: from="{name}" }}\n\n    Sets : 7\n'
    book.write("sources/moon/04-week.md", card)


def moon(book: Book) -> tuple[Series, list[Problem]]:
    workspace = find(book.root)
    assert workspace
    return assemble(workspace, "sources/moon")


def test_every_medium_has_it_and_a_change_there_is_noticed(rivers: Book) -> None:
    ran = rivers.build()
    assert (ran.code, ran.err) == (0, "")
    out = rivers.output / "moon"
    page = (out / "articles/week.html").read_text(encoding="utf-8")
    assert "Sit down." in page
    assert "data-from" not in page
    assert "<span>the end</span>" in page  # a link into the other series keeps its words
    with zipfile.ZipFile(io.BytesIO((out / "moon.epub").read_bytes())) as ebook:
        names = [name for name in ebook.namelist() if "week" in name and name.endswith("html")]
        assert "Sit down." in ebook.read(names[0]).decode()
    for path in (out / "moon.pdf", out / "handouts/week.pdf"):
        pdf = pypdfium2.PdfDocument(path.read_bytes())
        assert any("Sit down." in printed.words(pdf, n) for n in range(1, len(pdf) + 1))
    assert rivers.build().made == []
    rivers.edit("sources/river/rowing.md", "Sit down.", "Sit still.")
    assert "moon/handouts/week.pdf" in " ".join(rivers.build("--only", "handout").made)


@pytest.mark.parametrize("name", ["river/rowing", "river/rowing.md", "../river/rowing.md", "wet/rowing"])  # fmt: skip
def test_it_is_named_by_folder_or_id(rivers: Book, name: str) -> None:
    rivers.write("sources/river/series.yaml", "id: wet\n")
    reuse(rivers, name)
    series, problems = moon(rivers)
    assert problems == []
    assert "Sit down." in series.article("week").body


def test_one_series_alone_reaches_the_others(rivers: Book) -> None:
    workspace = find(rivers.root / "sources/moon")
    assert workspace
    assert workspace.folders == ("sources/moon",)
    series, problems = assemble(workspace, "sources/moon")
    assert problems == []
    assert "Sit down." in series.article("week").body


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("river/rown", "`sources/river` has no such article"),
        ("lake/rowing", "this series has no such article"),
        ("river/draft", "`sources/river` has no such article"),
        ("wet/rowing", "several series have that name: sources/river, sources/wet"),
        ("river/spring", "could be `sources/moon/river/spring.md` or in the series `sources/river`"),
    ],
)  # fmt: skip
def test_a_name_that_is_unknown_or_ambiguous_is_an_error(
    rivers: Book, name: str, reason: str
) -> None:
    rivers.write("sources/river/series.yaml", "id: wet\n")
    rivers.write("sources/wet/other.md", "# Other\n\nText.\n")
    rivers.write("sources/river/draft.md", "---\ndraft: true\n---\n# Draft\n\nText.\n")
    if name == "river/spring":
        (rivers.root / "sources/moon/02-spring.md").rename(rivers.root / "sources/moon/spring.md")
        rivers.write("sources/moon/river/spring.md", rivers.read("sources/moon/spring.md"))
        (rivers.root / "sources/moon/spring.md").unlink()
        rivers.write("sources/moon/series.yaml", "title: Moon\n")
    reuse(rivers, name)
    _, problems = moon(rivers)
    found = [p for p in problems if p.code == "unknown-exercise"]
    assert [reason in p.why for p in found] == [True]
