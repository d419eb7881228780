"""Handpress's own records in the output folder: JSON after a checksum.

Such a file may be cut, changed or replaced by anybody. All damage is one error, :class:`Damaged`; the
caller then makes the content of the record again.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from handpress.core.files.disk import NoFile, Outside, digest, read, write_file

Shape = TypeVar("Shape")
MAGIC = b"handpress 2\n"


class Damaged(ValueError):
    """Content that Handpress did not write, with the reason."""


def load(kind: type[Shape], output: Path, name: str) -> Shape | None:
    """Return the record `name` as a `kind`, or None without the file."""
    data = found(output, name)
    return None if data is None else shaped(kind, unsealed(data))


def save(output: Path, name: str, value: object) -> None:
    """Write `value`, a struct or JSON data, as the record `name`."""
    try:
        text = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate; see :func:`plain`
        text = _dumped(msgspec.to_builtins(value))
    write_file(output, name, _with_checksum(text), flush=False)


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
    """Return `value` as JSON after its checksum. Unlike msgspec, Python's own module keeps NaN."""
    return _with_checksum(_dumped(value))


def _dumped(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _with_checksum(text: bytes) -> bytes:
    return MAGIC + digest(text).encode() + b"\n" + text


def unsealed(data: bytes) -> Any:
    """Return the value of sealed data."""
    head, _, rest = data.partition(b"\n")
    checksum, _, text = rest.partition(b"\n")
    if head + b"\n" != MAGIC or digest(text).encode() != checksum:
        raise Damaged("its checksum does not match")
    return plain(text)


def plain(text: bytes) -> Any:
    """Parse JSON from an untrusted source.

    msgspec's own parser is quicker, but rejects a lone surrogate, a byte of a file name that is not UTF-8.
    """
    with contextlib.suppress(ValueError, RecursionError):
        return msgspec.json.decode(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Damaged("it is not valid JSON") from None


def shaped(kind: type[Shape], value: object) -> Shape:
    """Convert the JSON `value` to a `kind`: a struct, mapping or tuple of these, or a plain value."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise Damaged("its content has the wrong structure") from None
