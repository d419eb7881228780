"""The call stack of Python functions, in one piece of memory.

CPython has their frames in chunks of 16 kilobytes. It takes a chunk from the system when calls come to the end of the
last one, and gives it back when they return (`push_chunk` in its Python/pystate.c). The depth of a layout rises and
falls across such an end thousands of times, which is a twentieth of the time of a build. A chunk is as large as its
first frame needs, in powers of two: above a frame of a little more than half there is room for all calls within it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

SLOTS = 140_000  # of eight bytes: more than half of two megabytes; what is not used takes no memory


def with_room(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Return a function that has room for the frames of all calls within it: a megabyte, some 5,000 frames."""

    def call(*given: Any, **named: Any) -> Any:
        return function(*given, **named)

    call.__code__ = call.__code__.replace(co_stacksize=SLOTS)
    return wraps(function)(call)
