"""Releases: what is refused, what an edition gets, and that nothing is left half done."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from handpress.core.files.workspace import find
from handpress.editions.ledger import Changed, append
from handpress.editions.release import Asked, prepare, record
from handpress.series.assemble import assemble
from handpress.series.ledger.editions import Edition, read_ledger
from helpers.editions import commit, git
from helpers.workspaces import ROOT, Book

LEDGER, SETTINGS, ARTICLE = "editions.yaml", "series.yaml", "tides.md"
TEXT = "# Tides\n\n" + "The sea comes in twice a day, and goes out twice a day. " * 10 + "\n"
DAY = ("--date", "2027-03-01")


@pytest.fixture
def sea(empty: Book) -> Book:
    """A committed series of one article, for the web alone, so that no press is needed."""
    git(empty.root, "init", "-q", "-b", "main")
    empty.write(".gitignore", "output/\n")
    empty.write(SETTINGS, "# ours\ntitle: Sea\nid: sea\nmedia: [web]\n")
    empty.write(ARTICLE, TEXT)
    commit(empty.root, "Write")
    return empty


def newest(book: Book) -> Edition:
    workspace = find(book.root)
    assert workspace is not None
    ledger, problems = read_ledger(workspace.disk, ".")
    assert (problems, ledger.newest is None) == ([], False)
    assert ledger.newest is not None
    return ledger.newest


def released(book: Book, *arguments: str) -> Edition:
    ran = book.run("release", *DAY, *arguments)
    assert (ran.code, ran.err) == (0, ""), ran
    return newest(book)


def recorded(book: Book, **asked: Any) -> Edition:
    """The edition of a release that made nothing: it is prepared and recorded."""
    workspace = find(book.root)
    assert workspace is not None
    with tempfile.TemporaryDirectory() as folder:
        asked = {"date": datetime.date(2027, 3, 1)} | asked
        draft = prepare(workspace, ".", Asked(**asked), Path(folder).resolve())
        assert record(workspace, draft, draft.edition)
    return newest(book)


def refused(book: Book, *arguments: str) -> str:
    """The reason and the help of a release that changes nothing."""
    before = git(book.root, "status", "--porcelain")
    ran = book.run("release", *DAY, *arguments)
    assert ran.code == 1
    assert git(book.root, "status", "--porcelain") == before
    return ran.err


def test_the_first_edition(sea: Book) -> None:
    edition = released(sea, "--note", "New.", "--note", "tides: Of the sea.")
    assert (edition.label, str(edition.date), edition.note) == ("1", "2027-03-01", "New.")
    assert [(a.change, a.note) for a in edition.articles.values()] == [("added", "Of the sea.")]
    assert edition.commit == git(sea.root, "rev-parse", "HEAD").strip()
    assert sea.read(SETTINGS).startswith("# ours\ntitle: Sea\n")
    assert sea.read(SETTINGS).endswith("edition: 1\ndate: 2027-03-01\n")
    assert (sea.output / "sea/editions/1/sea/index.html").is_file()


def test_numbers_that_the_settings_plan(sea: Book) -> None:
    sea.write(SETTINGS, "title: Sea\nid: sea\nmedia: [web]\nedition: 4\nrevision: 2\n")
    commit(sea.root, "Plan")
    assert recorded(sea).label == "4.2"
    commit(sea.root, "Release")
    assert recorded(sea, revision=True).label == "4.3"
    commit(sea.root, "Release")
    assert recorded(sea).label == "5"
    assert "revision" not in sea.read(SETTINGS)


def test_the_share_of_changed_words(sea: Book) -> None:
    recorded(sea)
    sea.write(ARTICLE, TEXT + "\n" + "It is the moon that does it. " * 2)
    commit(sea.root, "Add")
    ran = sea.run("release", *DAY, "--dry-run")
    assert "  changed    tides  145 words" in ran.said
    assert (
        "  10 % of the words changed, which makes it a revision (publishers draw the line at 15 to 20 %)"
        in ran.said
    )
    assert newest(sea).label == "1"


def test_a_second_edition_counts_no_warning_of_its_own_number(sea: Book) -> None:
    """The settings of its commit have the number of the edition before."""
    released(sea)
    commit(sea.root, "Release")
    sea.write(ARTICLE, TEXT + "\nIt is the moon that does it.\n")
    commit(sea.root, "Add")
    ran = sea.run("release", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "warning" not in ran.out
    again = sea.run("build", "--edition", "2")
    assert (again.code, again.err) == (0, "")
    assert "warning" not in again.out
    assert sea.run("verify").code == 0


def test_a_file_that_was_renamed_is_the_same_article(sea: Book) -> None:
    released(sea)
    commit(sea.root, "Release")
    (sea.root / ARTICLE).rename(sea.root / "high-water.md")
    commit(sea.root, "Rename")
    ran = sea.run("release", *DAY)
    assert ran.code == 0
    assert "  renamed    high-water  before: tides\n  0 % of the words changed" in ran.out
    assert newest(sea).renamed == {"high-water": "tides"}
    assert "throw away" not in sea.read("output/sea/editions/2/sea/index.html").lower()
    assert "tides" not in sea.run("list", "--affected-since", "1").said


def test_white_space_and_marks_are_no_change(sea: Book) -> None:
    recorded(sea)
    sea.write(ARTICLE, TEXT.replace(". ", ".\n").replace("twice", "*twice*"))
    commit(sea.root, "Wrap")
    assert [a.change for a in recorded(sea).articles.values()] == ["same"]


def test_the_article_that_a_safety_note_is_about(sea: Book) -> None:
    sea.write("waves.md", TEXT.replace("Tides", "Waves"))
    commit(sea.root, "Add")
    recorded(sea)
    sea.write(ARTICLE, TEXT + "Never swim alone.\n")
    sea.write("waves.md", TEXT.replace("Tides", "The waves"))
    commit(sea.root, "Warn")
    assert "`moon` did not change" in refused(sea, "--safety-of", "moon")
    edition = recorded(sea, safety=True, dangerous=("tides",))
    assert edition.safety
    assert {s: a.change for s, a in edition.articles.items()} == {
        "tides": "safety",
        "waves": "changed",
    }


# --- Refusals ----------------------------------------------------------------------------------


def test_uncommitted_sources_are_refused(sea: Book) -> None:
    """A changed file, a new one, and a deleted one; hidden files do not count."""
    sea.write(".ignored.md", TEXT)
    sea.write(ARTICLE, TEXT + "More.\n")
    assert "sources are not committed: `tides.md`" in refused(sea)
    commit(sea.root, "More")
    sea.write("moon.md", TEXT)
    assert "sources are not committed: `moon.md`" in refused(sea)
    (sea.root / "moon.md").unlink()
    (sea.root / ARTICLE).unlink()
    assert "`tides.md`" in refused(sea)


def test_only_line_ends_may_differ(sea: Book) -> None:
    """As git writes them on Windows."""
    sea.write(ARTICLE, TEXT.replace("\n", "\r\n"))
    assert recorded(sea).label == "1"


def test_warnings_are_refused_unless_allowed(sea: Book) -> None:
    sea.write(ARTICLE, TEXT + "See [the moon](moon.md).\n")
    commit(sea.root, "Link")
    said = refused(sea)
    assert "tides.md:4:16: warning: unknown article `moon.md` [unknown-article]" in said
    assert "help: fix them, or release with `--allow unknown-article`" in said
    assert recorded(sea, allowed=("unknown-article",)).label == "1"


def test_errors_are_always_refused(sea: Book) -> None:
    sea.write(SETTINGS, "title: [Sea\n")
    commit(sea.root, "Break")
    assert "[broken-yaml]" in refused(sea, "--allow", "broken-yaml")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--revision",), "no edition to revise"),
        (("--at", "HEAD~9"), "there is no commit `HEAD~9` here"),
        (("--at=--output=x",), "there is no commit `--output=x` here"),
        (("--note", "moon: Full."), "no article `moon` for its note"),
    ],
)
def test_what_cannot_be_meant(sea: Book, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused(sea, *arguments)


def test_a_date_before_the_last_edition_is_refused(sea: Book) -> None:
    recorded(sea)
    commit(sea.root, "Release")
    assert "with `--date`" in refused(sea, "--date", "2026-01-01")


def test_a_tag_that_exists_is_refused(sea: Book) -> None:
    git(sea.root, "tag", "sea-1")
    assert "the tag `sea-1` exists" in refused(sea, "--tag")


# --- The ledger survives -----------------------------------------------------------------------


def test_a_killed_release_leaves_the_old_state(sea: Book, tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "publish.py", "release", sea.root, *DAY]
    env = {**os.environ, "TMPDIR": str(tmp_path)}  # what it leaves in folders for temporary files
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=env) as process:
        assert process.stdout is not None
        assert next(line for line in process.stdout if line.startswith("made "))
        process.send_signal(signal.SIGKILL)
    assert git(sea.root, "status", "--porcelain") == ""
    assert released(sea).label == "1"


def test_between_the_ledger_and_the_settings_the_edition_is_there(sea: Book) -> None:
    """The moment after the ledger is in place, before `series.yaml` has the number."""
    sea.write(SETTINGS, "title: Sea\nid: sea\nmedia: [web]\nedition: 1\ndate: 2026-01-01\n")
    commit(sea.root, "Number")
    workspace = find(sea.root)
    assert workspace is not None
    ledger, _ = read_ledger(workspace.disk, ".")
    date = datetime.date(2027, 3, 1)
    append(workspace, ledger, Edition(2, date))
    series, problems = assemble(workspace, ".")
    assert (series.edition, series.date) == (2, date)
    assert {p.code for p in problems} == {"older-edition"}


def test_two_clones_that_release_get_a_conflict(sea: Book, tmp_path: Path) -> None:
    """Both editions are readable, one below the other, and `check` reports the conflict."""
    recorded(sea)
    commit(sea.root, "Release")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(sea.root), str(other))
    for root, note in ((sea.root, "Ours."), (other, "Theirs.")):
        (root / ARTICLE).write_text(f"{TEXT}{note}\n", encoding="utf-8")
        commit(root, note)
        recorded(replace(sea, root=root), note=note)
        commit(root, "Release")
    git(sea.root, "pull", "-q", "--no-rebase", "-X", "ours", str(other), "main", code=0)
    assert sea.run("check").code == 0
    git(sea.root, "reset", "-q", "--hard", "HEAD~1")
    git(sea.root, "pull", "-q", "--no-rebase", str(other), "main", code=1)
    text = sea.read(LEDGER)
    assert "<<<<<<< HEAD" in text
    assert text.index("note: Ours.") < text.index("note: Theirs.")
    assert f"{LEDGER}:" in sea.run("check").err
    assert "[conflict-marks]" in sea.run("check").err


def test_a_ledger_that_changes_meanwhile_is_not_overwritten(sea: Book) -> None:
    workspace = find(sea.root)
    assert workspace is not None
    ledger, _ = read_ledger(workspace.disk, ".")
    first = recorded(sea)
    with pytest.raises(Changed):
        append(workspace, ledger, first)
    assert newest(sea) == first


# --- Git ---------------------------------------------------------------------------------------


def test_older_editions_are_entered_from_commits(sea: Book) -> None:
    """With the dates that their settings had; the present sources may be uncommitted."""
    first = git(sea.root, "rev-parse", "HEAD").strip()
    sea.write(SETTINGS, "title: Sea\nid: sea\nmedia: [web]\nedition: 2\ndate: 2027-01-01\n")
    sea.write(ARTICLE, TEXT + "More.\n")
    second = commit(sea.root, "Second")
    sea.write(ARTICLE, TEXT + "Much more.\n")
    assert sea.run("release", "--at", first, *DAY).code == 0
    earlier = sea.run("release", "--at", second)
    assert "the edition before has a later date than 2027-01-01" in earlier.err
    ran = sea.run("release", "--at", second, "--date", "2027-03-02")
    assert ran.code == 0, ran
    assert (newest(sea).label, newest(sea).commit) == ("2", second)
    assert sea.run("verify", "--edition", "1").said[-1].startswith("identical: ")


def test_one_of_several_series_is_named(empty: Book) -> None:
    for name in ("sea", "moon"):
        empty.write(f"sources/{name}/series.yaml", f"title: {name}\nmedia: [web]\n")
        empty.write(f"sources/{name}/tides.md", TEXT)
    ran = empty.run("release", *DAY, "--dry-run")
    assert (ran.code, "name one of them: moon, sea" in ran.err) == (2, True)
    assert empty.run("release", "moon", *DAY, "--dry-run").said[0] == "moon: edition 1, 2027-03-01"
    said = empty.run("release", "sources/sea", *DAY, "--dry-run").said
    assert said[0] == "sea: edition 1, 2027-03-01"
    ran = empty.build("--series", "sea", "--edition", "1")
    assert "`sources/sea/editions.yaml` has no editions" in ran.err


def test_without_git_the_edition_cannot_be_made_again(empty: Book) -> None:
    empty.write(SETTINGS, "title: Sea\nid: sea\nmedia: [web]\n")
    empty.write(ARTICLE, TEXT)
    ran = empty.run("release", *DAY)
    assert (ran.code, ran.said[-1]) == (
        0,
        "the edition cannot be made again later: its sources are not in git",
    )
    ran = empty.run("verify")
    assert "its sources were not in git" in ran.err


def test_a_commit_that_is_missing_is_named(sea: Book, tmp_path: Path) -> None:
    recorded(sea)
    commit(sea.root, "Release")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{sea.root}", str(shallow))
    ran = replace(sea, root=shallow).run("verify")
    assert ran.code == 1
    assert "this clone is shallow: `git fetch --unshallow` gets its history" in ran.err


def test_no_program_that_a_repository_names_is_run(sea: Book, tmp_path: Path) -> None:
    """Hooks, filters, monitors and other tools of a repository that came from somebody else."""
    mark = tmp_path / "ran"
    tool = sea.root / ".git/tool"
    tool.write_text(f"#!/bin/sh\ntouch {json.dumps(str(mark))}\ncat\n", encoding="utf-8")
    tool.chmod(0o755)
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        (sea.root / ".git/hooks").mkdir(exist_ok=True)
        (sea.root / ".git/hooks" / hook).symlink_to(tool)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "filter.x.clean", "filter.x.smudge",
                "diff.x.textconv", "core.sshCommand", "gpg.program", "core.editor", "core.askPass",
                "core.alternateRefsCommand", "credential.helper"):  # fmt: skip
        git(sea.root, "config", key, str(tool))
    git(sea.root, "config", "tag.gpgSign", "true")
    (sea.root / ".git/info/attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    (sea.root / ARTICLE).touch()
    mark.unlink(missing_ok=True)
    assert released(sea, "--tag").label == "1"
    assert sea.run("verify").code == 0
    assert not mark.exists()
