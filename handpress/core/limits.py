"""Limits on the time and memory that one source may take."""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

AGAIN = 0.1  # seconds


class TooSlow(Exception):
    """Reading exceeded its time limit."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TooSlow` in the block after `seconds` of this process's own CPU time.

    CPU time of other processes does not count, so a busy machine breaks no limit.
    """
    # Only POSIX has the timer, and only the main thread may set it; elsewhere reading is not timed.
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    over = False

    def ring(_signal: int, frame: FrameType | None) -> None:
        if not over and not _is_of_collector(frame):
            raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    # The timer repeats, because an exception raised in a finalizer is ignored.
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _is_of_collector(frame: FrameType | None) -> bool:
    """Return whether a frame is below a callback of the garbage collector, which would only print an exception."""
    callbacks = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while callbacks and frame:
        if frame.f_code in callbacks:
            return True
        frame = frame.f_back
    return False


@contextlib.contextmanager
def memory_limit(memory: int) -> Iterator[None]:
    """Raise MemoryError in the block when it takes more than `memory` bytes in addition to those in use."""
    # A table of three thousand columns, or a long address used often, can grow from a few kilobytes to
    # all available memory. Only Linux reports the memory in use and enforces a limit on it.
    try:
        import resource

        sizes = Path("/proc/self/statm").read_bytes()
        used = int(sizes.split()[0]) * resource.getpagesize()
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
