"""A cache on disk: values kept between builds, keyed by the hash of all their inputs.

It is in the output folder and can be deleted at any time. It contains data, never code: a value is a
record with the names of the few classes allowed in it. Damaged, foreign and older files are detected
and deleted. diskcache would pickle its values, and a pickle left in the folder by an attacker runs code.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from handpress.core.caches import record
from handpress.core.caches.record import Damaged
from handpress.core.files.disk import digest, discard, write_file


class Cache:
    """A folder of values by key, `at` below `root`. Without a `root` it keeps nothing.

    `damaged` counts the deleted files; `sweep` removes values that this run did not request.
    """

    def __init__(self, root: Path | None, classes: Iterable[type] = (), at: str = "") -> None:
        self.root, self.at = root, at
        self.classes = {c.__name__: c for c in classes}
        self.asked: set[str] = set()
        self.noted: list[str] | None = None  # keys that were requested, in :meth:`noting`
        self.new: dict[str, Any] = {}
        self.damaged = 0

    def get(self, key: str) -> Any:
        """Return the value kept under `key` (a hexadecimal hash), or None without an intact one."""
        self.ask(key)
        if key in self.new:
            return self.new[key]
        if self.root is None:
            return None
        try:
            data = record.found(self.root, self.at + key)
            return None if data is None else self._thawed(record.unsealed(data))
        except Damaged:
            self.damaged += 1
            discard(self.root, self.at + key)
            return None

    def ask(self, *keys: str) -> None:
        """Keep the values of these keys, which this run needs or may need later."""
        self.asked.update(keys)
        if self.noted is not None:
            self.noted += keys

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key`, once :meth:`save` is called."""
        self.ask(key)
        self.new[key] = value

    def made(self, recipe: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes kept for `recipe`, a text that decides them; `make` them if there are none."""
        key = digest(recipe.encode())
        kept = self.get(key)
        if not isinstance(kept, bytes):
            kept = make()
            self.put(key, kept)
        return kept

    @contextlib.contextmanager
    def noting(self) -> Iterator[list[str]]:
        """Note the keys that are requested in the context."""
        before, self.noted = self.noted, []
        try:
            yield self.noted
        finally:
            self.noted = before

    def save(self) -> None:
        """Write the new values."""
        for key, value in self.new.items() if self.root else ():
            assert self.root is not None
            data = record.sealed(_plain(value))
            write_file(self.root, self.at + key, data, flush=False)
        self.new.clear()

    def sweep(self) -> None:
        """Remove the values that were not requested in this run."""
        if self.root is None or not (self.root / self.at).is_dir():
            return
        for file in (self.root / self.at).iterdir():
            if file.name not in self.asked and not file.is_dir():
                discard(self.root, self.at + file.name)

    def _thawed(self, value: Any) -> Any:
        try:
            return self._made(value)
        except (ValueError, TypeError, LookupError, RuntimeError, StopIteration):
            raise Damaged("it contains an unsupported value") from None

    def _made(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        kind, *parts = value
        if kind == "object":
            name, *values = parts
            return self.classes[name](*(self._made(v) for v in values))
        return THAWED[kind](self._made(p) if isinstance(p, list) else p for p in parts)


def _plain(value: Any) -> Any:
    """Return `value` as JSON, with its class as the first item of each list.

    Values of settings may be of any of these types, so there is no single type for msgspec to decode.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # the place of a problem
        return ["object", type(value).__name__, *map(_plain, value)]
    if isinstance(value, tuple | list):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, frozenset):
        return ["set", *sorted(map(_plain, value))]
    if isinstance(value, dict):
        return ["dict", *(["tuple", _plain(k), _plain(v)] for k, v in value.items())]
    if isinstance(value, datetime.date):
        return ["date", value.isoformat()]
    if isinstance(value, bytes):
        return ["bytes", base64.b64encode(value).decode()]
    if isinstance(value, Path):
        return ["path", str(value)]
    if isinstance(value, Struct):
        return ["object", type(value).__name__, *map(_plain, astuple(value))]
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _only(parts: Iterable[Any]) -> Any:
    (only,) = parts
    return only


THAWED: dict[str, Callable[[Iterable[Any]], Any]] = {
    "tuple": tuple,
    "set": frozenset,
    "dict": dict,
    "date": lambda parts: datetime.date.fromisoformat(_only(parts)),
    "bytes": lambda parts: base64.b64decode(_only(parts)),
    "path": lambda parts: Path(_only(parts)),
}
