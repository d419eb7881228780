"""The entry of the desk in the menu of a Linux desktop.

It is a file of the Desktop Entry Specification (freedesktop.org), with an icon, in the folders of the user.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from handpress.core.files.disk import write_file

ENTRY, ICON = (
    "applications/handpress-desk.desktop",
    "icons/hicolor/scalable/apps/handpress-desk.svg",
)
SOURCE = Path(__file__).parent.parent / "serve/static/icon.svg"
TEXT = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=Handpress desk
Comment=Find, fill in and print handouts: {folder}
Icon=handpress-desk
Exec={command}
Path={folder}
Terminal=true
Categories=Office;
Keywords=handout;exercise;client;print;
"""


def data_folder() -> Path:
    """Return the folder of the user's data (XDG Base Directory Specification)."""
    given = os.environ.get("XDG_DATA_HOME", "")
    return Path(given) if Path(given).is_absolute() else Path.home() / ".local/share"


def install(folder: Path, workspace: Path) -> list[Path]:
    """Write the entry and its icon, and return both; an entry for another workspace is replaced.

    It opens a terminal: its window shows that the desk is running, and ends it when it is closed.
    """
    facts = {
        "folder": _escaped(str(workspace)),
        "command": " ".join(_quoted(word) for word in (*command(), "desk", str(workspace))),
    }
    write_file(folder, ENTRY, TEXT.format(**facts).encode())
    write_file(folder, ICON, SOURCE.read_bytes())
    return [folder / ENTRY, folder / ICON]


def uninstall(folder: Path) -> list[Path]:
    """Remove the entry and its icon, and return those that were there."""
    there = [name for name in (ENTRY, ICON) if (folder / name).is_file()]
    for name in there:
        (folder / name).unlink()
    return [folder / name for name in there]


def command() -> list[str]:
    """Return the command that runs this program: the one that it was called by, if it is a file."""
    called = Path(sys.argv[0]).absolute()
    if called.name == "publish.py" and called.is_file():
        return [sys.executable, str(called)]
    if called.stem == "handpress" and (found := shutil.which(str(called))):
        return [found]
    return [sys.executable, "-m", "handpress"]


def _escaped(text: str) -> str:
    """Return a value of type string, in which a backslash begins an escape."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _quoted(word: str) -> str:
    """Return an argument of `Exec`: in quotes, escaped for these and again for the value of the key."""
    inner = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return _escaped(f'"{inner}"')
