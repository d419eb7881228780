"""``handpress new``: write a workspace to start from."""

from __future__ import annotations

import argparse
import datetime
import shlex
from pathlib import Path

from handpress.cli.exit_codes import DONE
from handpress.cli.report import print_lines, wrong
from handpress.core.program import command

SUMMARY = "start a workspace with one article, which builds at once and teaches the format"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="where; a new or empty folder")


def run(options: argparse.Namespace) -> int:
    from handpress.core.files.workspace import start

    folder = Path(options.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return wrong(f"`{options.folder}` already exists", "choose a new or an empty folder")
    for path in start(folder, datetime.datetime.now().astimezone().date().isoformat()):
        print_lines(f"wrote {path}")
    quoted = shlex.quote(options.folder)
    print_lines(
        f"edit it, then publish it with: {command()} {quoted}",
        f"or fill in and print handouts with: {command()} desk {quoted}",
    )
    return DONE
