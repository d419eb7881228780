"""``handpress diff``: editions, commits and the files as they are now, in the terminal, as JSON and as a page."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from helpers.editions import commit, git
from helpers.ledgers import edition, with_ledger
from helpers.local_servers import violations
from helpers.workspaces import Book

NEAP, SPRING = "sources/moon/01-neap.md", "sources/moon/02-spring.md"


@pytest.fixture
def edited(book: Book) -> Book:
    """The model workspace in git, with an edition, a changed and a new article."""
    git(book.root, "init", "-q")
    first = commit(book.root, "Text")
    book.edit(SPRING, "At full and at new moon.", "At full and at new moon, twice a month.")
    book.write("sources/moon/03-ebb.md", "# Ebb\n\nIt goes out. Then it waits.\n")
    released = edition("1", "2026-11-22", neap="added", spring="added")
    return with_ledger(book, replace(released, commit=first))


def test_an_edition_is_compared_with_the_files_as_they_are(edited: Book) -> None:
    ran = edited.run("diff", "1")
    assert (ran.code, ran.err) == (0, "")
    assert ran.said == [
        "moon: edition 1 → the files as they are now, 2 articles differ",
        "",
        "Spring Tides  (1 changed)",
        "  changed  At full and at new moon{+, twice a month+}.",
        "",
        "Ebb  (new, 3 sentences)",
    ]


def test_two_commits_are_compared_in_another_folder(
    edited: Book, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit(edited.root, "More text")
    elsewhere = replace(edited, root=tmp_path_factory.mktemp("elsewhere"))
    ran = elsewhere.run("diff", "HEAD~1", "HEAD", str(edited.root))
    assert "  changed  At full and at new moon{+, twice a month+}." in ran.said
    assert elsewhere.run("diff", "HEAD", str(edited.root)).said == [
        "moon: HEAD → the files as they are now, no differences"
    ]


def test_editions_of_a_ledger_are_compared(editions: Book) -> None:
    """With an article of each kind: changed, new, made safe, removed, and in another place."""
    assert editions.run("diff", "1", "2").said == [
        "knee: edition 1 → edition 2, 2 articles differ",
        "",
        "Strengthen the Knee  (1 changed, 1 added)",
        "  changed  Stand up from a chair ten times{+, slowly+}.",
        "    added  {+Stop if it hurts.+}",
        "",
        "Sleep and the Knee  (new, 3 sentences)",
    ]
    assert (
        "  changed  Put a warm pad on it for [-sixty-]{+fifteen+} minutes."
        in editions.run("diff", "2", "2.1").said
    )
    moved = editions.run("diff", "2.1", "3").said
    assert "Sleep and the Knee  (moved from 4 to 1)" in moved
    assert "Rest the Knee  (removed, 3 sentences)" in moved
    assert editions.run("diff", "3").said == [
        "knee: edition 3 → the files as they are now, no differences"
    ]


def test_differences_as_json(edited: Book) -> None:
    lines = [json.loads(line) for line in edited.run("diff", "1", "--message-format", "json").said]
    assert [(line["article"], line["change"]) for line in lines] == [
        ("spring", "changed"),
        ("ebb", "added"),
    ]
    (sentence,) = lines[0]["sentences"]
    assert "".join(text for state, text in sentence["pieces"] if state != "old") == (
        "At full and at new moon, twice a month."
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("7",), "moon has no edition 7 in its ledger"),
        (("no-such-tag",), "there is no commit `no-such-tag` here"),
        (("1", "--series", "sun"), "there is no series `sun`"),
    ],
)
def test_what_is_not_there_is_wrong_usage(
    edited: Book, arguments: tuple[str, ...], reason: str
) -> None:
    ran = edited.run("diff", *arguments)
    assert (ran.code, reason in ran.err) == (2, True), ran.err


def test_series_without_an_edition_are_left_out(edited: Book) -> None:
    edited.write("sources/sun/01-noon.md", "# Noon\n\nIt is high.\n")
    heads = [line for line in edited.run("diff", "1").said if " → " in line]
    assert heads == ["moon: edition 1 → the files as they are now, 2 articles differ"]


def test_a_folder_without_git_has_no_older_text(book: Book) -> None:
    ran = book.run("diff", "HEAD")
    assert (ran.code, "no git repository" in ran.err) == (2, True), ran.err


def test_the_page_has_marked_sentences_and_pages_and_nothing_wrong(
    edited: Book, browser: Browser
) -> None:
    """By axe-core, on a phone in light and dark; it loads nothing, and the marks are on the printed words."""
    file = edited.root / "diff.html"
    ran = edited.run("diff", "1", "--html", str(file))
    assert ran.code == 0, ran.err
    html = file.read_text(encoding="utf-8")
    assert '<ins><span class="unseen">[new: </span>' in html
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", html)
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(file.as_uri())
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".spread").count() >= 2
        boxes = [page.locator(".mark").nth(n).bounding_box() for n in range(2)]
        sheet = page.locator(".sheet").first.bounding_box()
        assert sheet
        for box in boxes:
            assert box
            assert 0 < box["height"] < 0.05 * sheet["height"]
        context.close()
