"""Stylesheets that were read before: kept as WeasyPrint reads them, and not if they may have changed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handpress.press.pdf import engine
from handpress.press.pdf.hot_spots.stylesheets import Faces, reading_once
from helpers.workspaces import ROOT

# As the program has it; other tests may have imported WeasyPrint before.
CLASS = reading_once(engine.engine().CSS.__mro__[-2])
TEXT = """
@layer one, two;
@font-face { font-family: "Some"; src: url(some.ttf); font-weight: 700 }
@counter-style stars { system: cyclic; symbols: "*"; suffix: " " }
@page :first { margin: 1cm; @top-left { content: "a" counter(page, stars) } }
@layer two { p > a[href^="#"]::after, .x { color: var(--ink); margin: 1px 2px; content: target-counter(attr(href), page) } }
:root { --ink: #123 }
@media screen { p { color: red } }
p { background: url(a.png) no-repeat; & b:lang(de) { hyphens: auto } }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, which is empty."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def read(text: str, counters: dict[str, Any] | None = None) -> list[bytes]:
    """Return all that is read of a stylesheet; functions are there by the text that they are made of."""
    counters = {} if counters is None else counters
    faces = Faces()
    css = CLASS(string=text, base_url=engine.BASE, font_config=faces, counter_style=counters)
    return [
        pickle.dumps(pickle.loads(pickle.dumps(part)))
        for part in (css.matcher, css.page_rules, css.layers, faces.found, counters, css.base_url)
    ]


def kept(folder: Path) -> int:
    return len(list(folder.rglob("*opt-style*")))


def test_what_is_kept_is_what_was_read(folder: Path) -> None:
    first = read(TEXT)
    assert kept(folder) == 1
    assert read(TEXT) == first


def test_another_text_or_other_counters_are_read(folder: Path) -> None:
    first = read(TEXT)
    assert read(TEXT.replace("#123", "#124")) != first
    known: dict[str, Any] = {"stars": {}}
    read(TEXT, known)
    assert known["stars"]


@pytest.mark.parametrize("text", ["p { colour: red }", "@import 'a.css';", "@IMP\\6fRT 'a.css';"])
def test_one_with_an_error_or_an_import_is_read_each_time(folder: Path, text: str) -> None:
    """Errors are logged each time, and what is imported may have changed."""
    read(text)
    assert kept(folder) == 0


def test_only_the_newest_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handpress.press.pdf.hot_spots.stylesheets.MOST", 2)
    for number in range(5):
        read(f"p {{ margin: {number}px }}")
    assert kept(folder) == 2


def test_a_damaged_one_is_read_again(folder: Path) -> None:
    first = read(TEXT)
    for file in folder.rglob("*opt-style*"):
        file.write_bytes(file.read_bytes()[:-9])
    assert read(TEXT) == first
    assert kept(folder) == 1


def test_those_of_weasyprint_itself_are_kept(folder: Path) -> None:
    script = (
        "from handpress.press.pdf.engine import engine; print(type(engine().html.PH_STYLESHEET))"
    )
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-X", f"pycache_prefix={folder}", "-c", script],
            cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        )  # fmt: skip
        assert "KeptCSS" in ran.stdout
    assert kept(folder) == 3
