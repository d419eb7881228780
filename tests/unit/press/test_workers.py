"""Workers: each recipe is asked for while they make those before it."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing.connection import wait

import pytest

from handpress.core.files.disk import Asset
from handpress.press import pool
from handpress.press.options import ThumbnailOptions
from handpress.press.pool import Workers
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered
from helpers.pictures import png


def picture(name: str) -> Recipe:
    """A recipe that a worker makes, not this process."""
    files = {"picture.png": Asset.of(png(60, 40))}
    return Recipe(name, "thumbnail", files, ThumbnailOptions(width=30, format="webp"))


def text(name: str) -> Recipe:
    """A recipe that is made at once."""
    return Recipe(name, "copy", {"file": Asset.of(name.encode())})


def test_the_next_recipe_is_asked_for_while_one_is_made() -> None:
    """It would take time to plan all of them before the first is made."""
    busy = []

    def recipes() -> Iterator[Recipe]:
        yield picture("a.webp")
        busy.append([w.recipe.path for w in workers.workers if w.recipe])
        yield picture("b.webp")
        yield text("c.txt")

    with Workers(2) as workers:
        made = {recipe.path: result for recipe, result in workers.press(recipes())}
    assert busy == [["a.webp"]]
    assert made.keys() == {"a.webp", "b.webp", "c.txt"}
    assert all(isinstance(result, Rendered) for result in made.values())


def test_a_worker_is_started_for_each_recipe_that_would_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """None of them has ended when the next recipe is asked for."""
    monkeypatch.setattr(pool, "wait", lambda pipes, time: wait(pipes, time) if time else [])
    with Workers(3) as workers:
        list(workers.press([text("a.txt")]))
        assert not workers.workers
        list(workers.press(picture(f"{n}.webp") for n in range(5)))
        assert len(workers.workers) == 3


def test_what_was_asked_for_before_an_error_is_made() -> None:
    """A template that fails spoils one recipe. The workers are free for others then."""

    def recipes() -> Iterator[Recipe]:
        yield from (picture("a.webp"), picture("b.webp"), text("c.txt"))
        raise LookupError("no such template")

    with Workers(1) as workers:
        results = workers.press(recipes())
        found = sorted(next(results)[0].path for _ in range(3))
        with pytest.raises(LookupError, match="no such template"):
            next(results)
        assert found == ["a.webp", "b.webp", "c.txt"]
        ((recipe, _),) = workers.press([picture("d.webp")])
        assert recipe.path == "d.webp"
