"""Status: what there is, and why it would be made again. Nothing is made."""

from __future__ import annotations

from dataclasses import dataclass

from handpress.build import manifest, up_to_date
from handpress.build.load import Reading, kept, listing, read
from handpress.build.manifest import Entry
from handpress.build.plan import Job, plan, store
from handpress.build.request import Request
from handpress.build.up_to_date import Listed
from handpress.core.problem import Problem
from handpress.core.workspace import Workspace

SHOWS = (".html", ".xml", ".json")  # pages and catalogues: they show other artefacts


@dataclass(frozen=True)
class State:
    """An artefact, what is known of it if it was made, and why it would be made; None if it is fresh."""

    path: str
    series: str
    entry: Entry | None
    reason: str | None = None


@dataclass(frozen=True)
class Contents:
    """What a workspace holds: its series, its artefacts by their path, and what is to be mended."""

    series: tuple[Listed, ...]
    states: tuple[State, ...]
    problems: tuple[Problem, ...] = ()


def contents(workspace: Workspace) -> Contents:
    """What a workspace holds; at once when nothing has changed since it was last built."""
    if seen := up_to_date.seen(workspace, Request().scope):
        entries = manifest.load(workspace.output)
        states_ = [State(path, entry.series, entry) for path, entry in entries.items()]
        return Contents(seen.series, _sorted(states_))
    reading = read(workspace, cache=kept(workspace.output))
    return Contents(listing(reading), _sorted(states(workspace, reading)), reading.problems)


def _sorted(found: list[State]) -> tuple[State, ...]:
    return tuple(sorted(found, key=lambda state: state.path))


def states(workspace: Workspace, reading: Reading) -> list[State]:
    """Every artefact that a plain build would look at, in the order in which it would.

    A page that shows an artefact which is itself out of date is out of date with it.
    """
    entries = manifest.load(workspace.output)
    job = Job(reading, Request(), entries, workspace.output, store(workspace.output))
    found = []
    stale: dict[str, list[str]] = {}
    for wave in plan(job):
        recipes = [recipe for recipe in wave if not recipe.piece]
        job.planned.update((recipe.path, recipe.fingerprint) for recipe in recipes)
        for recipe in recipes:
            why = manifest.reason(recipe, entries, workspace.output)
            if why is None and recipe.path.endswith(SHOWS) and not recipe.article:
                shown = [p for s, paths in stale.items() for p in paths if recipe.series in ("", s)]
                why = f"it shows {shown[0]}, which is out of date" if shown else None
            found.append(State(recipe.path, recipe.series, entries.get(recipe.path), why))
        for state in found:
            if state.reason and not state.path.endswith(SHOWS):
                stale.setdefault(state.series, []).append(state.path)
    return found
