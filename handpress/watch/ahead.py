"""Workers that start early, and remember what they pressed.

The handout that the author waits for is pressed before the build that needs it. The build then gets the same bytes
without pressing them again. A build that a newer save ended leaves results behind, which count as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handpress.core.caches.recent import Recent
from handpress.press.pool import Failed, Workers, warm_up
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered

KEPT = 64  # results: PDFs of chapters and handouts, some 100 kB each


class WarmWorkers(Workers):
    """Workers for a process that builds many times."""

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self.kept: Recent[str, Rendered] = Recent(KEPT)

    def __enter__(self) -> WarmWorkers:
        return self

    def start(self) -> None:
        """Start every worker, before any thread of a server runs: a copy of a process has only one thread."""
        warm_up()
        while len(self.workers) < self.jobs:
            self.workers.append(self.hire())

    def press(self, recipes: Iterable[Recipe]) -> Iterator[tuple[Recipe, Rendered | Failed]]:
        recipes = list(recipes)
        left = [r for r in recipes if r.fingerprint not in self.kept]
        self.took.clear()
        for recipe in recipes:
            if kept := self.kept.get(recipe.fingerprint):
                yield recipe, kept
        if not left:
            return
        waiting = {recipe.fingerprint for recipe in left}
        for recipe, result in super().press(left):
            if isinstance(result, Rendered):
                self.kept[recipe.fingerprint] = result
            if recipe.fingerprint in waiting:
                waiting.discard(recipe.fingerprint)
                yield recipe, result
            if not waiting:  # the rest is left over from a build that was ended
                return
