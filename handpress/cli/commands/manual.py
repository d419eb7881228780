"""``handpress manual``: make the web pages of the manual, and open them in the browser."""

from __future__ import annotations

import argparse

from handpress import __version__
from handpress.cli.exit_codes import DONE, PROBLEMS
from handpress.cli.report import print_lines, show_problems, wrong

SUMMARY = "open the manual in the browser; it needs no network"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-open", action="store_true", help="print the address, and open no browser"
    )


def run(options: argparse.Namespace) -> int:
    from handpress.build.request import Request
    from handpress.build.run import build
    from handpress.core.files.shipped import shipped
    from handpress.core.files.workspace import find
    from handpress.core.problems.problem import has_errors
    from handpress.core.user import cache_folder, open_in_browser

    output = cache_folder() / "handpress" / f"manual-{__version__}"
    workspace = find(shipped("docs"), output)
    if workspace is None:
        return wrong("the manual is not installed", "install Handpress again")
    made = build(workspace, Request(only=("web",)), lambda _: None, lambda _: None)
    if has_errors(made.problems):
        show_problems(made.problems, "human")
        return PROBLEMS
    address = (output / "handpress-manual/index.html").as_uri()
    print_lines(address)
    if not options.no_open:
        open_in_browser(address)
    return DONE
