"""Workspaces in temporary folders, and the command that is run in them."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Struct

from handpress.core.files.disk import Disk
from handpress.core.files.workspace import Workspace

if TYPE_CHECKING:
    from helpers.remembering import Remembering

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
UNPRINTABLE = "mark { font-size: 2pt }\n"  # a stylesheet with which `==marked==` text fails its PDF
MODEL = CASES / "_model"
TOOLS = ROOT / "tests" / "tools"
TRANSLATIONS = ("ar", "de", "es", "ja")  # editions of the sample


def copy_sample(root: Path, *, translations: bool = False) -> None:
    """Copy the sources of the sample into `root`: the English series alone, or with its `translations`."""
    names = [] if translations else [f"*.{tag}{end}" for tag in TRANSLATIONS for end in ("", ".*")]
    shutil.copytree(
        ROOT / "sources",
        root / "sources",
        ignore=shutil.ignore_patterns(*names),
        dirs_exist_ok=True,
    )


class Ran(Struct, frozen=True):
    """How a command ended: its exit code, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """The lines on standard output."""
        return self.out.splitlines()

    @property
    def made(self) -> list[str]:
        """The artefacts that were made, as the printed lines name them."""
        return [line.split()[1] for line in self.said if line.startswith("made ")]

    @property
    def ended(self) -> str:
        """The line that counts, without the folder: ``3 made, 28 fresh``."""
        return self.said[-1].partition(" in ")[0]


class Book(Struct):
    """A workspace in a folder, and the command that is run in it."""

    root: Path
    heard: Callable[[], Any]  # what the command said since it was last asked
    press: Remembering | None = None  # that its builds share with those of other tests

    @property
    def output(self) -> Path:
        return self.root / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which is in the file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def place(self, path: str, wanted: str) -> str:
        """``path:line:column`` of `wanted`, which is in the file exactly once."""
        text = self.read(path)
        assert text.count(wanted) == 1, f"{wanted!r} stands {text.count(wanted)} times in {path}"
        before = text[: text.index(wanted)]
        return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def run(self, *arguments: str) -> Ran:
        """Run the command in this process, standing in the workspace, as a new process would run it."""
        from handpress.build import builder
        from handpress.cli import main
        from handpress.core.files import disk

        disk.file_digest.cache_clear()
        self.heard()
        with contextlib.chdir(self.root), pytest.MonkeyPatch.context() as patch:
            if self.press and "--rebuild" not in arguments:
                patch.setattr(builder, "Workers", self.press)
            try:
                code = main.main(list(arguments))
            except SystemExit as end:
                code = int(end.code or 0)
        heard = self.heard()
        return Ran(code, timeless(heard.out), timeless(heard.err))

    def build(self, *arguments: str) -> Ran:
        return self.run("build", *arguments)

    def files(self) -> dict[str, bytes]:
        return files(self.output)


# The lines of progress of a long build, and the times of its long artefacts: they depend on the machine.
TIMED = re.compile(r"^handpress: \d+ of \d+\b.*\n|  took \d+ s(?=  |$)", re.M)


def timeless(text: str) -> str:
    """Return the output of a command as it is on a fast machine."""
    return TIMED.sub("", text)


def bare_workspace(root: Path) -> Workspace:
    """The workspace in `root` as it is found, without series."""
    return Workspace(Disk(root), (), "authors", "practice.yaml", root / "output")


def publish_model(root: Path, *arguments: str, **added: str) -> Ran:
    """Publish the model workspace in `root`, with text added to its files: to the one of that name."""
    shutil.copytree(MODEL, root)
    for name, text in added.items():
        (path,) = root.rglob(f"*{name}.*")
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    ran = publish(*arguments, cwd=root)
    assert (ran.code, ran.err) == (0, ""), ran
    return ran


def files(folder: Path) -> dict[str, bytes]:
    """Every artefact below an output folder, without the program's own files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".handpress" not in path.parts
    }


def with_fonts_of_the_machine() -> dict[str, str]:
    """Return the environment for a browser. A test that pressed a PDF in this process has hidden all fonts but those of the press."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def publish(
    *arguments: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, **options: Any
) -> Ran:
    """``python publish.py …`` in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        **options,
    )
    return Ran(done.returncode, timeless(done.stdout), timeless(done.stderr))
