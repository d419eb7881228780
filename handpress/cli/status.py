"""``handpress list`` and ``handpress why``: list artefacts, and explain why one would be made again."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.exit_codes import DONE, PROBLEMS, USAGE
from handpress.cli.report import Progress, pages_line, print_lines, shown_path, wrong
from handpress.cli.workspace import find_workspace, single_series
from handpress.core.problem import has_errors
from handpress.core.report import many

if TYPE_CHECKING:
    from handpress.build.status import State


def run_why(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.status import contents
    from handpress.core.problem import nearest

    found = {state.path: state for state in contents(workspace).states}
    wanted = options.artefact
    path = Path(wanted)
    if path.resolve().is_relative_to(workspace.output) and path.exists():
        wanted = path.resolve().relative_to(workspace.output).as_posix()
    single = single_series(workspace)
    by_name = {shown_path(p, single): p for p in found} | {p: p for p in found}
    ends = sorted((n for n in by_name if n.endswith(f"/{wanted}")), key=lambda n: (len(n), n))
    matches = [wanted] if wanted in by_name else ends
    if not matches:
        guess = nearest(wanted, by_name)
        fix = f"did you mean `{guess}`?" if guess else "look it up with `handpress list`"
        return wrong(f"unknown artefact `{options.artefact}`", fix)
    state = found[by_name[matches[0]]]
    name = shown_path(state.path, single)
    if state.reason is None:
        print_lines(f"{name} is fresh: its recipe has not changed since it was made")
    elif state.reason == "new":
        print_lines(f"{name} would be made: it does not exist yet")
    else:
        print_lines(f"{name} would be made again: {state.reason}")
    return DONE


def run_list(options: argparse.Namespace) -> int:
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
        pages = pages_line(entry.pages, entry.full, entry.tight) if entry else ""
        mark = "fresh" if reason is None else "stale"
        why = f"({reason})" if reason else ""
        print_lines(
            "  " + "  ".join(filter(None, (mark, shown_path(state.path, single), pages, why)))
        )
