"""The only access to files: reading within the workspace, writing within the output folder.

Everything that Handpress reads from a workspace comes through :class:`Disk`, which refuses paths that lead
outside the workspace once links and ``..`` are resolved. In the output folder every name goes through
:func:`below`, names read from a file there included.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import posixpath
import re
import secrets
import shutil
import stat
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, count, islice
from pathlib import Path

FILE_LIMIT = 64_000_000  # bytes of any file
# Things on a disk that are no plain files.
OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Unicode's own ends of a line and of a paragraph, and that of mainframes (Unicode Standard, section 5.8).
# No font has them, and no medium breaks a line there.
SEPARATOR = re.compile("[\x85\u2028\u2029]")
# A relative path that every system takes and reads alike; none begins with a dot or two alone.
PLAIN = re.compile(r"(?!\.\.?(?:/|$))[^/\\\0\ud800-\udfff][^\\\0\ud800-\udfff]*")


class Outside(OSError):
    """A path that leads out of the folder that it belongs to."""


class NoFile(OSError):
    """Something other than a plain file: a folder, a link, a pipe, a device."""


def _real(path: Path) -> Path:
    """`path` with its links resolved; raises OSError where they go round in a circle."""
    try:
        real = path.resolve()
        circle = real.is_symlink()
    except RuntimeError:  # as Python before 3.13 says it
        circle = True
    if circle:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return real


def below(root: Path, name: str) -> Path:
    """The place of `name` below `root`, the one way to whatever is read, written or removed there.

    Names may come from a file that anybody wrote. Raises :class:`Outside` unless `name` is a plain
    relative path into a folder that, links resolved, is below `root`. The last part is not followed
    if it is a link: to write or remove it touches the link alone.
    """
    if not PLAIN.fullmatch(name) or posixpath.normpath(name) != name:
        raise Outside(name)
    place = root / name
    ways = accumulate(name.split("/")[:-1], "{}/{}".format, initial=str(root))
    linked = any(map(os.path.islink, islice(ways, 1, None)))
    if linked and not _real(place.parent).is_relative_to(_real(root)):
        raise Outside(name)
    return place


def read(root: Path, name: str) -> bytes:
    """The bytes of the plain file `name` below `root`; raises :class:`NoFile` for anything else."""
    place = below(root, name)
    if not stat.S_ISREG(place.lstat().st_mode):
        raise NoFile(name)
    return place.read_bytes()


def plain_file(root: Path, name: str) -> Path | None:
    """The place of the plain file `name` below `root`, None if there is none."""
    try:
        place = below(root, name)
        return place if stat.S_ISREG(place.lstat().st_mode) else None
    except OSError:
        return None


def write_file(root: Path, name: str, data: bytes) -> None:
    """Put `data` at `name` below `root` whole or not at all: a temporary file beside it, flushed, renamed.

    It may be read by whom the umask lets.
    """
    place = below(root, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".handpress-{secrets.token_hex(8)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, place)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):  # the name of the temporary file would tell nobody anything
            raise OSError(error.errno, error.strerror, str(place)) from error
        raise


def remove_file(root: Path, name: str) -> None:
    """Remove the file `name` below `root`, and the folders that are empty without it."""
    place = below(root, name)
    with contextlib.suppress(OSError):
        place.unlink()
        for folder in place.parents:
            if folder == root:
                break
            folder.rmdir()  # fails, and ends the walk, where something else lies


def discard(root: Path, name: str) -> None:
    """Remove whatever lies at `name` below `root`, a folder with all that is in it; follow no link."""
    with contextlib.suppress(OSError):
        place = below(root, name)
        if stat.S_ISDIR(place.lstat().st_mode):
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink()


def set_aside(root: Path, name: str) -> str:
    """Rename what lies at `name` below `root`, whatever it is; the new name, which nothing had."""
    place = below(root, name)
    names = (f"{name}.damaged{f'-{n}' if n > 1 else ''}" for n in count(1))
    free = next(n for n in names if not os.path.lexists(root / n))
    place.rename(root / free)
    return free


@dataclass(frozen=True)
class Disk:
    """Read access to one folder and nothing else. Paths are relative to it, with forward slashes.

    `seen`, if there is one, takes down what was found at each path.
    """

    root: Path
    seen: dict[str, str] | None = field(default=None, compare=False)

    def note(self, kind: str, path: str, found: str) -> None:
        """Remember what was found, for :mod:`.build.up_to_date`."""
        if self.seen is not None:
            self.seen[f"{kind} {path}"] = found

    def at(self, path: str) -> Path:
        """The real path of `path`; raises :class:`Outside` if that is not below the root."""
        real = _real(self.root / path)
        if not real.is_relative_to(self.root.resolve()):
            raise Outside(path)
        return real

    def read(self, path: str) -> bytes:
        real = self.at(path)
        try:  # a name that is too long is an error: `is_file` would only say that it is no file
            there = real.stat()
        except NotADirectoryError:
            raise FileNotFoundError(path) from None
        if not stat.S_ISREG(there.st_mode):  # opening a pipe would wait for somebody to write
            kind = IsADirectoryError if stat.S_ISDIR(there.st_mode) else NoFile
            raise kind(f"it is {_other(there.st_mode)}, not a file")
        if there.st_size > FILE_LIMIT:
            raise OSError(f"larger than {FILE_LIMIT // 1_000_000} MB")
        data = real.read_bytes()
        self.note("file", path, digest(data))
        return data

    def is_file(self, path: str) -> bool:
        try:
            there = self.at(path).is_file()
        except (OSError, ValueError):
            there = False
        self.note("is file", path, str(there))
        return there

    def has(self, path: str) -> bool:
        """Whether anything has this name, readable or not: a file, a folder, a broken link, a pipe."""
        try:
            there = os.path.lexists(self.root / path)
        except ValueError:
            there = False
        self.note("has", path, str(there))
        return there

    def broken(self, path: str) -> str:
        """The reason why the link at `path` cannot be followed; "" if it can, or if it is no link."""
        reason = ""
        if (self.root / path).is_symlink():
            try:
                self.at(path).stat()
            except OSError as error:
                reason = why_unread(self, path, error)
        self.note("broken", path, reason)
        return reason

    def is_dir(self, path: str) -> bool:
        try:
            there = self.at(path).is_dir()
        except (OSError, ValueError):
            there = False
        self.note("is folder", path, str(there))
        return there

    def names(self, path: str) -> list[str]:
        """The names in a folder, sorted, hidden ones left out; none if there is no such folder."""
        if not self.is_dir(path):
            return []
        found = sorted(n for n in os.listdir(self.at(path)) if not n.startswith("."))
        self.note("names", path, "/".join(found))
        return found

    def asset(self, path: str) -> Asset:
        """The file at `path`, to be read when it is wanted."""
        asset = Asset.file(self.at(path))
        self.note("file", path, asset.digest)
        return asset


@dataclass(frozen=True)
class Asset:
    """Bytes that the press will read: either held here, or a file with the digest that it had.

    A file is read only when the press wants it, and checked against its digest then, so that an
    artefact is never made from other bytes than its fingerprint was.
    """

    digest: str
    data: bytes | None = None
    path: Path | None = None

    @classmethod
    def of(cls, data: bytes) -> Asset:
        return cls(digest(data), data=data)

    @classmethod
    def file(cls, path: Path) -> Asset:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be read for ever
            raise NoFile(path.name)
        return cls(file_digest(path, status.st_mtime_ns, status.st_size), path=path)

    def read(self) -> bytes:
        if self.data is not None:
            return self.data
        assert self.path is not None
        data = self.path.read_bytes()
        if digest(data) != self.digest:
            raise OSError(f"{self.path.name} changed while it was being used")
        return data


def why_unread(disk: Disk, path: str, error: OSError) -> str:
    """The reason that `error` gives for not reading `path`, in an author's words."""
    if isinstance(error, Outside):
        return "it is a link to a file outside the workspace"
    if isinstance(error, FileNotFoundError) and (disk.root / path).is_symlink():
        return "it is a link to a missing file"
    if error.errno == errno.ELOOP:
        return "it is a link to itself"
    return error.strerror or str(error)


def _other(mode: int) -> str:
    """The name of a thing on the disk that is no plain file, by its `mode`."""
    return next((name for is_one, name in OTHERS if is_one(mode)), "something else")


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@cache
def file_digest(path: Path, _modified: int, _size: int) -> str:
    # Time and size only keep one run from hashing one file twice; freshness never depends on them.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
