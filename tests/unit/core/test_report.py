"""Messages for people: those of one kind are one, with the places of the others."""

from __future__ import annotations

import json

from handpress.core.problems.problem import Place, Problem, problem
from handpress.core.problems.report import as_json, gathered, human, short, summary


def missing(*places: str) -> list[Problem]:
    """A missing picture at each place ``path:line``, of another file each time."""
    found = []
    for number, place in enumerate(places):
        path, _, line = place.partition(":")
        at = Place(path, int(line), 1, 1, "x")
        found.append(problem("missing-picture", at, file=f"{number}.png"))
    return found


def last_line(*places: str) -> str:
    ((first, *others),) = gathered(missing(*places))
    return human(first, others).splitlines()[-1]


def test_one_message_is_as_ever() -> None:
    (found,) = missing("a.md:1")
    assert gathered([found]) == [[found]]
    assert human(found).splitlines()[-1].startswith("  = help: ")


def test_the_other_places_are_below() -> None:
    assert last_line("a.md:1", "b.md:3", "c.md:7").startswith("  = also in b.md:3, c.md:7")
    assert last_line("a.md:12", "b.md:3").startswith("   = also in b.md:3")


def test_most_places_are_only_counted() -> None:
    said = last_line("a.md:1", *(f"b.md:{n}" for n in range(1, 16)))
    assert said == "  = also in b.md:1, b.md:2, b.md:3 and 12 more; --all shows each"


def test_a_line_is_named_once() -> None:
    """Two on the line of the first, and two on another."""
    said = last_line("a.md:1", "a.md:1", "b.md:3", "b.md:3")
    assert said == "  = also in b.md:3 and 1 more; --all shows each"
    assert last_line("a.md:1", "a.md:1") == "  = also 1 more; --all shows each"


def test_many_kinds_of_one_code_are_six_messages() -> None:
    """A folder of notes has links to many that do not exist."""
    found = [
        problem("unknown-article", Place("a.md", n), file=f"note-{n}.md") for n in range(1, 21)
    ]
    *alone, (first, *others) = gathered([*found, found[0]])
    assert [len(group) for group in alone] == [2, 1, 1, 1, 1]
    assert (first, others) == (found[5], found[6:])
    said = human(first, others).splitlines()[-1]
    assert said == "  = others like it in a.md:7, a.md:8, a.md:9 and 11 more; --all shows each"
    assert summary(found).endswith("of 6 kinds")


def test_gathered_problems_are_one_message_whatever_their_facts() -> None:
    """In a folder of another program, each article has other keys. A misspelt one is apart."""
    found = [
        problem("unknown-key", Place(f"{key}.md", 2), key=f"key `{key}`", reason="r", example="e")
        for key in "abc"
    ]
    misspelt = problem(
        "unknown-key", Place("d.md"), meant="title", key="`titel`", reason="r", example=""
    )
    assert gathered([misspelt, *found]) == [[misspelt], found]
    said = human(found[0], found[1:]).splitlines()
    assert (said[0], said[-1]) == (
        "a.md:2:1: warning: unknown key `a` [unknown-key]",
        "  = also in b.md:2, c.md:2; --all shows each",
    )


def test_errors_are_each_a_message_however_many_kinds() -> None:
    found = [
        p._replace(severity="error", what=f"{p.what} {n}")
        for n, p in enumerate(missing(*(f"a.md:{n}" for n in range(1, 10))))
    ]
    assert len(gathered(found)) == 9


def test_all_is_offered_only_if_it_shows_more() -> None:
    same = [problem("missing-alt", Place(p, 1)) for p in ("a.md", "b.md")]
    assert human(same[0], same[1:]).splitlines()[-1] == "  = also in b.md:1"


def test_what_has_another_cause_is_another_message() -> None:
    at = Place("a.md")
    found = [
        *missing("a.md:1", "b.md:2"),
        problem("broken-picture", at, reason="TIFF pictures are not supported"),
        problem("broken-picture", at, reason="its data is damaged"),
        problem("unknown-article", at, file="x.md"),
        problem("unknown-article", at, file="y.md"),
        problem("unknown-article", at, "z.md", file="y.md"),  # with a guess
    ]
    assert [len(group) for group in gathered(found)] == [2, 1, 1, 1, 1, 1]


def test_an_error_and_a_warning_are_not_missing() -> None:
    (found,) = missing("a.md:1")
    assert len(gathered([found, found._replace(severity="error")])) == 2


def test_the_last_line_counts_messages_and_kinds() -> None:
    found = missing("a.md:1", "b.md:2", "b.md:3")
    assert summary(found) == "3 warnings in 2 files, of 1 kind"
    assert summary(found[:1]) == "1 warning in 1 file"


def test_programs_get_each_message() -> None:
    """Their formats show a problem alone, and nothing of its group."""
    (found,) = missing("a.md:1")
    assert "also" not in short(found)
    assert "cause" not in json.loads(as_json(found))
