"""Ledgers of editions for the model workspace, written as `release` writes them."""

from __future__ import annotations

import datetime

from handpress.series.ledger.editions import HEAD, Edition, EditionArticle, entry_text
from helpers.workspaces import Book

FOLDER = "sources/moon"
LEDGER = f"{FOLDER}/editions.yaml"
SETTINGS = f"{FOLDER}/series.yaml"


def edition(label: str, date: str, note: str = "", **articles: str) -> Edition:
    """Return an edition; each article is a kind of change, and a note for readers after a colon.

    An edition with an article of the kind `safety` is a safety correction.
    """
    number, _, revision = label.partition(".")
    found = {}
    for slug, said in articles.items():
        change, _, why = said.partition(": ")
        title = slug.replace("_", " ").title()
        found[slug.replace("_", "-")] = EditionArticle(title, change, 300, "0" * 64, why)
    return Edition(
        int(number),
        datetime.date.fromisoformat(date),
        int(revision or 0),
        note,
        any(article.change == "safety" for article in found.values()),
        articles=found,
    )


FOUR = (
    edition("1", "2024-03-02", "", neap="added", flood="added"),
    edition("2", "2025-03-02", "", neap="changed: Clearer.", flood="same", spring="added"),
    edition(
        "2.1", "2025-06-01", "", neap="safety: Wait 2 hours.", flood="same", spring="corrected"
    ),
    edition(
        "3", "2026-11-22", "One less.", spring="changed: Shorter.", neap="same", flood="removed"
    ),
)


def with_ledger(book: Book, *editions: Edition, folder: str = FOLDER) -> Book:
    """Give a series a ledger, and the number and date of its newest edition."""
    path = f"{folder}/series.yaml"
    newest = editions[-1]
    rows, given = book.read(path).splitlines(), ("edition:", "revision:", "date:")
    settings = [row for row in rows if not row.startswith(given)]
    settings += [f"edition: {newest.number}", f"date: {newest.date}"]
    settings += [f"revision: {newest.revision}"] if newest.revision else []
    book.write(path, "\n".join(settings) + "\n")
    book.write(f"{folder}/editions.yaml", HEAD + "".join(map(entry_text, editions)))
    return book
