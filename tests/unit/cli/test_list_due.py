"""``list --due``: what is due for review, by date, over all series; and ``list`` as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.workspaces import Book

SERIES = "sources/moon/series.yaml"


@pytest.fixture
def dated(book: Book) -> Book:
    """Two series: one with a date and an article with its own, one without any."""
    book.write(SERIES, book.read(SERIES) + "review_by: 2027-01-31\n")
    spring = "sources/moon/02-spring.md"
    book.edit(spring, "title: Spring Tides\n", "title: Spring Tides\nreview_by: 2026-10-01\n")
    book.write("sources/sun/01-noon.md", "# Noon\n\nIt is high.\n")
    return book


def reviews(book: Book, day: str) -> list[dict[str, Any]]:
    ran = book.run("list", "--due", "--as-of", day, "--message-format", "json")
    assert ran.code == 0, ran
    return [json.loads(line) for line in ran.said]


def test_reviews_are_listed_by_date_with_their_places(dated: Book) -> None:
    ran = dated.run("list", "--due", "--as-of", "2026-11-22")
    assert (ran.code, ran.err) == (0, "")
    assert ran.said == [
        "due for review as of 2026-11-22",
        "overdue:",
        "  2026-10-01     52 days ago  Spring Tides (The Moon and the Sea)  sources/moon/02-spring.md:3",
        "due soon:",
        "  2027-01-31      in 70 days  The Moon and the Sea, 1 article  sources/moon/series.yaml:5",
        "without a date of review:",
        "  sun: 1 article",
    ]


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("2026-09-30", ["soon", "later"]),
        ("2026-10-01", ["soon", "later"]),  # its own day is not overdue
        ("2026-10-02", ["overdue", "later"]),
        ("2026-11-02", ["overdue", "soon"]),  # 90 days before the second
        ("2027-02-01", ["overdue", "overdue"]),
    ],
)
def test_days_have_one_meaning_for_list_and_check(dated: Book, day: str, when: list[str]) -> None:
    found = [line for line in reviews(dated, day) if line["type"] == "review"]
    assert [line["when"] for line in found] == when
    assert [line["of"] for line in found] == ["article", "series"]
    ran = dated.run("check", "--date", day, "--message-format", "json")
    codes = [json.loads(line)["code"] for line in ran.said]
    assert codes.count("review-overdue") == when.count("overdue")
    assert codes.count("review-due") == when.count("soon")


def test_the_limit_of_a_series_applies(dated: Book) -> None:
    dated.write(SERIES, dated.read(SERIES) + "check:\n  days-before-review: 5\n")
    found = [line["when"] for line in reviews(dated, "2026-11-22") if "when" in line]
    assert found == ["overdue", "later"]


def test_a_day_without_reviews_is_wrong_usage(dated: Book) -> None:
    ran = dated.run("list", "--as-of", "2026-11-22")
    assert (ran.code, "list --due --as-of DATE" in ran.err) == (2, True)


def test_list_as_json(dated: Book) -> None:
    lines = [json.loads(line) for line in dated.run("list", "--message-format", "json").said]
    series = [line for line in lines if line["type"] == "series"]
    assert [(s["id"], len(s["articles"]), s["errors"]) for s in series] == [
        ("moon", 2, False),
        ("sun", 1, False),
    ]
    handout = next(line for line in lines if line.get("path") == "moon/handouts/neap.pdf")
    assert (handout["series"], handout["fresh"], handout["reason"]) == ("moon", False, "new")
