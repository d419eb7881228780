"""The call stack: calls at any depth take no memory from the system again and again."""

from __future__ import annotations

import pytest

from handpress.core.call_stack import with_room

resource = pytest.importorskip("resource")

CALLS = 200  # at each depth


def call_at(depth: int) -> None:
    if depth:
        call_at(depth - 1)
    else:
        for _ in range(CALLS):
            outer()


def outer() -> None:
    inner()


def inner() -> None:
    pass


def most_page_faults() -> int:
    """Return the most that the calls at one depth cost; two hundred where they cross the end of a chunk."""
    most = 0
    for depth in range(1, 400):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        call_at(depth)
        most = max(most, resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return most


def test_no_depth_of_calls_is_slow() -> None:
    with_room(most_page_faults)()  # its memory is taken here
    assert with_room(most_page_faults)() < CALLS


def test_a_function_with_room_is_as_before() -> None:
    def given(*values: int, **named: int) -> tuple[tuple[int, ...], dict[str, int]]:
        """Say what was given."""
        return values, named

    assert with_room(given)(1, 2, three=3) == given(1, 2, three=3)
    assert with_room(given).__doc__ == given.__doc__
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)()
