"""Compiled templates: ours are kept beside our modules, a workspace's own ones never."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.layout import compiled
from handpress.layout.design import Design
from helpers.workspaces import MODEL


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def templates(root: Path) -> Design:
    workspace = find(root)
    assert workspace is not None
    return Design(workspace)


def test_ours_are_kept_and_read_again(folder: Path) -> None:
    templates(MODEL).templates.get_template("handout.html")
    (kept,) = folder.iterdir()
    assert kept.name.startswith("template-")
    before = kept.stat().st_mtime_ns
    templates(MODEL).templates.get_template("handout.html")
    assert [file.stat().st_mtime_ns for file in folder.iterdir()] == [before]


@pytest.mark.parametrize("left", [0, 5, 25, 80, -10])
def test_damage_is_compiled_again(left: int, folder: Path) -> None:
    """However many bytes of a file are left."""
    templates(MODEL).templates.get_template("handout.html")
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:left])
    templates(MODEL).templates.get_template("handout.html")
    assert kept.read_bytes() == whole


def test_those_of_a_workspace_are_not_kept(folder: Path, tmp_path: Path) -> None:
    """Anybody may write there, and what is kept is code."""
    root = tmp_path / "workspace"
    (root / "layouts").mkdir(parents=True)
    (root / "layouts" / "handout.html").write_text("mine", encoding="utf-8")
    (root / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    assert templates(root).templates.get_template("handout.html").render() == "mine"
    assert not folder.exists()


def test_nothing_is_written_where_python_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    templates(MODEL).templates.get_template("handout.html")
    assert not folder.exists()
