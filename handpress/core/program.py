"""This copy of Handpress: how a user runs it, and how what it lacks is installed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def command() -> str:
    """Return the command that runs Handpress, as a user types it to do so again."""
    if Path(sys.argv[0]).name != "publish.py":
        return "handpress"
    # Debian has no `python`; Windows has no `python3`.
    return f"{'python' if sys.platform == 'win32' else 'python3'} publish.py"


def as_typed(text: str) -> str:
    """Return a message with its commands, such as `` `handpress fetch` ``, as a user of this copy types them."""
    return text.replace("`handpress ", f"`{command()} ")


def install(extra: str = "") -> str:
    """Return the command that installs the packages of Handpress, and those of an `extra`."""
    if (ROOT / "Makefile").is_file():
        return f"make -C {shlex.quote(str(ROOT))} setup"
    return f'pip install --upgrade "handpress[{extra}]"' if extra else "pip install handpress"


def install_package(name: str) -> str:
    """Return the command that installs another package beside Handpress."""
    if (ROOT / "Makefile").is_file():
        # Into the environment that `make` set up, which need not be active.
        return f"{shlex.quote(sys.executable)} -m pip install {name}"
    return f"pip install {name}"
