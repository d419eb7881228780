"""The pages `docs/add-a-*.md`: their code, applied exactly as it is printed to a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from helpers.workspaces import ROOT, Ran, timeless

COPIED = (
    "handpress",
    "layouts",
    "fonts",
    "tests",
    "publish.py",
    "pyproject.toml",
    "README.md",
    "docs",
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "tools")


class Fence(NamedTuple):
    """A block of code: its language, the file that it is ("" for none) and its text."""

    language: str
    path: str
    text: str

    @property
    def written(self) -> bool:
        """Whether it is a file of an author's workspace, and not of the project."""
        return self.path.startswith("sources/")


@dataclass(frozen=True)
class Page:
    """A page and its blocks of code."""

    text: str
    fences: tuple[Fence, ...]

    @property
    def files(self) -> Mapping[str, str]:
        """The text of each file that the page has whole."""
        return {f.path: f.text for f in self.fences if f.path}

    @property
    def diffs(self) -> tuple[str, ...]:
        return tuple(f.text for f in self.fences if f.language == "diff")

    @property
    def tests(self) -> list[str]:
        """The files of tests that the page runs."""
        (files,) = re.findall(r"-m pytest (.*)", self.text)
        return str(files).split()


def page(name: str) -> Page:
    """Read ``docs/NAME.md``."""
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", text, re.M | re.S)
    return Page(text, tuple(Fence(*parts) for parts in found))


@dataclass(frozen=True)
class Project:
    """A copy of the project, and an author's workspace in it."""

    root: Path
    workspace: Path

    def write(self, folder: Path, path: str, text: str) -> None:
        """Write a new file."""
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        assert not file.exists(), file
        file.write_text(text, encoding="utf-8")

    def apply(self, page: Page) -> None:
        """Do what the page says: write its files and apply its diffs, in order."""
        for fence in page.fences:
            if fence.language == "diff":
                self._patch(fence.text)
            elif fence.path:
                self.write(self.workspace if fence.written else self.root, fence.path, fence.text)

    def _patch(self, diff: str) -> None:
        """Apply a diff whose hunks have no numbers: the lines that a hunk replaces are in its file once."""
        old, new, *lines = diff.splitlines(keepends=True)
        assert old.removeprefix("--- a/") == new.removeprefix("+++ b/")
        file = self.root / new.removeprefix("+++ b/").strip()
        for hunk in "".join(lines).split("@@\n")[1:]:
            marked = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in marked if line[0] in " -")
            after = "".join(line[1:] for line in marked if line[0] in " +")
            text = file.read_text(encoding="utf-8")
            assert text.count(before) == 1, before
            file.write_text(text.replace(before, after), encoding="utf-8")

    def publish(self, *arguments: str | Path) -> Ran:
        """``python publish.py …`` by the code of the copy."""
        return self._run("publish.py", *arguments)

    def pytest(self, *arguments: str) -> Ran:
        """Run the tests of the copy."""
        return self._run("-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-rA", *arguments)

    def _run(self, *arguments: str | Path) -> Ran:
        done = subprocess.run(
            [sys.executable, "-P", *map(str, arguments)],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root)},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        return Ran(done.returncode, timeless(done.stdout), timeless(done.stderr))


def copied(root: Path, name: str) -> Project:
    """Copy the project to `root`, and name the workspace in it."""
    for part in COPIED:
        there = ROOT / part
        if there.is_dir():
            shutil.copytree(there, root / part, ignore=LEFT_OUT)
        else:
            shutil.copy(there, root / part)
    return Project(root, root / name)
