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

    def begin(self, recipes: Iterable[Recipe]) -> None:
        """Let idle workers make what a later :meth:`press` will ask for. One stays idle, for the next save."""
        for recipe in recipes:
            idle = [worker for worker in self.workers if worker.recipe is None]
            if len(idle) < 2:
                return
            if recipe.fingerprint not in self.kept:
                self.send(idle[0], recipe)

    def press(self, recipes: Iterable[Recipe]) -> Iterator[tuple[Recipe, Rendered | Failed]]:
        waiting: dict[str, list[Recipe]] = {}
        self.took.clear()
        for recipe in recipes:
            if kept := self.kept.get(recipe.fingerprint):
                yield recipe, kept
            else:
                waiting.setdefault(recipe.fingerprint, []).append(recipe)
        begun = {worker.recipe.fingerprint for worker in self.workers if worker.recipe}
        left = [same[0] for fingerprint, same in waiting.items() if fingerprint not in begun]
        if not waiting:
            return
        for recipe, result in super().press(left):
            if isinstance(result, Rendered):
                self.kept[recipe.fingerprint] = result
            for wanted in waiting.pop(recipe.fingerprint, ()):
                yield wanted, result
            # The rest was begun for a later build, or is left over from one that was ended.
            if not waiting:
                return
