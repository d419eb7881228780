"""The house: every package says what it is for, and the map names them all."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from helpers.workspaces import ROOT

PACKAGE = ROOT / "handpress"
FOLDERS = sorted(p.parent for p in PACKAGE.rglob("__init__.py") if p.parent != PACKAGE)
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py")


def docstring(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_package_says_what_goes_in_and_out(folder: Path) -> None:
    text = docstring(folder / "__init__.py")
    for line in ("In: ", "Out: ", "Not here: "):
        assert line in text
    assert len(text.splitlines()) <= 6, "five lines, and the title's blank one"


def test_the_map_names_every_package() -> None:
    rows = docstring(PACKAGE / "__init__.py")
    missing = [f.name for f in FOLDERS if f.parent == PACKAGE and f"`{f.name}`" not in rows]
    assert not missing


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert docstring(module).partition("\n")[0].endswith((".", ":"))


def test_no_module_lies_beside_the_packages() -> None:
    assert [name(m) for m in MODULES if m.parent == PACKAGE] == ["__main__.py"]


def test_no_file_has_the_marks_of_a_merge() -> None:
    """But those of the cases and tests that are about them."""
    found = subprocess.run(
        ["git", "grep", "-lE", "^(<{7}|>{7}) ", "--", ":!tests", ":!docs"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""
