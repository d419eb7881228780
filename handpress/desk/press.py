"""The press of the desk: pages in memory, made one after another by a process that stays warm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from handpress.press.pool import Failed, Workers
from handpress.press.recipe import Recipe
from handpress.press.result import Rendered

Value = TypeVar("Value")
Make = Callable[[Recipe], Rendered | Failed]

SECONDS = 60.0  # of processor time for one handout
MOST = 40  # jobs that may wait


class Busy(Exception):
    """Too many jobs are waiting."""


class Press:
    """A thread with a process that makes what it is given, in turn.

    The process does not begin as a copy of this one, so it has nothing of a request in its memory.
    """

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="press")
        self.workers = self._hired()
        self.waiting = 0
        self.stopped = False

    def _hired(self) -> Workers:
        return Workers(1, SECONDS, method="spawn")

    def stop(self) -> None:
        """Take no more jobs; those that wait are refused."""
        self.stopped = True
        self.thread.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the process after its current job."""
        self.thread.shutdown(cancel_futures=True)
        self.workers.__exit__()

    def end(self) -> None:
        """End the process after its current job, without waiting for that."""
        self.stopped = True
        self.thread.submit(self.workers.__exit__)
        self.thread.shutdown(wait=False)

    async def run(self, work: Callable[[Make], Value]) -> Value:
        """Return the result of `work`, a function that is given a function to press a recipe."""
        if self.stopped or self.waiting >= MOST:
            raise Busy
        self.waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.thread, self._done, work)
        except asyncio.CancelledError:
            if self.stopped:
                raise Busy from None
            raise
        finally:
            self.waiting -= 1

    def _done(self, work: Callable[[Make], Value]) -> Value:
        if self.stopped:
            raise Busy
        return work(self._press)

    def _press(self, recipe: Recipe) -> Rendered | Failed:
        ((_, made),) = self.workers.press([recipe])
        return made
