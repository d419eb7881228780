"""The result of a build, and the events during it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from handpress.core.problems.problem import Problem


class Event(Struct, frozen=True):
    """An event in a build: an artefact was `made`, `removed` or `kept`, a piece `pressed`, or one `failed`.

    A build `waits` while another one writes into its output folder, the `path`.
    """

    action: str
    path: str
    pages: int | None = None
    reason: str = ""
    full: int | None = None  # per cent of the last page
    tight: str = ""  # the step by which the style was tightened
    warnings: int = 0  # that the artefact carries
    seconds: float = 0.0  # of the processor, to make it


class Listed(Struct, frozen=True):
    """A series as `list` shows it: each article's title and file, and whether the series has errors."""

    id: str
    title: str
    articles: tuple[tuple[str, str], ...]
    wrong: bool = False


class Outcome(Struct, frozen=True):
    """The result of a build."""

    problems: tuple[Problem, ...]
    made: int = 0
    fresh: int = 0
    removed: int = 0
    faults: tuple[str, ...] = ()
    discarded: int = 0  # files of the cache that were damaged, foreign or old
    series: tuple[Listed, ...] = ()


class Foreign(Exception):
    """The output folder contains files that are not ours and would be overwritten."""


Told = Callable[[Event], None]
Expected = Callable[[Sequence[str]], None]
