"""Answers that are found once for an installation, and again when any of our code has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handpress.core.caches import installed
from handpress.core.caches.code_hash import whole

Answer = TypeVar("Answer")


def once(name: str, of: str, find: Callable[[], Answer]) -> Answer:
    """Return the answer that was kept under `name` for the input `of`, or what `find` returns, which is kept then.

    An answer is a value of :mod:`marshal`, and not None.
    """
    whole_input = f"{of} {whole()}"
    kept: Answer | None = installed.found(name, whole_input)
    if kept is None:
        kept = find()
        installed.keep(name, kept, whole_input)
    return kept
