"""Remembered answers: facts that earlier builds found, by the hash of everything that they depend on, in one record.

The record is in the output folder and can be deleted at any time: the next build then finds the facts again. It
contains data, whose types are checked. A whole build removes answers that it did not request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from handpress.core.caches import record
from handpress.core.caches.cache import Cache
from handpress.core.caches.record import Damaged
from handpress.core.files.disk import digest, discard

Answer = TypeVar("Answer")
Kept = tuple[Any, tuple[str, ...]]  # an answer as plain data, and keys of the cache
MOST = 50_000  # answers that builds of a part of the workspace can add


class _Record(Struct, frozen=True):
    """The answers that a `program` found, by key."""

    program: str
    answers: Mapping[str, Kept]


class Remembered(Struct):
    """The answers in the record `name` below `root`; without a `root`, those of this run alone."""

    root: Path | None = None
    name: str = ""
    program: str = ""  # a hash of the code that finds the answers
    cache: Cache = field(
        default_factory=partial(Cache, None)
    )  # keeps the values that were used for answers
    damaged: int = 0
    old: Mapping[str, Kept] = field(default_factory=dict)
    known: Set[str] = frozenset()  # the keys of the intact answers in the record
    answers: dict[str, Kept] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path, name: str, program: str, cache: Cache) -> Remembered:
        """Return the answers of earlier builds by the same `program`; a damaged record is discarded."""
        found = cls(root, name, program, cache)
        try:
            kept = record.load(_Record, root, name)
        except Damaged:
            found.damaged = 1
            discard(root, name)
        else:
            found.old = kept.answers if kept and kept.program == program else {}
            found.known = frozenset(found.old)
        return found

    def answer(
        self, kind: type[Answer], asked: Iterable[str], make: Callable[[], Answer]
    ) -> Answer:
        """Return the answer of this `kind` that depends on everything in `asked`, or `make` it."""
        if self.root is None:
            return make()
        key = digest("\0".join(asked).encode("utf-8", "surrogatepass"))
        try:
            kept = self.answers.get(key) or self.old[key]
            plain, needed = kept
            known = record.shaped(kind, plain)
        except (KeyError, Damaged):
            with self.cache.noting() as noted:
                known = make()
            kept = msgspec.to_builtins(known), tuple(noted)
            self.known -= {key}
        else:
            self.cache.ask(*needed)
        self.answers[key] = kept
        return known

    def sweep(self) -> None:
        """Remove the answers that were not requested in this run."""
        self.old = {key: value for key, value in self.old.items() if key in self.answers}

    def save(self) -> None:
        """Write the answers, if there are new ones."""
        kept = {**(self.old if len(self.old) < MOST else {}), **self.answers}
        if self.root is not None and kept.keys() != self.known:
            record.save(self.root, self.name, _Record(self.program, kept))
