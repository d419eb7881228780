"""Making a recorded edition again, from the commit in the ledger: to have its files, or to prove that they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from handpress.build.outcome import Expected, Told
from handpress.core.files.workspace import Workspace
from handpress.editions.error import EditionError
from handpress.editions.git import GitError, repository
from handpress.editions.kept import recorded_file
from handpress.editions.ledger import set_numbers
from handpress.editions.made_with import differences, made_with
from handpress.editions.making import make, series_in, sources_of
from handpress.editions.sources import NoSources
from handpress.press.difference import first_difference
from handpress.series.ledger.editions import Edition, Ledger


class Again(Struct, frozen=True):
    """An edition that was made again, in a temporary output folder."""

    workspace: Workspace
    id: str  # of the series
    artefacts: Mapping[str, str]


class Difference(Struct, frozen=True):
    """An artefact that is not as it is recorded, with the first place in it, if a recorded file is at hand."""

    path: str
    kind: str  # "differs", "missing" or "new"
    place: str = ""


class Proof(Struct, frozen=True):
    """The artefacts that are not as recorded, and what differs between the versions of then and now."""

    files: int
    differences: tuple[Difference, ...]
    versions: tuple[str, ...]


def make_again(
    workspace: Workspace,
    folder: str,
    ledger: Ledger,
    edition: Edition,
    temporary: Path,
    tell: Told,
    expect: Expected,
    jobs: int = 0,
) -> Again:
    """Make an edition from the sources in its commit, with the ledger as it was then."""
    if not edition.commit:
        raise EditionError(
            f"edition {edition.label} has no commit: its sources were not in git",
            "release from a git repository to make an edition again later",
        )
    source = repository(workspace.disk.root)
    if source is None:
        raise EditionError("there is no git repository here", "clone the repository of the sources")
    editions = ledger.editions[: ledger.editions.index(edition) + 1]
    places = temporary / "copy", temporary / "output"
    try:
        commit = source.commit(edition.commit)
        copied = sources_of(workspace, folder, editions, source, commit, *places)
    except GitError as error:
        raise EditionError(str(error), "get the whole history of the repository") from None
    except NoSources:
        raise EditionError(f"commit {edition.commit} has no series", "restore the ledger") from None
    set_numbers(copied, folder, edition)  # they were written after the commit
    series, problems = series_in(copied)
    errors = [p for p in problems if p.severity == "error"]
    if series is None or errors:
        fix = "use the Handpress that made the edition"
        raise EditionError("this Handpress finds errors in its sources", fix, errors)
    made = make(copied, series, tell, expect, jobs)
    errors = [p for p in made.problems if p.severity == "error"]
    if errors:
        fix = "use the Handpress that made the edition"
        raise EditionError("this Handpress finds errors in its sources", fix, errors)
    return Again(copied, series.id, made.artefacts)


def prove(again: Again, edition: Edition, output: Path) -> Proof:
    """Compare an edition that was made again with its entry in the ledger."""
    found = []
    for path in sorted({*edition.artefacts, *again.artefacts}):
        recorded, now = edition.artefacts.get(path), again.artefacts.get(path)
        if recorded == now:
            continue
        kind = "missing" if now is None else "new" if recorded is None else "differs"
        place = ""
        if recorded and now and (old := recorded_file(output, again.id, edition, path)):
            place = first_difference(
                path, old.read_bytes(), (again.workspace.output / path).read_bytes()
            )
        found.append(Difference(path, kind, place))
    versions = differences(edition.made_with, made_with(again.workspace)) if found else []
    return Proof(len(edition.artefacts), tuple(found), tuple(versions))
