"""File access: reading within the workspace, writing within the output folder.

:class:`Disk` does all reading from a workspace. It refuses paths that are outside the workspace once
links and ``..`` are resolved. All names in the output folder go through :func:`below`, including
names read from its files.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, count, islice
from pathlib import Path
from typing import IO

from msgspec import Struct

SMALL = 1_000_000  # bytes of a file that is read at once
FILE_LIMIT = 64_000_000  # bytes of any file
# Names of special files.
OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Unicode's line and paragraph separators, and the line end of mainframes (Unicode Standard, section 5.8).
# No font has them, and no medium breaks a line there.
SEPARATOR = re.compile("[\x85\u2028\u2029]")
# A relative path with the same meaning on every system, without `.` and `..`.
PLAIN = re.compile(r"(?!\.\.?(?:/|$))[^/\\\0\ud800-\udfff][^\\\0\ud800-\udfff]*")
LONG = 60  # characters: no name in a shorter path has more than 255 bytes, which is an error
# Folders that a program fills, by name, or by the name of a file in them.
FILLED = {"node_modules", "bower_components", "__pycache__", "site-packages", "_site", "_book", "_build",
          "_freeze"}  # fmt: skip
FILLED_WITH = (".handpress", "pyvenv.cfg")


class Outside(OSError):
    """A path outside the folder it belongs to."""


class NoFile(OSError):
    """Not a regular file but a folder, a link, a pipe or a device."""


def _real(path: Path) -> Path:
    """Return `path` with its links resolved; raise OSError for a loop of links."""
    try:
        real = path.resolve()
        circle = real.is_symlink()
    except RuntimeError:  # as in Python before 3.13
        circle = True
    if circle:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return real


def below(root: Path, name: str) -> Path:
    """Return the path of `name` below `root`, for anything that is read, written or removed there.

    Names can come from a file that anybody wrote. Raises :class:`Outside` unless `name` is a plain
    relative path into a folder that is below `root` with links resolved. If the last part is a link,
    it is not followed: writing or removing it affects only the link.
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
    """Return the bytes of the regular file `name` below `root`; raise :class:`NoFile` for anything else."""
    place = below(root, name)
    if not stat.S_ISREG(place.lstat().st_mode):
        raise NoFile(name)
    return place.read_bytes()


def plain_file(root: Path, name: str) -> Path | None:
    """Return the path of the regular file `name` below `root`, or None without one."""
    try:
        place = below(root, name)
        return place if stat.S_ISREG(place.lstat().st_mode) else None
    except OSError:
        return None


def write_file(root: Path, name: str, data: bytes, *, flush: bool = True) -> None:
    """Write `data` to `name` below `root` atomically, as :func:`written` does."""
    with written(root, name, flush=flush) as file:
        file.write(data)


@contextlib.contextmanager
def written(root: Path, name: str, *, flush: bool = True) -> Iterator[IO[bytes]]:
    """Yield a file to write, which becomes `name` below `root` at the end: a temporary one there, flushed and renamed.

    Its permissions follow the umask. After an error in the context, there is no new file. Without `flush`, the system
    writes it to the disk when it likes, which is much faster: for a file that a power cut may damage, since the damage
    is noticed and the file made again.
    """
    place = below(root, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".handpress-{os.urandom(8).hex()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            yield file
            if flush:
                file.flush()
                os.fsync(file.fileno())
        part.replace(place)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):  # the name of the temporary file would tell nobody anything
            raise OSError(error.errno, error.strerror, str(place)) from error
        raise


def remove_file(root: Path, name: str) -> None:
    """Remove the file `name` below `root`, and any folders that become empty."""
    place = below(root, name)
    with contextlib.suppress(OSError):
        place.unlink()
        for folder in place.parents:
            if folder == root:
                break
            folder.rmdir()  # fails, and ends the loop, on anything but an empty folder


def discard(root: Path, name: str) -> None:
    """Remove `name` below `root`, a folder with all its content; follow no link."""
    with contextlib.suppress(OSError):
        place = below(root, name)
        if stat.S_ISDIR(place.lstat().st_mode):
            import shutil

            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink()


def set_aside(root: Path, name: str) -> str:
    """Rename `name` below `root`, of any kind, and return its new name, which was free."""
    place = below(root, name)
    names = (f"{name}.damaged{f'-{n}' if n > 1 else ''}" for n in count(1))
    free = next(n for n in names if not os.path.lexists(root / n))
    place.rename(root / free)
    return free


class Disk(Struct, frozen=True, dict=True):
    """Read access to one folder only. Paths are relative to it, with forward slashes.

    `seen`, if given, records the state of each path that was read.
    """

    root: Path
    seen: dict[str, str] | None = None

    def note(self, kind: str, path: str, found: str) -> None:
        """Record a path's state for :mod:`.build.up_to_date`."""
        if self.seen is not None:
            self.seen[f"{kind} {path}"] = found

    def at(self, path: str) -> Path:
        """Return the real path of `path`; raise :class:`Outside` unless it is below the root."""
        # Every name that a build looks up comes here. Below a folder without links, it is its own real path.
        if len(path) < LONG and PLAIN.fullmatch(path) and ".." not in path.split("/"):
            ways = accumulate(path.split("/"), "{}/{}".format, initial=self._real_root)
            if not any(map(os.path.islink, islice(ways, 1, None))):
                return Path(self._within + path)
        # As `_real`, with fewer objects.
        real = os.path.realpath(self.root / path)
        found = Path(real)
        if found.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        if real != self._real_root and not real.startswith(self._within):
            raise Outside(path)
        return found

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root)

    @cached_property
    def _within(self) -> str:
        return self._real_root.rstrip(os.sep) + os.sep

    def read(self, path: str) -> bytes:
        real = self.at(path)
        try:  # an error for a name that is too long; `is_file` would only return False
            there = real.stat()
        except NotADirectoryError:
            raise FileNotFoundError(path) from None
        if not stat.S_ISREG(there.st_mode):  # opening a pipe would wait for a writer
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
        """Return whether the path exists, readable or not: a file, a folder, a broken link, a pipe."""
        try:
            there = os.path.lexists(self.root / path)
        except ValueError:
            there = False
        self.note("has", path, str(there))
        return there

    def broken(self, path: str) -> str:
        """Return why the link at `path` cannot be followed; "" if it can, or is not a link."""
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
        """Return the sorted names in a folder, without hidden ones; none without the folder."""
        if not self.is_dir(path):
            return []
        found = sorted(p.name for p in self.at(path).iterdir() if not p.name.startswith("."))
        self.note("names", path, "/".join(found))
        return found

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Return the paths of all files by their folded names, without those of hidden folders and of programs."""
        found: dict[str, list[str]] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            with contextlib.suppress(OSError), os.scandir(self.root / folder) as scan:
                entries = {e.name: e for e in scan}
                if entries.keys() & set(FILLED_WITH):
                    continue
                shown = sorted(n for n in entries if not n.startswith("."))
                self.note("names", folder or ".", "/".join(shown))
                for name in shown:
                    path = f"{folder}/{name}" if folder else name
                    if not entries[name].is_dir():
                        found.setdefault(folded(name), []).append(path)
                    elif name not in FILLED and not entries[name].is_symlink():
                        folders.append(path)
        return {name: tuple(sorted(paths)) for name, paths in found.items()}

    def asset(self, path: str) -> Asset:
        """Return the file at `path`, to read on demand."""
        asset = Asset.file(self.at(path))
        self.note("file", path, asset.digest)
        return asset


class Asset(Struct, frozen=True):
    """Bytes for the press: held in memory, or in a file with a known digest.

    A file is read only when the press needs it. Its digest is checked then, so that an artefact never has
    other bytes than those in its fingerprint.
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
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would never end
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


def folded(name: str) -> str:
    """Return `name` in lower case and composed (NFC), so that equal names compare equal."""
    return unicodedata.normalize("NFC", name.casefold())


def why_unread(disk: Disk, path: str, error: OSError) -> str:
    """Return the reason for `error` on reading `path`, in words an author understands."""
    if isinstance(error, Outside):
        return "it is a link to a file outside the workspace"
    if isinstance(error, FileNotFoundError) and (disk.root / path).is_symlink():
        return "it is a link to a missing file"
    if error.errno == errno.ELOOP:
        return "it is a link to itself"
    return error.strerror or str(error)


def _other(mode: int) -> str:
    """Return the name of a special file, by its `mode`."""
    return next((name for is_one, name in OTHERS if is_one(mode)), "something else")


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_below(root: Path, name: str) -> str | None:
    """Return the digest of the regular file `name` below `root`, or None without one."""
    if (file := plain_file(root, name)) is None:
        return None
    status = file.stat()
    return file_digest(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16_384)
def file_digest(path: Path, _modified: int, size: int) -> str:
    # Time and size only avoid hashing one file twice in a run; freshness never depends on them.
    if size < SMALL:  # by far most: `file_digest` takes a large buffer for each
        return digest(path.read_bytes())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
