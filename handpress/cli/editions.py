"""The series and the edition that a command was given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.exit_codes import PROBLEMS, USAGE
from handpress.cli.report import Progress, show_problems, wrong
from handpress.cli.workspace import find_workspace, id_in, only_series
from handpress.core.problems.problem import has_errors, nearest

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.editions.again import Again
    from handpress.series.ledger.editions import Edition, Ledger


def add_series(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "workspace",
        nargs="?",
        default=".",
        metavar="SERIES",
        help="the folder of a series, or its id; only needed if the workspace has several",
    )


def find_series(options: argparse.Namespace) -> tuple[Workspace, str] | None:
    """Return the workspace and the folder of the one series that a command is about; print why if there is none."""
    asked = next(iter(getattr(options, "series", None) or ()), "")
    if not Path(options.workspace).is_dir() and "/" not in options.workspace:
        asked, options.workspace = options.workspace, "."
    workspace = find_workspace(options)
    if workspace is None:
        return None
    folder = series_in(workspace, asked)
    return (workspace, folder) if folder else None


def series_in(workspace: Workspace, asked: str) -> str:
    """Return the folder of the series `asked` for, or of the only one; print why if there is none."""
    ids = {id_in(workspace, folder): folder for folder in workspace.folders}
    if not asked and len(ids) == 1:
        return workspace.folders[0]
    if asked in ids:
        return ids[asked]
    known = ", ".join(sorted(ids))
    if asked:
        meant = nearest(asked, ids)
        fix = f"did you mean `{meant}`?" if meant else f"use one of: {known}"
        wrong(f"unknown series `{asked}`", fix)
    else:
        wrong("the workspace has several series", f"name one of them: {known}")
    return ""


def find_edition(ledger: Ledger, label: str) -> Edition | None:
    """Return the edition of this label, or the newest without one; print why if there is none."""
    if not ledger.editions:
        wrong(f"`{ledger.source.path}` has no editions", "release one with `handpress release`")
        return None
    found = ledger.edition(label)
    if found is None:
        labels = ", ".join(edition.label for edition in ledger.editions)
        wrong(f"unknown edition `{label}`", f"use one of: {labels}")
    return found


def add_edition(parser: argparse.ArgumentParser, help_: str) -> None:
    parser.add_argument("--edition", metavar="N", default="", help=help_)


def made_again(
    options: argparse.Namespace,
    label: str,
    then: Callable[[Again, Workspace, Edition], int],
    *,
    quiet: bool = False,
) -> int:
    """Make an edition again in a temporary folder, and return what `then` returns; print why if it cannot be made."""
    found = find_series(options)
    if found is None:
        return USAGE
    workspace, folder = found
    from handpress.editions.again import make_again
    from handpress.editions.error import EditionError
    from handpress.series.ledger.editions import read_ledger

    ledger, problems = read_ledger(workspace.disk, folder)
    if has_errors(problems):
        show_problems(problems, "human")
        return PROBLEMS
    edition = find_edition(ledger, label)
    if edition is None:
        return USAGE
    with temporary_folder() as temporary:
        progress = Progress("human", partial(only_series, workspace), quiet=quiet)
        progress.bar = progress.bar or (quiet and sys.stderr.isatty())
        try:
            again = make_again(
                workspace, folder, ledger, edition, temporary, progress.tell, progress.expect
            )
        except EditionError as reason:
            progress.clear()
            show_problems(reason.problems, "human")
            wrong(reason.reason, reason.fix)
            return PROBLEMS
        finally:
            progress.clear()
        return then(again, workspace, edition)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is removed at the end, or by a later build if this process is killed."""
    from handpress.core.files import temporary

    made = temporary.folder()
    try:
        yield made.path.resolve()
    finally:
        made.remove()
