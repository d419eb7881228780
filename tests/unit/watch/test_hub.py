"""The hub sends each page the latest state, and keeps nothing of a page that has left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from handpress.watch.hub import Hub


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: the loop of the browser's tests may be running in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, coroutine).result()


def state(event: str) -> Any:
    return json.loads(event.removeprefix("data: "))["a"]


async def others() -> set[asyncio.Task[Any]]:
    await asyncio.sleep(0)  # those that are cancelled end now
    return asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[arg-type]


def test_only_the_latest_state_is_sent() -> None:
    async def follow() -> None:
        hub, ending = Hub(), asyncio.Event()
        hub.publish({"a": 1})
        stream = hub.follow(ending)
        assert state(await anext(stream)) == 1
        hub.publish({"a": 2})
        hub.publish({"a": 3})
        assert state(await anext(stream)) == 3
        ending.set()
        assert [event async for event in stream] == []
        assert await others() == set()

    run(follow())


def test_a_page_can_wait_for_more_than_a_state() -> None:
    """It looks again whenever it is woken, and when everything ends."""

    async def wait() -> None:
        hub, ending, there = Hub(), asyncio.Event(), list[int]()

        async def found() -> bool:
            there.append(1)
            return len(there) == 2

        waiting = asyncio.ensure_future(hub.until(found, ending))
        await asyncio.sleep(0)
        assert not waiting.done()
        hub.wake()
        await waiting
        assert len(there) == 2
        waiting = asyncio.ensure_future(hub.until(found, ending))
        await asyncio.sleep(0)
        ending.set()
        await waiting
        assert await others() == set()
        assert hub.waiting == set()

    run(wait())


def test_nothing_is_left_of_a_page_that_has_left() -> None:
    async def leave() -> None:
        hub = Hub()
        hub.publish({"a": 1})
        stream = hub.follow(asyncio.Event())
        await anext(stream)
        waiting = asyncio.ensure_future(anext(stream))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await stream.aclose()  # type: ignore[attr-defined]
        assert await others() == set()
        assert hub.waiting == set()

    run(leave())
