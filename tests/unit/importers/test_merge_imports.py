"""Merging: a later import changes only the lines that the author left as they were."""

from __future__ import annotations

from handpress.importers.merge import merge

BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_both_changes_are_kept() -> None:
    found = merge(BASE, BASE.replace("one", "ONE"), BASE.replace("five", "FIVE"))
    assert found == ("ONE\ntwo\nthree\nfour\nFIVE\n", 0)


def test_the_same_change_is_made_once() -> None:
    changed = BASE.replace("three", "THREE")
    assert merge(BASE, changed, changed) == (changed, 0)


def test_a_conflict_has_both() -> None:
    found = merge(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"))
    assert found.conflicts == 1
    assert found.text == (
        "one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> imported\nthree\nfour\nfive\n"
    )


def test_added_and_deleted_lines() -> None:
    found = merge(BASE, BASE + "six\n", BASE.replace("two\n", ""))
    assert found == ("one\nthree\nfour\nfive\nsix\n", 0)


def test_a_missing_line_end_is_not_a_change() -> None:
    assert merge("a\nb", "a\nb\nc", "A\nb\n").text == "A\nb\nc\n"
