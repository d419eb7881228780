"""The house: every package says what it is for, and the map names them all."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
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


def test_values_are_structs_or_named_tuples() -> None:
    """A dataclass takes half a millisecond to make: all of ours were a twelfth of an edit's time.

    To import what makes them takes as long as ten, a tenth of a build with nothing to do.
    """
    imported = [m for m in MODULES if "from dataclasses import" in m.read_text(encoding="utf-8")]
    assert list(map(name, imported)) == []


def test_a_file_of_tests_has_a_name_of_its_own() -> None:
    """Pytest imports them by their names alone, and cannot run two of one name together."""
    names = Counter(file.name for file in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, number in names.items() if number > 1] == []


def test_no_file_has_the_marks_of_a_merge() -> None:
    """But those of the cases and tests that are about them."""
    found = subprocess.run(
        ["git", "grep", "-lE", "^(<{7}|>{7}) ", "--", ":!tests", ":!docs"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield each function of the package, with its module and name."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{name(module)}:{node.name}", node


def test_a_docstring_promises_what_the_function_gives() -> None:
    """It says "Return" if there is a value, and "Yield" if there are several, one after the other."""
    wrong = []
    for where, function in functions():
        said = (ast.get_docstring(function) or "").partition(" ")[0]
        gives = ast.unparse(function.returns) if function.returns else ""
        yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in own(function))
        false = said == "Return" if yields else said == "Yield" and "Iter" not in gives
        if false or (said in ("Return", "Yield") and gives == "None"):
            wrong.append(where)
    assert wrong == []


def own(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function, without those of functions in it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from own(child)


def test_a_comment_is_beside_what_it_is_about() -> None:
    """A formatter that breaks a long line leaves its comment within brackets of a single value."""
    torn = re.compile(r'^ +(?:""|None|False|True|\d+)  #|^ *\] = .*  #', re.M)
    assert [name(m) for m in MODULES if torn.search(m.read_text(encoding="utf-8"))] == []
