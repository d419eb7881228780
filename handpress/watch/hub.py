"""The hub: the latest state of the page, for every browser that shows it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from threading import Lock
from typing import Any

PULSE = 15.0  # seconds between signs of life, which find browsers that have gone


class Hub:
    """A state that one thread publishes, and that pages follow. A page that was away gets only the latest."""

    def __init__(self) -> None:
        self.text = "{}"
        self.number = 0
        self.lock = Lock()
        self.waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def publish(self, state: Mapping[str, Any]) -> None:
        """Send a state to every page, from any thread."""
        with self.lock:
            self.number += 1
            self.text = json.dumps({**state, "number": self.number})
        self.wake()

    def wake(self) -> None:
        """Let everything that waits look again, from any thread."""
        with self.lock:
            waiting = list(self.waiting)
        for loop, event in waiting:
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:  # the server has ended
                pass

    async def follow(self, ending: asyncio.Event) -> AsyncIterator[str]:
        """Yield the state, then each new one, as Server-Sent Events until `ending`."""
        with self._woken() as changed:
            said = -1
            while not ending.is_set():
                changed.clear()
                if said != self.number:
                    said = self.number
                    yield f"data: {self.text}\n\n"
                elif not await _either(changed, ending):
                    yield ": still here\n\n"

    async def until(self, found: Callable[[], Awaitable[bool]], ending: asyncio.Event) -> None:
        """Wait until `found` returns true, or until `ending`. It is asked whenever there may be something new."""
        with self._woken() as changed:
            while not ending.is_set():
                changed.clear()
                if await found():
                    return
                await _either(changed, ending)

    @contextlib.contextmanager
    def _woken(self) -> Iterator[asyncio.Event]:
        """Yield an event that is set whenever everything that waits has to look again."""
        changed = asyncio.Event()
        me = asyncio.get_running_loop(), changed
        with self.lock:
            self.waiting.add(me)
        try:
            yield changed
        finally:
            with self.lock:
                self.waiting.discard(me)


async def _either(*events: asyncio.Event) -> bool:
    """Wait for one of the events; return whether it came before a pulse was due."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=PULSE, return_when="FIRST_COMPLETED")
    finally:
        for wait in waits:
            wait.cancel()
    return any(event.is_set() for event in events)
