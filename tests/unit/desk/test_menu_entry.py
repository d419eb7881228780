"""The entry in the menu of a Linux desktop: it starts the desk of the right folder, whatever its name is."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handpress.desk.menu_entry import ENTRY, ICON, install, uninstall
from helpers.workspaces import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="menus of Linux")


def entry(folder: Path) -> configparser.SectionProxy:
    reader = configparser.RawConfigParser()
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string((folder / ENTRY).read_text(encoding="utf-8"))
    return reader["Desktop Entry"]


def words_of(value: str) -> list[str]:
    """The arguments in `Exec`, read as the specification says: first as a string, then without quotes."""
    text = value.replace("\\\\", "\\")
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    assert " ".join(f'"{word}"' for word in quoted) == text
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]


@pytest.mark.parametrize("name", ["Clinic", 'Dr. Zoë\'s "best" 100 % $HOME `x` clinic', "a\\b"])
def test_it_starts_the_desk_of_the_folder(tmp_path: Path, name: str) -> None:
    workspace = tmp_path / name
    assert install(tmp_path / "data", workspace) == [tmp_path / "data" / n for n in (ENTRY, ICON)]
    found = entry(tmp_path / "data")
    assert words_of(found["Exec"])[-2:] == ["desk", str(workspace)]
    assert (tmp_path / "data" / ICON).read_text(encoding="utf-8").startswith("<svg")
    assert len(uninstall(tmp_path / "data")) == 2
    assert uninstall(tmp_path / "data") == []


def test_the_command_writes_what_it_can_run(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    publish = [sys.executable, str(ROOT / "publish.py"), "desk"]
    ran = subprocess.run(
        [*publish, str(ROOT), "--install"], env=env, capture_output=True, check=True
    )
    assert ran.stdout.decode().splitlines() == [f"wrote {tmp_path / n}" for n in (ENTRY, ICON)]
    assert words_of(entry(tmp_path)["Exec"]) == [*publish, str(ROOT)]
    ran = subprocess.run(
        [*publish, "--uninstall"], env=env, capture_output=True, check=True, cwd=tmp_path
    )
    assert len(ran.stdout.splitlines()) == 2
    assert not (tmp_path / ENTRY).exists()
