"""Workers that start early: whatever was begun for a later build is made once, for all that ask for it."""

from __future__ import annotations

from msgspec.structs import replace

from handpress.core.files.disk import Asset
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered
from handpress.watch.ahead import WarmWorkers


class Counting(WarmWorkers):
    """Workers that count the recipes that they were sent."""

    sent = 0

    def send(self, worker: object, recipe: Recipe) -> None:
        self.sent += 1
        super().send(worker, recipe)  # type: ignore[arg-type]  # the class is private


def recipe(path: str, text: str) -> Recipe:
    return Recipe(path, "copy", {"file": Asset.of(text.encode())})


def test_what_was_begun_is_made_once() -> None:
    """For every artefact that asks for the same, under its own path, also a second time."""
    first = recipe("a.txt", "the sea")
    same, other = replace(first, path="b.txt"), recipe("c.txt", "the moon")
    with Counting(2) as workers:
        workers.start()
        workers.begin([first])
        for _ in range(2):
            made = {
                asked.path: result.data
                for asked, result in workers.press([first, same, other])
                if isinstance(result, Rendered)
            }
            assert made == {"a.txt": b"the sea", "b.txt": b"the sea", "c.txt": b"the moon"}
    assert workers.sent == 1  # copies that were not begun need no worker


def test_one_worker_stays_idle() -> None:
    """The next save does not wait for an artefact that nobody looks at."""
    with Counting(3) as workers:
        workers.start()
        workers.begin(recipe(f"{n}.txt", str(n)) for n in range(5))
        assert workers.sent == 2
        assert [worker.recipe for worker in workers.workers].count(None) == 1
        (found,) = workers.press([recipe("4.txt", "4")])
        assert found[0].path == "4.txt"
