"""Imports: what code makes is made again when any of that code changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handpress.core.caches import code_hash
from handpress.core.files.shipped import PACKAGE
from handpress.core.media import PLANNERS
from handpress.press import presses
from helpers.workspaces import MODEL, ROOT

PRESSES = sorted({press.module for press in presses.PRESSES.values()})
PARSING = "handpress.series.parse"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package."""
    there = tmp_path / "handpress"
    shutil.copytree(ROOT / "handpress", there, ignore=shutil.ignore_patterns("__pycache__"))
    return there


def code(module: str, package: Path) -> str:
    code_hash.code.cache_clear()
    code_hash._module.cache_clear()
    return code_hash.code(module, package)


@pytest.mark.parametrize("module", [PARSING, *PRESSES, "handpress.layout.layout"])
def test_a_change_in_any_module_below_it_changes_the_hash(module: str, package: Path) -> None:
    """By as little as a comment; one in any other module does not."""
    whole = code(module, package)
    closure = {package / file for file in code_hash.closure(module, package)}
    for file in package.rglob("*.py"):
        text = file.read_bytes()
        file.write_bytes(text + b"# a comment\n")
        assert (code(module, package) != whole) == (file in closure), file
        file.write_bytes(text)
    assert code(module, package) == whole


@pytest.mark.parametrize(
    ("module", "run"),
    [
        (PARSING, "from handpress.core.files.disk import Disk; m.parse(Disk(__import__('pathlib').Path('.')), 'sources/moon/01-neap.md')"),
        ("handpress.press.pdf.render", "from handpress.press.pdf.engine import engine; engine()"),
        *((module, "") for module in PRESSES if module != "handpress.press.pdf.render"),
    ],
)  # fmt: skip
def test_what_is_imported_when_it_runs_is_among_them(module: str, run: str) -> None:
    script = (
        f"import sys, importlib; m = importlib.import_module({module!r}); {run}\n"
        "print(*(sys.modules[n].__file__ for n in sys.modules if n.split('.')[0] == 'handpress'), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=MODEL,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {Path(line) for line in done.stdout.splitlines()}
    assert loaded
    assert loaded <= {PACKAGE / file for file in code_hash.closure(module)}


def test_imports_of_every_form_are_found(tmp_path: Path) -> None:
    """Relative ones of any depth, whole names, within functions, over several lines; not those for types."""
    package = tmp_path / "house"
    modules = {
        "__init__": "",
        "core/__init__": "from . import within\n",
        "core/within": "",
        "core/deep/__init__": "",
        "core/deep/start": (
            '"""Take\n    from the shelf (whatever is there).\n"""\n'
            "from __future__ import annotations\n"
            "import os, house.whole\n"
            "from .. import sibling as s\n"
            "from ...press.pdf import (\n    engine,  # by (its) name\n    Press,\n)\n"
            "from house.layout import one\n"
            "if TYPE_CHECKING:\n    from ... import types\n\n"
            "def late():\n    from . import near\n"
        ),
        "core/deep/near": "from ...far import *\n",
        "core/sibling": "",
        "whole": "",
        "press/__init__": "",
        "press/pdf/__init__": "",
        "press/pdf/engine": "",
        "press/pdf/other": "",
        "layout": "",
        "types": "",
        "far": "from .core.deep.start import late\n",
    }
    for name, text in modules.items():
        file = package / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    found = code_hash.closure("house.core.deep.start", package)
    names = {file.removesuffix(".py") for file in found}
    assert modules.keys() - names == {"press/pdf/other", "types"}


def test_another_parser_reads_again_what_the_one_before_has_kept(package: Path) -> None:
    """A change in how exercises are read shows in the next build."""
    for name in ("layouts", "fonts"):
        (package.parent / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "publish.py", package.parent)
    root = package.parent / "workspace"
    shutil.copytree(MODEL, root)
    with (root / "sources/moon/01-neap.md").open("a") as article:
        article.write('\n!!! exercise "Squat"\n    Sets\n    : 3\n\n    Load\n    : 2 kg\n')
    command = [sys.executable, str(package.parent / "publish.py"), "--only", "web"]
    pages = []
    for _ in range(2):
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
        pages.append((root / "output/moon/articles/neap.html").read_text())
        exercise = package / "markup/blocks/exercise.py"
        text = exercise.read_text()
        columns = "tuple(key for key in KEYS if key not in LINES)"
        assert columns in text
        exercise.write_text(text.replace(columns, f"{columns}[::-1]"))
    assert "made articles/neap.html" in done.stdout
    assert pages[0].index("Sets</th>") < pages[0].index("Load</th>")
    assert pages[1].index("Sets</th>") > pages[1].index("Load</th>")


def test_planning_imports_no_library_of_the_press() -> None:
    """Each build that makes anything plans all media, and most make few artefacts."""
    planners = "\n".join(f"import {planner}" for _, planner in PLANNERS)
    code = f"import sys\n{planners}\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"pikepdf", "weasyprint", "pypdfium2", "ebooklib"}.isdisjoint(ran.stdout.split())
