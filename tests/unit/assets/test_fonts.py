"""Fonts: which faces there are, and which characters they print."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handpress.assets.fonts import COMMON, faces, missing
from helpers.workspaces import ROOT, bare_workspace

FAMILIES = sorted(folder for folder in (ROOT / "fonts").iterdir() if folder.is_dir())


def repertoire(file: Path) -> set[str]:
    with TTFont(file) as font:
        return set(map(chr, font.getBestCmap()))


@pytest.mark.parametrize("file", sorted((ROOT / "fonts").rglob("*.ttf")), ids=lambda f: f.stem)
def test_every_face_has_the_common_characters(file: Path) -> None:
    """What is never looked up, because all of our faces have it, all of our faces really have."""
    lost = COMMON - repertoire(file) - {"\n", "\t", "\u00a0"}
    assert sorted(f"U+{ord(c):04X} {unicodedata.name(c, '')}" for c in lost) == []


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda f: f.name)
def test_every_family_comes_with_its_licence(folder: Path) -> None:
    """The Open Font License lies beside each family, and where it came from is written down."""
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8").upper()
    assert folder.name.replace("-", " ") in (ROOT / "fonts/README.md").read_text(encoding="utf-8").lower().replace("-", " ")  # fmt: skip


def test_faces_are_read_off_their_names(tmp_path: Path) -> None:
    """Family, weight and slope stand in the file's name."""
    found = {(f.family, f.weight, f.italic) for f in faces(bare_workspace(tmp_path))}
    assert ("Literata", 600, True) in found
    assert ("Atkinson Hyperlegible Next", 400, False) in found
    assert ("Atkinson Hyperlegible Mono", 400, False) in found
    assert len(found) == len(list((ROOT / "fonts").rglob("*.ttf")))


def test_a_workspace_adds_faces(tmp_path: Path) -> None:
    """A font file in the workspace's own `fonts/` is a face like ours; other files are not."""
    mine = tmp_path / "fonts/mine"
    mine.mkdir(parents=True)
    shutil.copy(next((ROOT / "fonts").rglob("Literata-Regular.ttf")), mine / "MyFace-Medium.ttf")
    (mine / "LICENSE.txt").write_text("mine")
    found = {(f.family, f.weight) for f in faces(bare_workspace(tmp_path))}
    assert ("My Face", 500) in found
    assert len(found) >= 4


def test_what_no_face_has_is_missing(tmp_path: Path) -> None:
    """Greek and Cyrillic are there; Chinese and pictures are not; spaces and joiners need no glyph."""
    having = faces(bare_workspace(tmp_path))
    assert missing("aßé—“Ωж\u202f\u2011\u200d", having) == []
    assert missing("水a🌒", having) == ["水", "🌒"]
