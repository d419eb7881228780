"""Reused exercises: one source, and the dosage and title of each place."""

from __future__ import annotations

import pytest

from handpress.core.files.workspace import find
from handpress.markup.tree import parse_tree, text_of
from handpress.series.article import Article
from handpress.series.assemble import assemble
from helpers.workspaces import Book

SOURCE = """# Rowing

!!! exercise "Row"

    ![A boat](images/tide.svg)

    1. Sit down.[^why] See [the end](#end), [neap tides](01-neap.md) and [us](https://example.org/).

    | Day | Far |
    | --- | --- |
    | 1   | 2   |

    Sets : 2

    Hold : 5 seconds

    Stop when : it *hurts*

[^why]: Standing is [worse](#end).

## End

Rest.
"""
REUSED = """# A Week

Before.[^own]

!!! exercise "Row" {: from="rowing" }

    Slowly.

    Sets : 7

    Load : 5 kg

!!! exercise "ROW" {: from=03-rowing.md }

    Stop when : it is dark

[^own]: My own.
"""


@pytest.fixture
def rowing(book: Book) -> Book:
    book.write("sources/moon/03-rowing.md", SOURCE)
    book.write("sources/moon/04-week.md", REUSED)
    return book


def week(book: Book) -> tuple[Article, list[str]]:
    """The article that reuses, and the codes of all problems."""
    workspace = find(book.root)
    assert workspace
    series, problems = assemble(workspace, "sources/moon")
    return series.article("week"), [p.code for p in problems]


def test_a_card_has_the_content_of_its_source_and_its_own_dosage(rowing: Book) -> None:
    article, codes = week(rowing)
    assert codes == []
    first, second = parse_tree(article.body).findall("section[@class='exercise']")
    assert text_of(first).split()[:1] == ["Row"]
    table = first.find("table[@class='dose']")
    assert table is not None
    assert text_of(table) == "7 5 seconds 5 kg"
    assert text_of(first).endswith("it hurts")
    assert "Sit down." in text_of(first)
    assert "Slowly." in text_of(first)
    assert text_of(second).startswith("ROW")
    assert text_of(second).endswith("it is dark")
    assert "hurts" not in text_of(second)
    assert "data-from" not in article.body


def test_links_notes_and_pictures_come_along(rowing: Book) -> None:
    """Their ids are those of this article, each once; links lead to the same places as in the source."""
    article, _ = week(rowing)
    ids = [e.get("id") for e in parse_tree(article.body).iter() if e.get("id")]
    assert len({*ids}) == len(ids)
    assert all(str(id_).startswith("week--") for id_ in ids)
    assert len(article.notes) == 3  # its own, and that of the source for each card
    assert "sources/moon/images/tide.svg" in article.pictures
    workspace = find(rowing.root)
    assert workspace
    series, _ = assemble(workspace, "sources/moon")
    targets = {(t.slug, t.id) for t in series.targets[article.path] if t}
    assert targets == {("rowing", "rowing--end"), ("neap", None)}


def test_every_medium_has_it_and_a_change_of_the_source_is_noticed(rowing: Book) -> None:
    ran = rowing.build()
    assert (ran.code, ran.err) == (0, "")
    page = (rowing.output / "moon/articles/week.html").read_text(encoding="utf-8")
    assert page.count("Sit down.") == 2
    assert rowing.build().made == []
    rowing.edit("sources/moon/03-rowing.md", "Sit down.", "Sit still.")
    made = rowing.build().made
    assert {"handouts/week.pdf", "articles/week.html", "moon.pdf", "moon.epub"} <= {*made}
    assert "handouts/neap.pdf" not in made
    assert rowing.run("why", "handouts/week.pdf").said == ["handouts/week.pdf is fresh: its recipe has not changed since it was made"]  # fmt: skip


def test_a_name_may_be_left_out_if_the_source_has_one_exercise(rowing: Book) -> None:
    rowing.write(
        "sources/moon/04-week.md", '# A Week\n\nText.\n\n!!! exercise {: from="rowing" }\n'
    )
    article, codes = week(rowing)
    assert codes == []
    assert text_of(parse_tree(article.body)).startswith("Text. Row")


@pytest.mark.parametrize(
    ("mark", "column", "help_"),
    [
        ('!!! exercise "Row" {: from="rowng" }', 29, "did you mean `rowing`?"),
        ('!!! exercise "Raw" {: from="rowing" }', 29, "did you mean `Row`?"),
        ('!!! exercise "Row" {: from="week" }', 29, "name an article"),
    ],
)
def test_an_unknown_source_is_reported_at_its_place(
    mark: str, column: int, help_: str, rowing: Book
) -> None:
    rowing.write("sources/moon/04-week.md", f"# A Week\n\nText.\n\n{mark}\n\n    Sets : 2\n")
    workspace = find(rowing.root)
    assert workspace
    series, (found,) = assemble(workspace, "sources/moon")
    assert (found.code, found.place.line, found.place.column) == ("unknown-exercise", 5, column)
    assert found.help.startswith(help_)
    assert text_of(parse_tree(series.article("week").body)).endswith(
        "2"
    )  # what is written there stays


def test_a_section_of_raw_html_is_not_a_source(rowing: Book) -> None:
    """It may have any shape."""
    raw = '# Rowing\n\n<section class="exercise"><p>Row</p><table class="dose"><tr><th>a</th></tr><tr><td>b</td></tr></table></section>\n'
    rowing.write("sources/moon/03-rowing.md", raw)
    _, codes = week(rowing)
    assert codes.count("unknown-exercise") == 2
