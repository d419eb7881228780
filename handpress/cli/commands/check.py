"""``handpress check``: report problems; make nothing."""

from __future__ import annotations

import argparse

from handpress.cli.arguments import add_all, add_format, add_strict, add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import print_lines, show_problems
from handpress.cli.workspace import find_workspace
from handpress.core.problem import has_errors
from handpress.core.report import many

SUMMARY = "look for problems; nothing is made"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_format(parser)
    add_all(parser)
    add_strict(parser)


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.load import load

    loaded = load(workspace, strict=options.strict)
    show_problems(loaded.problems, options.message_format, options.all)
    if not loaded.problems and options.message_format != "json":
        articles = sum(len(layout.series.articles) for layout in loaded.layouts)
        print_lines(f"no problems in {many(articles, 'article')}")
    return PROBLEMS if has_errors(loaded.problems) else DONE
