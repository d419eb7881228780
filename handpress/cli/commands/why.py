"""``handpress why``: the reason why an artefact would be made again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output, add_workspace
from handpress.cli.exit_codes import DONE, USAGE
from handpress.cli.report import print_lines, shown_path, wrong
from handpress.cli.workspace import find_workspace, only_series

if TYPE_CHECKING:
    pass


SUMMARY = "show why an artefact would be made again, or why not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "artefact", metavar="ARTEFACT", help="its path, such as `handouts/cortisone-shots.pdf`"
    )
    add_workspace(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    workspace = find_workspace(options)
    if workspace is None:
        return USAGE
    from handpress.build.status import contents
    from handpress.core.problems.problem import nearest

    found = {state.path: state for state in contents(workspace).states}
    wanted = options.artefact
    path = Path(wanted)
    if path.resolve().is_relative_to(workspace.output) and path.exists():
        wanted = path.resolve().relative_to(workspace.output).as_posix()
    only = only_series(workspace)
    by_name = {shown_path(p, only): p for p in found} | {p: p for p in found}
    ends = sorted((n for n in by_name if n.endswith(f"/{wanted}")), key=lambda n: (len(n), n))
    matches = [wanted] if wanted in by_name else ends
    if not matches:
        guess = nearest(wanted, by_name)
        fix = f"did you mean `{guess}`?" if guess else "look it up with `handpress list`"
        return wrong(f"unknown artefact `{options.artefact}`", fix)
    state = found[by_name[matches[0]]]
    name = shown_path(state.path, only)
    if state.reason is None:
        print_lines(f"{name} is fresh: its recipe has not changed since it was made")
    elif state.reason == "new":
        print_lines(f"{name} would be made: it does not exist yet")
    else:
        print_lines(f"{name} would be made again: {state.reason}")
    return DONE
