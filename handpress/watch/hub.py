"""The hub: the latest state of the page, for every browser that shows it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
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
            waiting = list(self.waiting)
        for loop, event in waiting:
            try:
                loop.call_soon_threadsafe(event.set)
            except RuntimeError:  # the server has ended
                pass

    async def follow(self, ending: asyncio.Event) -> AsyncIterator[str]:
        """Yield the state, then each new one, as Server-Sent Events until `ending`."""
        changed = asyncio.Event()
        me = asyncio.get_running_loop(), changed
        with self.lock:
            self.waiting.add(me)
        end = asyncio.ensure_future(ending.wait())
        try:
            said = -1
            while not end.done():
                changed.clear()
                if said != self.number:
                    said = self.number
                    yield f"data: {self.text}\n\n"
                    continue
                next_one = asyncio.ensure_future(changed.wait())
                try:
                    await asyncio.wait(
                        {next_one, end}, timeout=PULSE, return_when="FIRST_COMPLETED"
                    )
                finally:
                    next_one.cancel()
                if not (changed.is_set() or end.done()):
                    yield ": still here\n\n"
        finally:
            end.cancel()
            with self.lock:
                self.waiting.discard(me)
