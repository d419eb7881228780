"""Limits on the time and memory that one source may take."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

AGAIN = 0.1  # seconds


class TooSlow(Exception):
    """It took longer than it was given."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TooSlow` in what takes more than `seconds` of this process's own time.

    Time in which others have the processor does not count: a busy machine breaks no limit.
    """
    # Only POSIX has the timer, and only the main thread may set it; elsewhere reading is not timed.
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    over = False

    def ring(_signal: int, _frame: object) -> None:
        if not over:
            raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    # It rings again and again: what is raised in a finalizer goes no further.
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def memory_limit(memory: int) -> Iterator[None]:
    """Raise MemoryError in what takes more than `memory` bytes besides those in use."""
    # A table of three thousand columns, or a long address that is used often, swells a few kilobytes to
    # all the memory there is. Only Linux tells how much is in use, and holds a process to a limit.
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    given = [n for n in (used + memory, soft) if n != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(given), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
