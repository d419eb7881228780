"""The user's own folders and browser, as each system has them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder for caches of this user, as the system defines it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def open_in_browser(address: str) -> None:
    """Open the user's browser, with the fonts of the machine: the press hides them from this process."""
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    command = [sys.executable, "-m", "webbrowser", address]
    silent = subprocess.DEVNULL
    subprocess.run(command, env=env, stdin=silent, stdout=silent, stderr=silent, check=False)
