"""Publish the workspace in the current folder; ``python3 publish.py --help`` lists the other commands.

`make` installs what Handpress needs into ``.venv``, beside this file. Any Python on the system starts it from there.
"""

import os
import sys
from pathlib import Path

OWN = Path(__file__).resolve().parent / ".venv"
PYTHON = OWN / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def restart() -> None:
    """Run this script again with the Python that `make` set up, unless a virtual environment is active."""
    if sys.prefix != sys.base_prefix or not PYTHON.exists():
        return
    command = [str(PYTHON), *sys.argv]
    if os.name == "nt":  # where a process cannot replace itself
        import subprocess

        sys.exit(subprocess.call(command))
    os.execv(PYTHON, command)


if __name__ == "__main__":
    restart()
    from handpress.__main__ import command

    sys.exit(command())
