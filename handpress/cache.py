"""The cache: values kept between runs by the hash of all that they were made from.

It lies in the output folder and may be deleted at any time. What is in it is data, never code: a value
is written as JSON with the names of the few classes that it may hold, and its checksum before it, so
that a damaged, foreign or older file is recognised and thrown away.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from .source import digest, write

MAGIC = b"handpress 2\n"


class Foreign(ValueError):
    """A value in the cache that is not what was put there."""


class Cache:
    """A folder of values by key. Without a folder it keeps nothing.

    `damaged` counts what had to be thrown away; `sweep` removes what this run did not ask for.
    """

    def __init__(self, folder: Path | None, classes: Iterable[type] = ()) -> None:
        self.folder = folder
        self.classes = {c.__name__: c for c in classes}
        self.asked: set[str] = set()
        self.new: dict[str, Any] = {}
        self.damaged = 0

    def get(self, key: str) -> Any:
        """The value kept under `key` (a hash in hexadecimal), None if there is none that is whole."""
        self.asked.add(key)
        if key in self.new:
            return self.new[key]
        if self.folder is None:
            return None
        file = self.folder / key
        try:
            data = file.read_bytes()
        except OSError:
            return None
        try:
            return self._read(data)
        except (ValueError, TypeError, LookupError, RuntimeError, StopIteration):
            self.damaged += 1
            file.unlink(missing_ok=True)
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key`, once :meth:`save` is called."""
        self.asked.add(key)
        self.new[key] = value

    def save(self) -> None:
        """Write what is new."""
        for key, value in self.new.items() if self.folder else ():
            assert self.folder is not None
            text = json.dumps(_plain(value), separators=(",", ":")).encode()
            write(self.folder / key, MAGIC + digest(text).encode() + b"\n" + text)
        self.new.clear()

    def sweep(self) -> None:
        """Remove the values that nobody asked for in this run."""
        if self.folder is None or not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            if file.name not in self.asked and file.is_file():
                file.unlink(missing_ok=True)

    def _read(self, data: bytes) -> Any:
        head, checksum, text = data.split(b"\n", 2)
        if head + b"\n" != MAGIC or digest(text).encode() != checksum:
            raise Foreign
        return self._thawed(json.loads(text))

    def _thawed(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        kind, *parts = value
        if kind == "object":
            name, *values = parts
            return self.classes[name](*(self._thawed(v) for v in values))
        return THAWED[kind](self._thawed(p) if isinstance(p, list) else p for p in parts)


def _plain(value: Any) -> Any:
    """`value` as JSON: a list begins with what it is."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
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
    if is_dataclass(value) and not isinstance(value, type):
        values = (getattr(value, f.name) for f in fields(value))
        return ["object", type(value).__name__, *map(_plain, values)]
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
