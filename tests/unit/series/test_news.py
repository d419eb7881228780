"""News: the changes since an edition, the gravest first, over several editions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from handpress.core.files.workspace import find
from handpress.series.assemble import assemble
from handpress.series.ledger.editions import slug_in
from handpress.series.ledger.news import News, news_since
from handpress.series.model import Series
from helpers.ledgers import FOUR, edition, with_ledger
from helpers.workspaces import Book


def rows(news: News) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(c.slug, c.kind, c.notes, str(c.date)) for c in news.changes]


def series_of(book: Book) -> Series:
    workspace = find(book.root)
    assert workspace
    return assemble(workspace, "sources/moon")[0]


def test_changes_since_an_edition_are_those_of_all_later_ones() -> None:
    assert rows(news_since(FOUR, FOUR[0])) == [
        ("neap", "safety", ("Clearer.", "Wait 2 hours."), "2025-06-01"),
        ("spring", "added", ("Shorter.",), "2026-11-22"),
        ("flood", "removed", (), "2026-11-22"),
    ]
    assert rows(news_since(FOUR, FOUR[2])) == [
        ("spring", "changed", ("Shorter.",), "2026-11-22"),
        ("flood", "removed", (), "2026-11-22"),
    ]
    assert rows(news_since(FOUR, FOUR[3])) == []


def test_copies_of_new_articles_are_not_out_of_date() -> None:
    news = news_since(FOUR, FOUR[0])
    assert [change.slug for change in news.safety] == ["neap"]
    assert [change.slug for change in news.others] == ["spring", "flood"]
    assert [change.slug for change in news.outdated] == ["neap", "flood"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (("added", "changed"), "added"),
        (("added", "safety"), "added"),
        (("corrected", "changed"), "corrected"),
        (("changed", "safety", "changed"), "safety"),
        (("changed", "removed"), "removed"),
        (("removed", "added"), "changed"),
        (("added", "removed"), None),
        (("same", "same"), None),
    ],
)
def test_several_changes_of_an_article_are_one(
    changes: tuple[str, ...], expected: str | None
) -> None:
    first = edition("1", "2024-01-01", moon="added")
    later = [edition(str(n), "2025-01-01", moon=kind) for n, kind in enumerate(changes, 2)]
    change = news_since((first, *later), first).of("moon")
    assert (change and change.kind) == expected


def test_an_article_removed_in_a_safety_edition_is_among_the_safety_corrections() -> None:
    """Its handout may be the dangerous one."""
    first = edition("1", "2024-01-01", ice="added", heat="added")
    second = edition("2", "2025-01-01", heat="safety", ice="removed")
    assert [c.slug for c in news_since((first, second), first).safety] == ["heat", "ice"]


def test_a_renamed_file_is_no_news() -> None:
    """Its copies are not out of date, and what changed before it was renamed is known by its new name."""
    one, two, three, four = (
        edition(n, "2025-01-01", **articles)
        for n, articles in {
            "1": {"flood": "added"},
            "2": {"flood": "safety: Wait."},
            "3": {"flood": "removed", "high_water": "added"},
            "4": {"high_water": "changed: Shorter."},
        }.items()
    )
    three = replace(
        three,
        articles=three.articles
        | {"high-water": replace(three.articles["high-water"], title="Flood")},
    )
    found = (one, two, three, four)
    assert three.renamed == {"high-water": "flood"}
    assert [slug_in(e, "high-water", found) for e in found] == [
        "flood",
        "flood",
        *["high-water"] * 2,
    ]
    assert [c.slug for c in news_since(found[:3], two).changes] == []
    (change,) = (c for c in news_since(found, one).changes if c.slug == "high-water")
    assert (change.kind, change.notes, change.outdates) == ("safety", ("Wait.", "Shorter."), True)


def test_a_note_of_a_renamed_file_is_kept() -> None:
    second = edition("2", "2025-01-01", flood="removed", high_water="added: A better name.")
    titled = {slug: replace(a, title="Flood") for slug, a in second.articles.items()}
    assert replace(second, articles=titled).renamed == {}


def test_news_of_a_series_are_those_of_its_edition_and_its_revisions(book: Book) -> None:
    assert series_of(book).news is None
    news = series_of(with_ledger(book, *FOUR[:3])).news
    assert news is not None
    assert rows(news) == [
        ("neap", "safety", ("Clearer.", "Wait 2 hours."), "2025-06-01"),
        ("spring", "added", (), "2025-06-01"),
    ]


def test_an_edition_without_changes_and_notes_has_no_news(book: Book) -> None:
    """Such as one with the articles in another order."""
    with_ledger(book, FOUR[0], edition("2", "2025-03-02", flood="same", neap="same"))
    assert series_of(book).news is None


def test_a_first_edition_and_a_planned_one_have_no_news(book: Book) -> None:
    assert series_of(with_ledger(book, FOUR[0])).news is None
    with_ledger(book, *FOUR)
    book.edit("sources/moon/series.yaml", "edition: 3", "edition: 4")
    assert series_of(book).news is None
