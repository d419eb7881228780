"""A series with four editions: what the ledger has of each, and each made again with the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.editions import DATES, FALSE_CLOCK, LEDGER, SERIES, changes, commit, git
from helpers.workspaces import ROOT, Book, publish

ENDED = {
    "1": {"rest": "added", "strength": "added", "heat": "added"},
    "2": {"rest": "same", "strength": "changed", "heat": "same", "sleep": "added"},
    "2.1": {"rest": "same", "strength": "same", "heat": "safety", "sleep": "same"},
    "3": {"sleep": "same", "strength": "same", "heat": "same", "rest": "removed"},
}


@pytest.mark.parametrize("label", ENDED)
def test_the_changes_of_an_edition(editions: Book, label: str) -> None:
    assert list(changes(editions, label).items()) == list(ENDED[label].items())


def test_the_numbers_in_the_settings_follow(editions: Book) -> None:
    """A new edition has no revision any more; comments stay."""
    text = editions.read(SERIES)
    assert text.startswith("title: The Knee   # of one leg\n")
    assert f"edition: 3\ndate: {DATES['3']}\n" in text
    assert "revision" not in text


def test_a_sound_ledger_is_no_problem(editions: Book) -> None:
    ran = editions.run("check")
    assert "editions.yaml" not in ran.err
    assert ran.code == 0


def test_the_first_edition_has_a_tag(editions: Book) -> None:
    assert git(editions.root, "tag").split() == ["knee-1"]


@pytest.mark.parametrize("label", ENDED)
def test_an_edition_is_made_again_with_the_same_bytes(
    editions: Book, tmp_path: Path, label: str
) -> None:
    """In another time zone, by another clock, and with another order of sets."""
    (tmp_path / "sitecustomize.py").write_text(FALSE_CLOCK, encoding="utf-8")
    own = tmp_path / "temporary"  # by that clock, everybody's temporary files are old
    own.mkdir()
    env = {
        "TZ": "America/Adak",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(tmp_path),
        "TMPDIR": str(own),
    }
    ran = publish("verify", editions.root, "--edition", label, env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.said[-1].startswith("identical: ")


def test_an_old_edition_is_made_into_a_folder_of_its_own(editions: Book) -> None:
    """Nothing else in the output folder or the sources changes."""
    shutil.rmtree(editions.output / "knee/editions/2")
    before = editions.files()
    ran = editions.build("--edition", "2", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    page = editions.read("output/knee/editions/2/knee/index.html")
    assert "March 2027" in page
    assert "Rest the Knee" in page
    after = editions.files()
    assert before.items() <= after.items()
    assert {name.split("/")[2] for name in after.keys() - before.keys()} == {"2"}
    assert git(editions.root, "status", "--porcelain") == ""


def test_verify_names_a_changed_stylesheet_and_a_changed_font(
    editions: Book, tmp_path: Path
) -> None:
    """With another Handpress. The released files are still in the output folder, so the first place in each is known."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("handpress", "layouts", "publish.py"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, other / name)
    shutil.copytree(ROOT / "fonts", other / "fonts", ignore=shutil.ignore_patterns("spare*"))
    (other / "fonts/spare").symlink_to(ROOT / "fonts/spare")
    sheet = other / "layouts/styles/base.css"
    sheet.write_text(
        f"{sheet.read_text(encoding='utf-8')}\np {{ margin-top: 9px; }}\n", encoding="utf-8"
    )
    faces = other / "fonts/atkinson-hyperlegible-next"
    shutil.copy(
        faces / "AtkinsonHyperlegibleNext-Italic.ttf",
        faces / "AtkinsonHyperlegibleNext-Regular.ttf",
    )
    done = subprocess.run(
        [sys.executable, other / "publish.py", "verify", editions.root],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(other)},
    )
    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert "  stylesheets changed" in said
    assert "  fonts changed" in said
    assert "  templates changed" not in said
    assert "  knee/handouts/heat.pdf  first in page 1" in said


def test_a_ledger_edited_by_hand_stays_as_it_is(editions: Book) -> None:
    editions.edit(LEDGER, "note: Sleep is new.", "note: Sleep is old.")
    commit(editions.root, "Edit the ledger")
    before = editions.read(LEDGER)
    ran = editions.run("release", "--date", "2029-01-01")
    assert ran.code == 1
    assert "[edited-ledger]" in ran.err
    assert editions.read(LEDGER) == before
