"""``handpress desk``: open the practitioner's page in the browser."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import DONE, USAGE
from handpress.cli.report import print_lines, wrong
from handpress.cli.serving import add_listening, run_server
from handpress.cli.workspace import find_workspace
from handpress.serve.wiped import restart_with_wiping

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.serve.server import Listening

SUMMARY = "open a page in the browser to find, fill in and print handouts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)
    add_listening(parser)
    parser.add_argument(
        "--language",
        metavar="TAG",
        type=_language,
        help="the language of the pages, such as de; by default that of each browser",
    )
    menu = parser.add_mutually_exclusive_group()
    menu.add_argument(
        "--install",
        action="store_true",
        help="on Linux: put the desk into the menu of the desktop, and end",
    )
    menu.add_argument("--uninstall", action="store_true", help="remove it from the menu, and end")


def run(options: argparse.Namespace) -> int:
    if options.uninstall:
        return _uninstall()
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    if options.install:
        return _install(workspace)
    restart_with_wiping()

    def start(listening: Listening) -> None:
        from handpress.desk.server import serve_desk

        serve_desk(workspace, listening, print_lines, options.language or "")

    return run_server("desk", options, start, locked=True)


def _language(tag: str) -> str:
    from handpress.desk.words import interface_language, interface_languages

    if not (language := interface_language(tag)):
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(interface_languages())}")
    return language


def _install(workspace: Workspace) -> int:
    from handpress.desk.menu_entry import data_folder, install

    if not sys.platform.startswith("linux"):
        return wrong(
            "`--install` makes an entry for the menu of Linux",
            "the manual has the steps for Windows and macOS: print-for-a-client.md",
        )
    for path in install(data_folder(), workspace.disk.root):
        print_lines(f"wrote {path}")
    return DONE


def _uninstall() -> int:
    from handpress.desk.menu_entry import data_folder, uninstall

    removed = uninstall(data_folder())
    print_lines(*(f"removed {path}" for path in removed) if removed else ("nothing to remove",))
    return DONE
