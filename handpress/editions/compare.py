"""Comparing two states of a workspace: editions of the ledger, commits of git, and the files as they are now."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from handpress.core.files import temporary
from handpress.core.files.workspace import Workspace
from handpress.editions.differences import Differences, differences
from handpress.editions.error import EditionError
from handpress.editions.git import GitError, Repository, repository
from handpress.editions.sentences import State, state_of
from handpress.editions.sources import NoSources, copy_sources
from handpress.layout.words import load_words
from handpress.series.assemble import assemble_all
from handpress.series.ledger.editions import find_edition
from handpress.series.model import Series

NOW = ""  # the name of the files as they are now
LABEL = re.compile(r"\d{1,4}(?:\.\d{1,4})?")  # of an edition; longer numbers are commits


class Side(Struct, frozen=True):
    """A series at some time, in the workspace of that time; without a series if there was none."""

    name: str
    workspace: Workspace
    series: Series | None


class Compared(Struct, frozen=True):
    """Two sides of a series, and their differences."""

    id: str
    title: str
    language: str
    old: Side
    new: Side
    differences: Differences


class _Past(Struct):
    """The workspaces of commits, in temporary folders."""

    workspace: Workspace
    root: Path
    there: dict[str, Workspace] = field(default_factory=dict)  # by commit
    series: dict[str, Mapping[str, Series]] = field(default_factory=dict)

    def side(self, series: Series, name: str) -> Side:
        """Return a series as it was in an edition or a commit, or as it is now."""
        if name == NOW:
            return Side("the files as they are now", self.workspace, series)
        shown, commit = self._commit(series, name)
        if commit not in self.there:
            self.there[commit] = self._copied(name, commit)
            self.series[commit] = all_series(self.there[commit])
        return Side(shown, self.there[commit], self.series[commit].get(series.id))

    def _commit(self, series: Series, name: str) -> tuple[str, str]:
        """Return the name of an edition or commit as it is shown, and its commit."""
        edition = find_edition(series.editions, name)
        if edition and not edition.commit:
            reason = f"the ledger of {series.id} has no commit for edition {name}"
            raise EditionError(reason, "name a commit that has its text, such as `HEAD~5`")
        if edition is None and LABEL.fullmatch(name):
            known = ", ".join(e.label for e in series.editions) or "none"
            reason = f"{series.id} has no edition {name} in its ledger"
            raise EditionError(
                reason, f"name one of its editions ({known}), or a commit such as `HEAD`"
            )
        try:
            commit = self._repository.commit(edition.commit if edition else name)
        except GitError as error:
            raise EditionError(
                str(error), "name an edition, a tag, or a commit that this clone has"
            ) from None
        return f"edition {edition.label}" if edition else name, commit

    @property
    def _repository(self) -> Repository:
        found = repository(self.workspace.disk.root)
        if found is None:
            reason = "this folder is in no git repository, or git is not installed"
            raise EditionError(
                reason, "compare folders that git knows; older texts come from its history"
            )
        return found

    def _copied(self, name: str, commit: str) -> Workspace:
        place = self.root / str(len(self.there))
        try:
            return copy_sources(self.workspace, self._repository, commit, place, place / "output")
        except (GitError, NoSources) as error:
            reason = f"the sources of `{name}` cannot be read: {error}"
            raise EditionError(reason, "name a later commit") from None


def all_series(workspace: Workspace) -> Mapping[str, Series]:
    """Return the series of a workspace by their ids."""
    found = (series for series, _ in assemble_all(workspace))
    return {series.id: series for series in found if series.articles}


@contextlib.contextmanager
def compared(
    workspace: Workspace, old: str, new: str = NOW, only: Sequence[str] = ()
) -> Iterator[list[Compared]]:
    """Give each series, or those in `only`, with the differences between two states.

    The workspaces of both states exist until the context ends. Raises :class:`EditionError`.
    """
    here = all_series(workspace)
    if unknown := [id_ for id_ in only if id_ not in here]:
        raise EditionError(
            f"there is no series `{unknown[0]}`", f"choose one of: {', '.join(here)}"
        )
    folder = temporary.folder()
    try:
        past = _Past(workspace, folder.path)
        yield list(_each(past, {id_: here[id_] for id_ in only or _with(here, old, new)}, old, new))
    finally:
        folder.remove()


def _with(here: Mapping[str, Series], *names: str) -> list[str]:
    """Return the ids of the series that have the named editions; all of them if none has."""
    labels = [name for name in names if LABEL.fullmatch(name)]
    having = [id_ for id_, s in here.items() if all(find_edition(s.editions, n) for n in labels)]
    return having or list(here)


def _each(past: _Past, series: Mapping[str, Series], old: str, new: str) -> Iterator[Compared]:
    for id_, now in series.items():
        words = load_words(past.workspace, now.language)
        sides = past.side(now, old), past.side(now, new)
        before, after = (
            state_of(side.series, side.name, words) if side.series else State(side.name, ())
            for side in sides
        )
        yield Compared(id_, now.title, now.language, *sides, differences(before, after))
