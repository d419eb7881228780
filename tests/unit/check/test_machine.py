"""`doctor`: what a machine has and lacks, and what it says where hardly anything works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handpress.check.machine import SYSTEMS, THINGS, Thing
from helpers.workspaces import ROOT, Book


def doctor(*python: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "handpress", "doctor"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.name)
def test_a_thing_has_a_purpose_and_a_command(thing: Thing) -> None:
    assert thing.purpose[0].islower()
    assert all(thing.command(platform) for platform in SYSTEMS)
    assert sum(thing.name == other.name for other in THINGS) == 1


def test_a_machine_that_can_build(book: Book) -> None:
    """The one that runs the tests: it lacks nothing that a build needs."""
    ran = book.run("doctor")
    assert ran.code == 0
    assert ran.said[-1].startswith("ready to build")
    for thing in THINGS:
        assert re.search(
            rf"^(yes|no )  {re.escape(thing.name)} .*{re.escape(thing.purpose)}$", ran.out, re.M
        )
    assert re.search(r"^yes  Pango 1\.\d+\.\d+ ", ran.out, re.M)


def test_a_machine_without_any_package() -> None:
    """Only the standard library, and no program on the path."""
    ran = doctor("-S", PATH="")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.endswith("a build needs what is missing: Python packages, WeasyPrint\n")
    assert re.search(r"^no   git +keeps the .*\n     not installed: \S+", ran.stdout, re.M)
    assert "lacking babel, cssselect2," in ran.stdout


def test_the_reason_why_the_press_cannot_be_imported(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libgobject')\n")
    ran = doctor(PYTHONPATH=str(tmp_path))
    assert ran.returncode == 1
    assert "cannot be imported (cannot load library libgobject): make -C " in ran.stdout
    assert "missing: WeasyPrint\n" in ran.stdout


def test_a_program_that_is_too_old(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_312\"' >&2\n")
    java.chmod(0o755)
    ran = doctor(PATH=f"{tmp_path}:/bin")
    assert ran.returncode == 0
    assert "1.8.0 is too old, EPUBCheck needs 11.0 or newer" in ran.stdout
