"""Making an edition: from the sources of a commit, and the ledger as it was then, to its artefacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handpress.build import manifest
from handpress.build.load import load
from handpress.build.outcome import Expected, Told
from handpress.build.request import Request
from handpress.build.run import build
from handpress.core.files.disk import write_file
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem
from handpress.editions.git import Repository
from handpress.editions.sources import NoSources, copy_sources
from handpress.series.ledger.editions import HEAD, Edition, entry_text, ledger_path
from handpress.series.model import Series


class Made(Struct, frozen=True):
    """A finished edition: its artefacts by path with their SHA-256, and the problems of its series."""

    workspace: Workspace
    artefacts: Mapping[str, str]
    problems: tuple[Problem, ...]
    faults: tuple[str, ...] = ()


def sources_of(
    workspace: Workspace,
    series_folder: str,
    editions: Sequence[Edition],
    repository: Repository | None,
    commit: str,
    folder: Path,
    output: Path,
) -> Workspace:
    """Copy the sources of a commit into `folder`, with a ledger of these `editions`.

    Return the workspace there, with this series alone; raise :class:`NoSources` if the commit does not have it.
    """
    copied = copy_sources(workspace, repository, commit, folder, output)
    if series_folder not in copied.folders:
        raise NoSources(commit)
    write_ledger(copied, series_folder, editions)
    others = tuple(folder for folder in copied.folders if folder != series_folder)
    return replace(copied, folders=(series_folder,), others=others)


def write_ledger(copied: Workspace, series_folder: str, editions: Sequence[Edition]) -> None:
    """Write a ledger of these `editions` into a copy of the sources.

    Of the last one it has only what pages show: the rest is not known before it is made.
    """
    if not editions:
        return
    *before, last = editions
    shown = replace(last, commit="", artefacts={}, made_with={})
    text = HEAD + "".join(map(entry_text, (*before, shown)))
    write_file(copied.disk.root, ledger_path(series_folder), text.encode())


def series_in(workspace: Workspace) -> tuple[Series | None, tuple[Problem, ...]]:
    """Return the one series of a copy, None if nothing of it can be shown, and its problems."""
    loaded = load(workspace)
    return next((layout.series for layout in loaded.shown), None), loaded.problems


def make(workspace: Workspace, series: Series, tell: Told, expect: Expected, jobs: int = 0) -> Made:
    """Make the artefacts of the one series in a copy of its sources."""
    outcome = build(workspace, Request(jobs=jobs), tell, expect)
    entries = sorted(manifest.load(workspace.output).items())
    artefacts = {path: entry.sha256 for path, entry in entries if entry.series == series.id}
    return Made(workspace, artefacts, outcome.problems, outcome.faults)
