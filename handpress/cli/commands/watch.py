"""``handpress watch``: follow each saved file, and show its pages in the browser."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import USAGE
from handpress.cli.report import print_lines, wrong
from handpress.cli.serving import add_listening, run_server
from handpress.cli.workspace import find_workspace

if TYPE_CHECKING:
    from handpress.serve.server import Listening

SUMMARY = "build at each change, and show the saved article in every medium in the browser"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)
    add_listening(parser)


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE

    def serve(listening: Listening) -> None:
        from handpress.watch.window import show

        show(Path(options.workspace).resolve(), workspace, listening, print_lines)

    from handpress.build.outcome import Foreign
    from handpress.watch.lock import Watched

    try:
        return run_server("watch", options, serve)
    except Foreign:
        return wrong(
            f"`{workspace.output}` holds files that Handpress did not make",
            "choose an empty or a new folder with `--output DIR`",
        )
    except Watched:
        return wrong(
            f"`{options.workspace}` is watched already, by another `handpress watch`",
            "use its page, or end it with Ctrl-C first",
        )
