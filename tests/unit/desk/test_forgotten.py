"""The desk forgets: processes that know a client end when they are idle, and packs lose what was given."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from handpress.core.files.disk import Asset
from handpress.desk.basket import FORGET, Baskets, Entry
from handpress.desk.clients import IDLE, Clients
from handpress.desk.press import Press
from handpress.press.recipe import Recipe

Value = TypeVar("Value")


def waited(work: Coroutine[None, None, Value]) -> Value:
    """Return the result of `work`, in a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result(60)


def test_an_idle_process_of_a_client_ends() -> None:
    """With its memory, and only when nothing was asked of it for as long as the limit."""

    async def used() -> tuple[list[bool], int]:
        plain = Press()
        clients = Clients(plain, idle=IDLE)
        recipe = Recipe("", "bind", {"a": Asset.of(b"Zwq")})  # cannot be made; the process starts
        press = clients.press("one")
        await press.run(lambda make: make(recipe))
        (worker,) = press.workers.workers
        there = [worker.process.is_alive()]
        first = clients.places["one"].end
        assert first is not None
        assert clients.press("one") is press  # used again: its time begins again
        there.append(first.cancelled())
        clients.idle = 0.0
        clients.press("one")
        await asyncio.to_thread(worker.process.join, 30)
        there.append(worker.process.is_alive())
        left = len(clients.places)
        await asyncio.to_thread(plain.close)
        return there, left

    assert waited(used()) == ([True, True, False], 0)


def test_dosage_and_notes_are_forgotten_in_time() -> None:
    async def used() -> list[bool]:
        loop = asyncio.get_running_loop()
        baskets = Baskets()
        baskets.here = (Entry("a/b", note="Walk."), Entry("a/c"))
        (timer,) = baskets.timers.values()
        assert 0 < timer.when() - loop.time() <= FORGET
        baskets.seconds = 0.0
        baskets.here = baskets.here  # used again
        assert timer.cancelled()
        there = [entry.given for entry in baskets.here]
        later = asyncio.Event()
        loop.call_later(0.0, later.set)
        await later.wait()
        assert [entry.key for entry in baskets.here] == ["a/b", "a/c"]
        return [*there, *(entry.given for entry in baskets.here)]

    assert waited(used()) == [True, False, False, False]
