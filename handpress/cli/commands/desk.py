"""``handpress desk``: open the practitioner's page in the browser."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import USAGE
from handpress.cli.report import print_lines
from handpress.cli.serving import add_listening, run_server
from handpress.cli.workspace import find_workspace

if TYPE_CHECKING:
    from handpress.serve.server import Listening

SUMMARY = "open a page in the browser to find, fill in and print handouts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)
    add_listening(parser)


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE

    def start(listening: Listening) -> None:
        from handpress.desk.server import serve_desk

        serve_desk(workspace, listening, print_lines)

    return run_server("desk", options, start, locked=True)
