"""Handpress's own records in the output folder: JSON with a checksum in front.

Anybody may have cut, changed or replaced such a file. Whatever is wrong with one is a single error,
:class:`Damaged`; who reads it then makes again what it was about.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from handpress.core.disk import NoFile, Outside, digest, read, write_file

Shape = TypeVar("Shape")
MAGIC = b"handpress 2\n"


class Damaged(ValueError):
    """Something that is not as Handpress wrote it, and why."""


def load(kind: type[Shape], output: Path, name: str) -> Shape | None:
    """The record `name`, which is a `kind`; None if there is none."""
    data = found(output, name)
    return None if data is None else shaped(kind, unsealed(data))


def save(output: Path, name: str, value: object) -> None:
    """Write `value`, a dataclass or what JSON has, as the record `name`."""
    write_file(output, name, sealed(msgspec.to_builtins(value)))


def found(output: Path, name: str) -> bytes | None:
    """The bytes of one of our own files, None if it is not there."""
    try:
        return read(output, name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except Outside:
        raise Damaged("it is in a folder that a link leads out of") from None
    except NoFile:
        raise Damaged("it is no plain file") from None


def sealed(value: Any) -> bytes:
    """`value` as JSON, its checksum before it."""
    text = json.dumps(value, separators=(",", ":")).encode()
    return MAGIC + digest(text).encode() + b"\n" + text


def unsealed(data: bytes) -> Any:
    """The value that was sealed."""
    head, _, rest = data.partition(b"\n")
    checksum, _, text = rest.partition(b"\n")
    if head + b"\n" != MAGIC or digest(text).encode() != checksum:
        raise Damaged("its checksum is another")
    return plain(text)


def plain(text: bytes) -> Any:
    """JSON that anybody may have written.

    msgspec's own reader refuses a lone surrogate, which is a byte of a file's name that is no UTF-8.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Damaged("it is no JSON") from None


def shaped(kind: type[Shape], value: object) -> Shape:
    """`value`, as JSON has it, as a `kind`: a dataclass, dict or tuple of such, or a plain value."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise Damaged("it does not have what it should") from None
