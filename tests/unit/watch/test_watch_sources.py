"""The sources of `watch`: read in a moment, before a build has found all that is wrong."""

from __future__ import annotations

from handpress.watch.sources import Sources
from helpers.workspaces import Book


def test_the_problems_of_the_articles_are_known_before_the_build(book: Book) -> None:
    sources = Sources(book.root, book.output)
    sources.read(())
    assert sources.problems == ()
    book.write("sources/moon/03-ebb.md", "# Ebb\n\nSee [this](nowhere.md).\n")
    sources.read(["sources/moon/03-ebb.md"])
    (found,) = (p for p in sources.problems if p.code == "unknown-article")
    assert (found.place.path, found.place.line) == ("sources/moon/03-ebb.md", 3)
    book.edit("sources/moon/03-ebb.md", "See [this](nowhere.md).", "It is gone.")
    sources.read(["sources/moon/03-ebb.md"])
    assert [p for p in sources.problems if p.code == "unknown-article"] == []


def test_a_reused_exercise_is_read_with_its_source(book: Book) -> None:
    """Neither the article that shows it nor the one that has it is read alone."""
    card = '!!! exercise "Row"\n\n    1. Sit down.\n\n    Sets : 2\n'
    book.write("sources/moon/03-rowing.md", f"# Rowing\n\n{card}")
    book.write("sources/moon/04-week.md", '# Week\n\n!!! exercise "Row" {: from="rowing" }\n')
    sources = Sources(book.root, book.output)
    sources.read(())
    for path in ("sources/moon/03-rowing.md", "sources/moon/04-week.md"):
        assert not sources.reread([path])
    assert sources.reread(["sources/moon/01-neap.md"])
