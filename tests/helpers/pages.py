"""The pages `docs/add-a-*.md`: their code, applied exactly as it is printed to a copy of the project."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from helpers import cases
from helpers.workspaces import ROOT, Ran, timeless


class Fence(NamedTuple):
    """A block of code: its language, its title, which is the file that it is ("" for none), and its text."""

    language: str
    path: str
    text: str

    @property
    def written(self) -> bool:
        """Whether it is a file of an author's workspace, and not of the project."""
        return self.path.startswith("sources/")


class Page(Struct, frozen=True):
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
    def commands(self) -> list[str]:
        """The commands that the page runs in the project, in order: checks and tests."""
        lines = "".join(f.text for f in self.fences if f.language == "sh").splitlines()
        return [line for line in lines if line.startswith(".venv/bin/")]


def page(name: str) -> Page:
    """Read ``docs/NAME.md``."""
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)(?: (?:title=\")?([^\s\"]+)\"?)?\n(.*?)^```$", text, re.M | re.S)
    return Page(text, tuple(Fence(*parts) for parts in found))


class Project(Struct, frozen=True):
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
        """Follow the page: write its files and apply its diffs, in order."""
        for fence in page.fences:
            if fence.language == "diff":
                cases.apply(fence.text, self.root)
            elif fence.path:
                self.write(self.workspace if fence.written else self.root, fence.path, fence.text)

    def publish(self, *arguments: str | Path) -> Ran:
        """``python publish.py …`` by the code of the copy."""
        return self._run("publish.py", *arguments)

    def follow(self, page: Page) -> str:
        """Run the commands of the page, which all succeed, and return what they say."""
        said = ""
        for command in page.commands:
            ran = self._done(command.replace(".venv/bin/", f"{Path(sys.executable).parent}/"))
            assert ran.code == 0, f"{command}\n{ran.out}{ran.err}"
            said += ran.out
        return said

    def _run(self, *arguments: str | Path) -> Ran:
        return self._done(shlex.join([sys.executable, "-P", *map(str, arguments)]))

    def _done(self, command: str) -> Ran:
        own = {
            "PYTHONPATH": str(self.root),
            "PYTEST_ADDOPTS": "-n 0 -p no:cacheprovider -rA",
            "PYTHONDONTWRITEBYTECODE": "",  # or each command would compile the copy again
            "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache"),  # most modules are those of the project
        }
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.root,
            env={**os.environ, **own},
            capture_output=True,
            encoding="utf-8",
            timeout=900,
        )
        return Ran(done.returncode, timeless(done.stdout), timeless(done.stderr))


def copied(root: Path, name: str) -> Project:
    """Copy the project to `root`, and name the workspace in it."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    paths = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in filter(None, paths.split("\0")):
        if (ROOT / path).is_file():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, root / path)
    return Project(root, root / name)
