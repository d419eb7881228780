"""The file of the desk: favourites, the handouts printed last, and named sets. It has keys of handouts, no client.

It is in the workspace, sorted as people left it, so that colleagues can share it and Git can show its changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import plain_file, set_aside, write_file

FILE = "desk.yaml"
RECENT = 8
SETS = 200
HEAD = """\
# Written by `handpress desk`: handouts that this practice likes, printed last, and gives out together.
# Nothing about a client is in here.
"""


class Kept(Struct, frozen=True):
    """The content of the file. A set is a name with keys of handouts in order."""

    favourites: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recent: tuple[str, ...] = ()  # the last one first

    def with_favourite(self, key: str, *, liked: bool) -> Kept:
        """Return this with `key` among the favourites, or without it."""
        others = tuple(k for k in self.favourites if k != key)
        return replace(self, favourites=(*others, key) if liked else others)

    def with_printed(self, keys: Iterable[str]) -> Kept:
        """Return this with `keys` as printed last."""
        found = tuple(dict.fromkeys((*keys, *self.recent)))
        return replace(self, recent=found[:RECENT])

    def with_set(self, name: str, keys: Iterable[str]) -> Kept:
        """Return this with a set of that name; without `keys`, without the set."""
        sets = {n: k for n, k in self.sets.items() if n != name}
        given = tuple(keys)
        return replace(self, sets={**sets, name: given} if given else sets)


def load_kept(folder: Path) -> tuple[Kept, str]:
    """Return the content of the file, and the new name of a damaged one, which is moved aside."""
    file = plain_file(folder, FILE)
    if file is None:
        return Kept(), ""
    try:
        return msgspec.convert(yaml.safe_load(file.read_bytes()) or {}, Kept), ""
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return Kept(), set_aside(folder, FILE)


def save_kept(folder: Path, kept: Kept) -> None:
    """Write the file, whole or not at all."""
    found: dict[str, Any] = {n: v for n, v in msgspec.to_builtins(kept).items() if v}
    text = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000) if found else ""
    write_file(folder, FILE, (HEAD + text).encode())
