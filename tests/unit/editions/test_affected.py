"""``list --affected-since``: the handouts to reprint, safety corrections first."""

from __future__ import annotations

import json

from helpers.ledgers import FOUR, with_ledger
from helpers.workspaces import Book


def test_handouts_that_changed_since_an_edition_are_listed(book: Book) -> None:
    ran = with_ledger(book, *FOUR).run("list", "--affected-since", "1")
    assert (ran.code, ran.err) == (0, "")
    assert ran.said == [
        "handouts to reprint since edition 1 of moon: 2",
        "  safety     Neap  (moon/handouts/neap.pdf)",
        "             copies printed before 2025-06-01",
        "             Clearer.",
        "             Wait 2 hours.",
        "  removed    Flood  (moon: no longer published)",
        "             copies printed before 2026-11-22",
    ]


def test_affected_handouts_as_json(book: Book) -> None:
    with_ledger(book, *FOUR)
    ran = book.run("list", "--affected-since", "2.1", "--message-format", "json")
    lines = [json.loads(line) for line in ran.said]
    assert [(line["article"], line["change"], line["safety"]) for line in lines] == [
        ("spring", "changed", False),
        ("flood", "removed", False),
    ]
    assert lines[0]["paths"] == ["moon/handouts/spring.pdf"]


def test_an_edition_that_no_series_has_is_wrong_usage(book: Book) -> None:
    ran = with_ledger(book, *FOUR).run("list", "--affected-since", "9")
    assert (ran.code, "no series has an edition 9" in ran.err) == (2, True)
