"""Handpress's own records in the output folder: JSON with a checksum in front.

Anybody may have cut, changed or replaced such a file. Whatever is wrong with one is a single error,
:class:`Damaged`; who reads it then makes again what it was about.
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
    """Something that is not as Handpress wrote it, and why."""


def load(kind: Any, output: Path, name: str) -> Any:
    """The record `name`, which is a `kind`; None if there is none."""
    data = found(output, name)
    return None if data is None else shaped(kind, unsealed(data))


def save(output: Path, name: str, value: Any) -> None:
    """Write `value`, which is JSON already, as the record `name`."""
    write_file(output, name, sealed(value))


def found(output: Path, name: str) -> bytes | None:
    """The bytes of one of our own files, None if it is not there."""
    try:
        return read(output, name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except Outside:
        raise Damaged("its folder is a link to another place") from None
    except NoFile:
        raise Damaged("it is not a regular file") from None


def sealed(value: Any) -> bytes:
    """`value` as JSON, its checksum before it."""
    text = json.dumps(value, separators=(",", ":")).encode()
    return MAGIC + digest(text).encode() + b"\n" + text


def unsealed(data: bytes) -> Any:
    """The value that was sealed."""
    head, _, rest = data.partition(b"\n")
    checksum, _, text = rest.partition(b"\n")
    if head + b"\n" != MAGIC or digest(text).encode() != checksum:
        raise Damaged("its checksum does not match")
    return plain(text)


def plain(text: bytes) -> Any:
    """JSON that anybody may have written."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Damaged("it is not valid JSON") from None


def shaped(kind: Any, value: Any) -> Any:
    """`value`, as JSON has it, as a `kind`: a dataclass, mapping or tuple of such, or a plain value."""
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
    """The fields of a dataclass: what each is, and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
    }
