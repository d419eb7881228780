"""A press that remembers: of many builds in one process, each recipe is pressed once.

That is sound because one recipe always gives the same bytes (`test_laws`, `test_build`). The rest of
each build is real: its decisions, and the files that it reads and writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

from handpress.core.caches.recent import Recent
from handpress.press.pool import Failed, Workers
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered

MOST = 3_000  # results; those of the model workspace in one style have half a megabyte


class Remembering:
    """Stands in for the workers of each build. A recipe that is new goes to `hired` ones, which outlive the builds, and is
    waited for, so that a build that is broken off leaves none of its work behind for the next.
    """

    def __init__(self, hired: Workers) -> None:
        self.hired = hired
        self.known: Recent[str, Rendered] = Recent(MOST)
        self.took: dict[str, float] = {}  # nothing takes time
        self.spared = 0

    def __call__(self, jobs: int) -> AbstractContextManager[Remembering]:
        """Take the place of the class `Workers`."""
        return nullcontext(self)

    def press(self, recipes: Iterable[Recipe]) -> Iterator[tuple[Recipe, Rendered | Failed]]:
        wanted = list(recipes)
        made: dict[str, Rendered | Failed] = {
            r.fingerprint: self.known[r.fingerprint] for r in wanted if r.fingerprint in self.known
        }
        new = {r.fingerprint: r for r in wanted if r.fingerprint not in made}
        self.spared += len(wanted) - len(new)
        for recipe, result in list(self.hired.press(new.values())):
            made[recipe.fingerprint] = result
            if isinstance(result, Rendered):
                self.known[recipe.fingerprint] = result
        for recipe in wanted:
            yield recipe, made[recipe.fingerprint]
