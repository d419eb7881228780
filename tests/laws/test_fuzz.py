"""The fuzzer: it runs, a seed gives the same files each time, and each of its laws can be broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import fuzz
from helpers import random_sources as sources
from helpers.watched import forked
from helpers.workspaces import ROOT


@pytest.mark.parametrize(
    ("what", "count", "seed"), [("workspaces", 3, 3), ("reader", 150, 0), ("pictures", 30, 1)]
)
def test_a_few_seeds_break_no_law(what: str, count: int, seed: int) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests/fuzz.py", what, f"--count={count}", f"--seed={seed}"],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (0, f"{count} {what}, 0 kinds of findings\n"), done


@pytest.mark.parametrize("make", [sources.workspace, sources.text, sources.picture])
def test_a_seed_gives_the_same_files(make: object) -> None:
    assert callable(make)
    for seed in range(50):
        assert make(Random(seed)) == make(Random(seed))


def kinds(tmp_path: Path, work: object) -> list[str]:
    """The findings of a command that does `work` in a case's folder."""
    case = tmp_path / "case"
    for name in ("workspace/output", "tmp", "outside"):
        (case / name).mkdir(parents=True)
    (case / "outside/secret.md").write_text("secret")

    def command() -> int:
        assert callable(work)
        work()
        return 0

    return [found.kind for found in forked(case, command, cpu=1).broken]


def spin() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        (lambda: open("outside/secret.md").close(), "outside: open: /outside/secret.md"),
        (lambda: open("workspace/x", "w").close(), "outside: open to write: /workspace/x"),
        (lambda: os.remove(os.path.abspath("outside/secret.md")), "outside: os.remove: /outside/secret.md"),
        (lambda: subprocess.run(["true"]), "outside: subprocess.Popen: true"),
        (spin, "hang: cpu"),
    ],
    ids=["read", "write", "remove", "process", "spin"],
)  # fmt: skip
def test_what_may_not_be_done_is_found(work: object, kind: str, tmp_path: Path) -> None:
    assert kinds(tmp_path, work) == [kind]


def test_what_may_be_done_is_not_found(tmp_path: Path) -> None:
    def work() -> None:
        Path("workspace/output/x").write_text("x")
        Path("tmp/x").write_text("x")
        Path("tmp/x").unlink()
        list(Path("workspace").iterdir())

    assert kinds(tmp_path, work) == []


def test_a_lost_word_is_found_unless_its_block_is_named() -> None:
    source = "---\ntitle: mw0e\n---\nmw1e\n\nmw2e\nmw3e\n\nmw4e\n"
    said = [{"line": 7}]
    assert list(fuzz.missing(source, {"mw4e"}, said)) == ["line 4: mw1e"]


def test_a_finding_is_made_small() -> None:
    """Of three files and many lines those are left that break the law."""

    def case(_seed: int, files: sources.Files | None) -> list[fuzz.Finding]:
        entry = (files or {}).get("b.md", b"")
        assert isinstance(entry, bytes)
        return [fuzz.Finding("kind", "")] if b"bad" in entry else []

    files: sources.Files = {"a.md": b"x", "b.md": b"one\ntwo is bad\n" * 9, "c": sources.Link("a")}
    assert fuzz.smallest(case, 1, files, "kind") == {"b.md": b"bad"}
