"""The library of the desk: every handout with its facts, and the search that finds it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.desk.kept import FILE, Kept, load_kept, save_kept
from handpress.desk.library import Library, read_library, state
from handpress.desk.search import Found, Search, distance, entries
from helpers.workspaces import copy_sample

GERMAN = """---
title: Übungen für das Sprunggelenk
language: de
tags: [Knöchel, Gleichgewicht]
review_by: 2020-01-01
---

Stehen Sie auf einem Bein, an der Küchenzeile.

!!! exercise "Fersenheben"

    1. Heben Sie die Fersen.

    Sätze
    : 3
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clinic")
    copy_sample(root)
    (root / "sources/knoechel").mkdir()
    (root / "sources/knoechel/01-sprunggelenk.md").write_text(GERMAN, encoding="utf-8")
    (root / "sources/knoechel/series.yaml").write_text("levels: {missing-font: warning}\n")
    (root / "sources/knoechel/02-膝.md").write_text(
        "# 膝の体操\n\n毎日ゆっくり膝を伸ばします。\n", encoding="utf-8"
    )
    return root


@pytest.fixture(scope="module")
def library(workspace: Path) -> Library:
    found = find(workspace)
    assert found
    return read_library(found)


@pytest.fixture(scope="module")
def search(library: Library) -> Search:
    return Search(entries(library.handouts.values()))


def test_the_library_has_the_handouts_of_every_series(library: Library) -> None:
    assert [*library.handouts][:4] == [
        "fascia-remedy/splints-braces-boots",
        "fascia-remedy/strengthen-your-glutes",
        "fascia-remedy/cortisone-shots",
        "knoechel/sprunggelenk",
    ]
    ankle = library.handouts["knoechel/sprunggelenk"]
    assert (ankle.title, ankle.language, ankle.exercises) == (
        "Übungen für das Sprunggelenk", "de", (("sprunggelenk--fersenheben", "Fersenheben"),),
    )  # fmt: skip
    assert library.languages == ("de", "en")
    assert ankle.overdue(datetime.date(2020, 1, 2))
    assert not ankle.overdue(datetime.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("cortisone", "fascia-remedy/cortisone-shots"),
        ("cortizone shot", "fascia-remedy/cortisone-shots"),
        ("corit", "fascia-remedy/cortisone-shots"),  # half typed, two letters swapped
        ("GLUTES", "fascia-remedy/strengthen-your-glutes"),
        ("stregnthen gluts", "fascia-remedy/strengthen-your-glutes"),
        ("chair sqaut", "fascia-remedy/strengthen-your-glutes"),  # an exercise
        ("ubungen", "knoechel/sprunggelenk"),
        ("KNOCHEL", "knoechel/sprunggelenk"),  # a tag
        ("kuchenzeile", "knoechel/sprunggelenk"),
        ("伸ば", "knoechel/" + "x"),
    ],
)
def test_a_question_finds_the_handout(search: Search, question: str, first: str) -> None:
    answer = search.find(question)
    assert answer
    assert answer.all_words
    found = answer.keys
    if first.endswith("/x"):
        assert len(found) == 1
        assert found[0].startswith("knoechel/")
    else:
        assert found[:1] == (first,)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("my back hurts", "fascia-remedy/strengthen-your-glutes"),
        ("lower back ache when I get up from a chair", "fascia-remedy/strengthen-your-glutes"),
        ("offered a steroid jab", "fascia-remedy/cortisone-shots"),
        ("they put my ankle in a boot", "fascia-remedy/splints-braces-boots"),
        ("Mein Knöchel ist instabil", "knoechel/sprunggelenk"),
    ],
)
def test_a_complaint_in_own_words_finds_the_nearest(
    search: Search, question: str, first: str
) -> None:
    answer = search.find(question)
    assert answer
    assert answer.keys[0] == first
    assert not answer.all_words


@pytest.mark.parametrize("question", ["zzzzz", 'xq" OR zqj:*', "xqj a", "'; ZZQDROP ZZQTABLE;--zz"])
def test_a_question_without_an_answer_finds_nothing(search: Search, question: str) -> None:
    assert search.find(question) == Found((), all_words=False)


@pytest.mark.parametrize("question", ["", "  ", '"*()', "-"])
def test_no_words_are_no_question(search: Search, question: str) -> None:
    assert search.find(question) is None


def test_a_long_question_is_cut(search: Search) -> None:
    assert search.find("glutes " * 100_000)


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [("squat", "squat", 0), ("sqaut", "squat", 1), ("knee", "knees", 1), ("abcd", "wxyz", 3)],
)
def test_the_distance_counts_changes_up_to_a_limit(one: str, other: str, changes: int) -> None:
    assert distance(one, other, 2) == changes


def test_the_state_changes_with_a_file_and_not_with_the_output(workspace: Path) -> None:
    found = find(workspace)
    assert found
    before = state(found)
    (workspace / "output").mkdir()
    (workspace / "output/index.html").write_text("made")
    assert state(found) == before
    (workspace / "sources/knoechel/03-new.md").write_text("# New\n\nText.\n")
    assert state(found) != before
    (workspace / "sources/knoechel/03-new.md").unlink()


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = Kept().with_favourite("a/b", liked=True).with_set("Knie, Woche 1", ["a/b", "a/c"])
    kept = kept.with_printed(["a/c"]).with_printed(["a/b"])
    save_kept(tmp_path, kept)
    assert load_kept(tmp_path) == (kept, "")
    assert (tmp_path / FILE).read_text(encoding="utf-8").splitlines()[2:] == [
        "favourites:", "- a/b", "sets:", "  Knie, Woche 1:", "  - a/b", "  - a/c", "recent:", "- a/b", "- a/c",
    ]  # fmt: skip
    assert kept.with_favourite("a/b", liked=False).with_set("Knie, Woche 1", []) == Kept(
        recent=("a/b", "a/c")
    )


@pytest.mark.parametrize(
    "text", ["favourites: 3", "{", "sets: [a]", "x: !!python/object/apply:os.system [ls]"]
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    kept, aside = load_kept(tmp_path)
    assert kept == Kept()
    assert (tmp_path / aside).read_text() == text
