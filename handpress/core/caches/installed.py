"""Values that are found once for an installation: they are kept beside the compiled modules of this package.

As compiled modules, they belong to one version of Python, are trusted as the code is, and are not written if Python
writes no bytecode, or where the folder cannot be written. They are values of :mod:`marshal`, after a checksum, since
nothing waits for the disk: a power cut may leave a file with half of its bytes.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from handpress import __version__

SUM = 4  # bytes of a checksum


def place(name: str) -> Path:
    """Return the file of the value `name`, which has only letters and digits."""
    return Path(cache_from_source(__file__, optimization=name))


def found(name: str, of: str = "") -> Any:
    """Return the value `name` that was kept; None without one that was found by this version, and `of` the same."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = memoryview(place(name).read_bytes())
        if data[:SUM] == _sum(data[SUM:]):
            found_by, value = marshal.loads(data[SUM:])
            if found_by == _found_by(of):
                return value
    return None


def keep(name: str, value: Any, of: str = "") -> None:
    """Keep a value for later processes, which a failure to write it does not stop."""
    if sys.dont_write_bytecode:
        return
    # Not with `core.files.disk`: `doctor` runs without msgspec.
    file = place(name)
    part = file.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        data = marshal.dumps((_found_by(of), value))
        part.write_bytes(_sum(data) + data)
        part.replace(file)


def keep_newest(name: str, most: int) -> None:
    """Remove all values whose names begin with `name` except the newest ones."""
    with contextlib.suppress(OSError):  # another process may do the same
        files = [(file.stat().st_mtime_ns, file) for file in place(name).parent.glob(f"*{name}*")]
        for _, file in sorted(files)[:-most]:
            file.unlink()


def _sum(data: bytes | memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(SUM, "big")


def _found_by(of: str) -> str:
    return f"{sys.version} {__version__} {of}"
