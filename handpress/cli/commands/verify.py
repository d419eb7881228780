"""``handpress verify``: make an edition again, elsewhere, and compare it with the ledger."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from handpress.cli.arguments import add_output
from handpress.cli.editions import add_edition, add_series, made_again
from handpress.cli.exit_codes import DONE, PROBLEMS
from handpress.cli.report import print_lines
from handpress.core.problems.report import many

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace
    from handpress.editions.again import Again, Proof
    from handpress.series.ledger.editions import Edition

SUMMARY = "make an edition again from git, and compare it with the ledger"
KINDS = {"differs": "", "missing": "is not made any more", "new": "was not made then"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_series(parser)
    add_output(parser)
    add_edition(
        parser, "the edition, such as 2, or 2.1 for its first revision; the newest by default"
    )


def run(options: argparse.Namespace) -> int:
    def compare(again: Again, workspace: Workspace, edition: Edition) -> int:
        from handpress.editions.again import prove

        proof = prove(again, edition, workspace.output)
        print_lines(
            f"{again.id}: edition {edition.label}, {edition.date}, commit {edition.commit[:12]}"
        )
        print_lines(*_summary(proof))
        return PROBLEMS if proof.differences else DONE

    return made_again(options, options.edition, compare, quiet=True)


def _summary(proof: Proof) -> Iterator[str]:
    """Yield what was found."""
    if not proof.differences:
        yield f"identical: {many(proof.files, 'file')}"
        return
    yield f"not identical: {many(len(proof.differences), 'file')} of {proof.files}"
    for found in proof.differences:
        kind = KINDS[found.kind] or (f"first in {found.place}" if found.place else "")
        yield f"  {found.path}  {kind}".rstrip()
    if any(found.kind == "differs" and not found.place for found in proof.differences):
        yield "no file with the recorded bytes is in the output folder to show the place"
    if proof.versions:
        yield "it was made with other versions:"
        yield from (f"  {line}" for line in proof.versions)
    else:
        yield "all versions are the same: the ledger or the history of git was changed"
