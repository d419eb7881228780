"""Kept patterns: each is what Python itself compiles, and only those of modules are kept."""

from __future__ import annotations

import importlib
import marshal
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handpress.core.caches import patterns
from handpress.core.caches.patterns import KeptPatterns, keep_patterns, save_patterns
from helpers.workspaces import ROOT

compiler = re._compiler  # type: ignore[attr-defined]
MODULE = r"""
import re
WORD = re.compile(r"(?P<first>\w)\w*", re.I)
BYTES = re.compile(b"a|b")
FLAGS = re.compile("(?x) a  # a comment")

def later(text):
    return re.compile(text)
"""

ALL_MODULES = """
import pkgutil, importlib, handpress
from handpress.core.caches import patterns
from handpress.core.caches.patterns import keep_patterns
keep_patterns()
for module in pkgutil.walk_packages(handpress.__path__, "handpress."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a module with three patterns, which each test imports; what is kept is in a folder of its own."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    (tmp_path / "with_patterns.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(compiler, "compile", compiler.compile)  # as it was, after the test
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    re.purge()
    yield "with_patterns"
    sys.modules.pop("with_patterns", None)
    re.purge()


def test_what_modules_compile_is_kept_and_nothing_else(module: str) -> None:
    first = KeptPatterns()
    first.serve()
    loaded = importlib.import_module(module)
    loaded.later("an author's words")
    assert {pattern for pattern, _ in first.known} == {
        loaded.WORD.pattern,
        b"a|b",
        "(?x) a  # a comment",
    }
    first.save()

    second = KeptPatterns()
    assert second.known == first.known
    second.serve()
    re.purge()
    again = importlib.reload(loaded)
    assert (again.WORD.pattern, again.WORD.groupindex) == (loaded.WORD.pattern, {"first": 1})
    assert again.WORD.match("Äb")["first"] == "Ä"
    assert again.FLAGS.flags & re.VERBOSE
    assert not second.new


def test_a_worker_keeps_its_own(module: str) -> None:
    patterns._served.cache_clear()
    save_patterns()
    assert not KeptPatterns().known
    keep_patterns()
    importlib.import_module(module)
    save_patterns()
    assert len(KeptPatterns().known) == 3


def test_a_damaged_pattern_is_compiled_again(module: str) -> None:
    kept = KeptPatterns()
    refused = marshal.dumps(("a|b", 0, [1, 2, 3], 0, {}, (None,)))
    kept.known = {("a|b", 0): refused, (b"a|b", 0): b"no marshal"}
    kept.serve()
    assert re.compile("a|b").match("b")
    assert importlib.import_module(module).BYTES.match(b"b")


def test_each_pattern_of_the_program_is_kept_as_python_compiles_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", ALL_MODULES],
        cwd=ROOT, check=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    kept = KeptPatterns()
    assert len(kept.known) > 200
    for (pattern, flags), numbers in kept.known.items():
        # Patterns are equal if their text, their flags and their compiled numbers are.
        assert compiler._sre.compile(*marshal.loads(numbers)) == re.compile(pattern, flags)
