"""The ledger of editions: what is written is read again, and nothing damaged is taken for an edition."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from handpress.core.files.source import Source
from handpress.core.files.workspace import find
from handpress.series.assemble import assemble
from handpress.series.ledger.editions import HEAD, Edition, EditionArticle, editions_in, entry_text

HASH, OTHER = "ab" * 32, "12" * 32
ARTICLE = EditionArticle("Rest: when, and when not", "added", 812, HASH, "Newly written.")
FIRST = Edition(
    1,
    datetime.date(2026, 11, 22),
    note="The first: three articles.",
    articles={"rest": ARTICLE},
    artefacts={"sea/sea.epub": OTHER},
    made_with={"WeasyPrint": "70.0", "Pango": "1.50"},
)
SECOND = replace(
    FIRST,
    number=2,
    revision=1,
    date=datetime.date(2027, 3, 1),
    note="",
    safety=True,
    commit="c" * 40,
    articles={"rest": replace(ARTICLE, change="safety", note=""), "sleep": ARTICLE},
)
TEXT = HEAD + entry_text(FIRST) + entry_text(SECOND)


def read(text: str) -> tuple[tuple[Edition, ...], list[tuple[str, int, str]]]:
    editions, problems = editions_in(Source("editions.yaml", text))
    return editions, [(p.code, p.place.line, p.why) for p in problems]


def test_what_is_written_is_read_again() -> None:
    assert read(TEXT) == ((FIRST, SECOND), [])


def test_a_new_edition_only_adds_lines_at_the_end() -> None:
    assert TEXT.startswith(HEAD + entry_text(FIRST))


def test_each_fact_has_its_own_line() -> None:
    """Git compares and merges lines."""
    assert f"  date: {FIRST.date}\n  note: 'The first: three articles.'\n" in entry_text(FIRST)
    assert f"    sea/sea.epub: '{OTHER}'\n" in entry_text(FIRST)


def test_labels_and_order() -> None:
    assert (FIRST.label, SECOND.label) == ("1", "2.1")
    assert FIRST.position < SECOND.position


def test_no_cut_goes_unnoticed() -> None:
    """At the end of an edition the file is what it was before the next one was released."""
    whole = len(HEAD + entry_text(FIRST).rstrip("\n"))
    for end in range(len(TEXT.rstrip("\n"))):
        editions, problems = editions_in(Source("editions.yaml", TEXT[:end]))
        assert problems or (editions == (FIRST,) and not TEXT[whole:end].strip()), TEXT[
            end - 30 : end
        ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("note: Newly written.", "note: Rewritten.", ("edited-ledger", 5)),
        ("words: 812", "words: many", ("broken-ledger", 12)),
        ("words: 812", "worsd: 812", ("broken-ledger", 12)),
        ("change: added", "change: bettered", ("broken-ledger", 11)),
        (f"hash: {HASH}", "hash: 9", ("broken-ledger", 13)),
        ("sea/sea.epub", "../sea.epub", ("broken-ledger", 16)),
        ("version: 1", "version: 2", ("newer-ledger", 2)),
        ("version: 1", "version: 0", ("broken-ledger", 2)),
        ("edition: 2\n  revision: 1", "edition: 1", ("broken-ledger", 22)),
        ("editions:\n", "edtions:\n", ("broken-ledger", 3)),
        ("editions:\n", "editions: none\nmore:\n", ("broken-ledger", 3)),
    ],
)  # fmt: skip
def test_an_edited_ledger_is_a_problem(old: str, new: str, expected: tuple[str, int]) -> None:
    assert old in TEXT
    assert [found[:2] for found in read(TEXT.replace(old, new, 1))[1]] == [expected]


def test_an_edition_edited_by_hand_is_still_read() -> None:
    editions, _ = read(TEXT.replace("Newly written.", "Rewritten.", 1))
    assert editions[0].articles["rest"].note == "Rewritten."
    assert editions[1] == SECOND


def test_a_later_version_may_have_other_keys() -> None:
    text = TEXT.replace("version: 1", "version: 3\nfeeds: []", 1)
    assert read(text) == (
        (),
        [("newer-ledger", 2, "its version is 3, and the newest known one is 1")],
    )


def test_conflict_marks() -> None:
    mine, theirs = entry_text(SECOND), entry_text(replace(SECOND, note="Theirs."))
    text = f"{HEAD}{entry_text(FIRST)}<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> other\n"
    editions, problems = read(text)
    assert editions == ()
    assert [(code, text.splitlines()[line - 1]) for code, line, _ in problems] == [
        ("conflict-marks", "<<<<<<< HEAD")
    ]


def test_a_title_underlined_with_equals_signs_is_no_conflict() -> None:
    noted = replace(FIRST, note="======= a note")
    assert read(HEAD + entry_text(noted)) == ((noted,), [])


def workspace_with(folder: Path, settings: str, *editions: Edition) -> Path:
    (folder / "rest.md").write_text("# Rest\n\nRest a while.\n", encoding="utf-8")
    (folder / "series.yaml").write_text(settings, encoding="utf-8")
    if editions:
        text = HEAD + "".join(map(entry_text, editions))
        (folder / "editions.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("settings", "position", "date", "codes"),
    [
        ("", (2, 1), SECOND.date, []),
        ("edition: 2\nrevision: 1\ndate: 2027-03-01", (2, 1), SECOND.date, []),
        ("edition: 1\ndate: 2026-11-22", (2, 1), SECOND.date, ["older-edition"] * 2),
        ("edition: 3\ndate: 2028-01-01", (3, 0), datetime.date(2028, 1, 1), []),
        ("edition: 2\nrevision: 2", (2, 2), None, []),
    ],
)
def test_the_newest_edition_counts_until_a_later_one_is_planned(
    tmp_path: Path,
    settings: str,
    position: tuple[int, int],
    date: datetime.date | None,
    codes: list[str],
) -> None:
    found = find(workspace_with(tmp_path, f"title: Sea\n{settings}\n", FIRST, SECOND))
    assert found is not None
    series, problems = assemble(found, ".")
    assert (series.edition, series.revision, series.date) == (*position, date)
    assert [p.code for p in problems] == codes
    assert series.editions == (FIRST, SECOND)
    assert "editions.yaml" in series.digests


def test_a_series_without_a_ledger(tmp_path: Path) -> None:
    found = find(workspace_with(tmp_path, "edition: 3\nrevision: 2\n"))
    assert found is not None
    series, problems = assemble(found, ".")
    assert (series.edition, series.revision, series.editions, problems) == (3, 2, (), [])
