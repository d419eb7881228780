"""The lock: one window for an output folder at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from handpress.build.places import MARK
from handpress.build.run import not_foreign

LOCK = f"{MARK}/watch"


class Watched(Exception):
    """The workspace is watched already, by another process."""


@contextlib.contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the output folder's lock. Raises :class:`Watched`, or :class:`.Foreign` if the folder is not ours."""
    from filelock import FileLock, Timeout

    not_foreign(output)
    (output / MARK).mkdir(parents=True, exist_ok=True)
    lock = FileLock(output / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Watched(str(output)) from None
    try:
        yield
    finally:
        lock.release()
