"""Limits: the timer ends what takes too long, wherever it is."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator

import pytest

from handpress.core.limits import TooSlow, time_limit

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="without such a timer")


def compute(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


@pytest.fixture
def phases() -> Iterator[list[str]]:
    """The phases of the collector. Each takes longer than the limit."""
    ended: list[str] = []

    def callback(phase: str, _info: object) -> None:
        compute(0.15)
        ended.append(phase)

    gc.collect()
    gc.disable()
    gc.callbacks.append(callback)
    yield ended
    gc.callbacks.remove(callback)
    gc.enable()


def test_a_callback_of_the_collector_is_not_interrupted(phases: list[str]) -> None:
    """Python would only print the exception there. The timer rings again after it."""

    def collect_and_compute() -> None:
        gc.collect()
        compute(10)

    with pytest.raises(TooSlow), time_limit(0.05):
        collect_and_compute()
    assert phases == ["start", "stop"]
