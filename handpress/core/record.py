"""Handpress's own records in the output folder: JSON after a checksum.

Such a file may be cut, changed or replaced by anybody. All damage is one error, :class:`Damaged`; the
caller then makes the content of the record again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from handpress.core.disk import NoFile, Outside, digest, read, write_file

PLAIN = (str, int, bool)
MAGIC = b"handpress 2\n"


class Damaged(ValueError):
    """Content that Handpress did not write, with the reason."""


def load(kind: Any, output: Path, name: str) -> Any:
    """Return the record `name` as a `kind`, or None without the file."""
    data = found(output, name)
    return None if data is None else shaped(kind, unsealed(data))


def save(output: Path, name: str, value: Any) -> None:
    """Write `value`, which is JSON data, as the record `name`."""
    write_file(output, name, sealed(value))


def found(output: Path, name: str) -> bytes | None:
    """Return the bytes of one of our own files, or None without it."""
    try:
        return read(output, name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except Outside:
        raise Damaged("its folder is a link to another place") from None
    except NoFile:
        raise Damaged("it is not a regular file") from None


def sealed(value: Any) -> bytes:
    """Return `value` as JSON after its checksum."""
    text = json.dumps(value, separators=(",", ":")).encode()
    return MAGIC + digest(text).encode() + b"\n" + text


def unsealed(data: bytes) -> Any:
    """Return the value of sealed data."""
    head, _, rest = data.partition(b"\n")
    checksum, _, text = rest.partition(b"\n")
    if head + b"\n" != MAGIC or digest(text).encode() != checksum:
        raise Damaged("its checksum does not match")
    return plain(text)


def plain(text: bytes) -> Any:
    """Parse JSON from an untrusted source."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Damaged("it is not valid JSON") from None


def shaped(kind: Any, value: Any) -> Any:
    """Convert the JSON `value` to a `kind`: a dataclass, mapping or tuple of these, or a plain value."""
    if kind is Any or (kind in PLAIN and type(value) is kind):
        return value
    if isinstance(kind, UnionType):
        return value if value is None else shaped(get_args(kind)[0], value)
    if is_dataclass(kind):
        return _object(kind, value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Mapping, dict) and isinstance(value, dict):
        return {str(key): shaped(inner[1], one) for key, one in value.items()}
    if origin is tuple and isinstance(value, list):
        kinds = [inner[0]] * len(value) if inner[1:] == (...,) else inner
        if len(kinds) == len(value):
            return tuple(map(shaped, kinds, value))
    if type(value) is not kind:
        raise Damaged("its content has the wrong structure")
    return value


def _object(kind: Any, value: Any) -> Any:
    kinds = _fields(kind)
    if not isinstance(value, dict) or not {n for n, (_, must) in kinds.items() if must} <= {*value}:
        raise Damaged("its content has the wrong structure")
    return kind(**{n: shaped(one, value[n]) for n, (one, _) in kinds.items() if n in value})


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field of a dataclass, and whether it is required."""
    hints = get_type_hints(kind)
    return {
        f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
    }
