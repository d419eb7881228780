"""Status: the artefacts that exist, and why each would be made again. Nothing is made."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from handpress.build import manifest, up_to_date
from handpress.build.carried import PICTURES
from handpress.build.load import Loaded, listing, load, open_cache
from handpress.build.manifest import Entry
from handpress.build.outcome import Listed
from handpress.build.plan import Plan, carry_out, open_store
from handpress.build.request import Request
from handpress.core.files.workspace import Workspace
from handpress.core.media import TABLE
from handpress.core.problems.problem import Problem
from handpress.press.recipe import Recipe

PAGES = (".html", ".xml", ".json")  # pages of the web and the shelf, which show other artefacts


class State(Struct, frozen=True):
    """An artefact, its entry if it was made, and the reason why it would be made; None if it is fresh."""

    path: str
    series: str
    entry: Entry | None
    reason: str | None = None


class Contents(Struct, frozen=True):
    """The contents of a workspace: its series, its artefacts by path, and its problems."""

    series: tuple[Listed, ...]
    states: tuple[State, ...]
    problems: tuple[Problem, ...] = ()


def contents(workspace: Workspace) -> Contents:
    """Return the contents of a workspace, immediately if nothing has changed since the last build."""
    if seen := up_to_date.last_build(workspace, Request().scope):
        entries = manifest.load(workspace.output)
        states_ = [State(path, entry.series, entry) for path, entry in entries.items()]
        return Contents(seen.series, _sorted(states_))
    loaded = load(workspace, cache=open_cache(workspace.output))
    return Contents(listing(loaded), _sorted(states(workspace, loaded)), loaded.problems)


def _sorted(found: list[State]) -> tuple[State, ...]:
    return tuple(sorted(found, key=lambda state: state.path))


def states(workspace: Workspace, loaded: Loaded) -> list[State]:
    """Return every artefact that a build without options would check, in the order of that build.

    A page is out of date if it shows an artefact that is out of date.
    """
    entries = manifest.load(workspace.output)
    store = open_store(workspace.output)
    plan = Plan(loaded, Request(), entries, workspace.output, store, only_asked=True)
    found: list[State] = []
    stale: dict[str, list[str]] = {}

    def look(recipes: Iterable[Recipe]) -> None:
        later = []
        for recipe in (r for r in recipes if not r.piece):
            why = manifest.reason(recipe, entries, workspace.output)
            if why is None:
                shown = [p for s, paths in stale.items() for p in paths if _shows(recipe, s, p)]
                why = f"it shows {shown[0]}, which is out of date" if shown else None
            entry = entries.get(recipe.path)
            found.append(State(recipe.path, recipe.series, entry, why))
            # A file that is missing is made again with the same bytes.
            changed = entry is None or entry.fingerprint != recipe.fingerprint
            if why and changed and not _is_page(recipe):
                later.append(recipe)
        for recipe in later:
            stale.setdefault(recipe.series, []).append(recipe.path)

    carry_out(plan, look)
    return found


def _shows(recipe: Recipe, series: str, path: str) -> bool:
    """Return whether a recipe shows, or may show, the artefact at `path` of a series.

    A pack has the fingerprints of its handouts, known before they are made: its own reason covers them.
    """
    may = _is_page(recipe) and not recipe.article and recipe.series in ("", series)
    return may or (recipe.press in PICTURES and path in recipe.made_of)


def _is_page(recipe: Recipe) -> bool:
    """Return whether a recipe makes a page that may show other artefacts."""
    medium = TABLE.get(recipe.medium)
    return recipe.path.endswith(PAGES) and (medium is None or medium.shows)
