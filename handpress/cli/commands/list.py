"""``handpress list``: the series, their articles and artefacts, each fresh or outdated."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import Progress, pages_line, print_lines, shown_path
from handpress.cli.workspace import find_workspace, single_series
from handpress.core.problem import has_errors
from handpress.core.report import many

if TYPE_CHECKING:
    from handpress.build.status import State


SUMMARY = "list the series, their articles and artefacts, each fresh or outdated"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.status import contents

    found = contents(workspace)
    single = single_series(workspace)
    for series in found.series:
        bad = " (has errors: see `handpress check`)" if series.wrong else ""
        print_lines(f"{series.id}: {series.title}, {many(len(series.articles), 'article')}{bad}")
        for number, (title, path) in enumerate(series.articles, 1):
            print_lines(f"  {number}. {title}  ({path})")
        _rows([s for s in found.states if s.series == series.id], single)
    _rows([s for s in found.states if not s.series], single)
    return PROBLEMS if has_errors(found.problems) else DONE


def _rows(states: Iterable[State], single: dict[str, str]) -> None:
    for state in states:
        reason, entry = state.reason, state.entry
        if any(part in state.path for part in Progress.QUIET) and reason is None:
            continue
        pages = pages_line(entry.pages, entry.full, entry.tight, entry.warnings) if entry else ""
        mark = "fresh" if reason is None else "stale"
        why = f"({reason})" if reason else ""
        print_lines(
            "  " + "  ".join(filter(None, (mark, shown_path(state.path, single), pages, why)))
        )
