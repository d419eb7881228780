"""Sources: the one door to the disk, and text that knows its lines.

Everything that Handpress reads from a workspace comes through :class:`Disk`, which refuses what lies
outside the workspace, links and ``..`` resolved first. In the folder that it writes to, every name goes
through :func:`below`, also those that were read from a file there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import html
import os
import posixpath
import re
import secrets
import shutil
import stat
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, count, islice
from pathlib import Path

from .problem import Place, Problem, problem

TEXT_LIMIT = 2_000_000  # bytes of one source file: a novel has half of that
FILE_LIMIT = 64_000_000  # bytes of any file
MOST = 20  # problems of one kind that are told of one file: a file of null bytes has no end of them
# Things on a disk that are no plain files.
OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# What XML 1.0 (section 2.2) and with it EPUB cannot carry, and what only hides in text.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
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


def write(root: Path, name: str, data: bytes) -> None:
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


def remove(root: Path, name: str) -> None:
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
        """Remember what was found, for :mod:`.unchanged`."""
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
                reason = _why_unread(self, path, error)
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


@dataclass(frozen=True)
class Source:
    """The text of one file, with ``\\n`` line ends, and the way from an offset to a place."""

    path: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, offset: int = 0, length: int = 1) -> Place:
        """The place of `length` characters from `offset`, cut off at the end of the line."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else len(self.text)]
        column = offset - start + 1
        return Place(self.path, line, column, max(1, min(length, len(text) - column + 1)), text)

    def find(self, wanted: str) -> Place:
        """The place of the first `wanted`, written as it is or by reference (``&rarr;``, ``&#8594;``);
        of the first line if it is not there.
        """
        if (at := self.text.find(wanted)) >= 0:
            return self.place(at, len(wanted))
        for found in re.finditer(r"&#?\w+;?", self.text):
            if wanted in html.unescape(found.group()):
                return self.place(found.start(), len(found.group()))
        return self.place()


def read_source(disk: Disk, path: str, shown: str | None = None) -> tuple[Source, list[Problem]]:
    """The text file `path`, and what is wrong with its bytes; `shown` is its name in messages.

    A byte that is no UTF-8 and a control character are problems and are replaced, so that the rest
    of the file can still be read for its problems.
    """
    shown = shown or path
    try:
        data = disk.read(path)
    except OSError as error:
        reason = _why_unread(disk, path, error)
        return Source(shown, ""), [problem("unreadable-file", Place(shown), reason=reason)]
    if len(data) > TEXT_LIMIT:
        size, limit = f"{len(data) / 1e6:.1f} MB", f"{TEXT_LIMIT / 1e6:.0f} MB"
        return Source(shown, ""), [problem("too-large", Place(shown), size=size, limit=limit)]
    try:
        text = _with_line_feeds(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # What stands in for it is not to be a second problem, so it is a character that all fonts have.
        text = _with_line_feeds(data.decode("utf-8-sig", errors="replace").replace("\ufffd", "?"))
        before = _with_line_feeds(data[: error.start].decode("utf-8-sig"))
        byte = f"0x{data[error.start]:02x}"
        return Source(shown, CONTROL.sub("?", text)), [
            problem("not-utf8", Source(shown, text).place(len(before)), byte=byte)
        ]
    source = Source(shown, text)
    problems = [
        problem("control-character", source.place(found.start()), code=f"{ord(found.group()):04X}")
        for found in islice(CONTROL.finditer(text), MOST)
    ]
    return Source(shown, CONTROL.sub("?", text)) if problems else source, problems


def _why_unread(disk: Disk, path: str, error: OSError) -> str:
    """The reason that `error` gives for not reading `path`, in an author's words."""
    if isinstance(error, Outside):
        return "it is a link that leads out of the workspace"
    if isinstance(error, FileNotFoundError) and (disk.root / path).is_symlink():
        return "it is a link to a file that is not there"
    if error.errno == errno.ELOOP:
        return "it is a link that leads back to itself"
    return error.strerror or str(error)


def _other(mode: int) -> str:
    """The name of a thing on the disk that is no plain file, by its `mode`."""
    return next((name for is_one, name in OTHERS if is_one(mode)), "something else")


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@cache
def file_digest(path: Path, _modified: int, _size: int) -> str:
    # Time and size only keep one run from hashing one file twice; freshness never depends on them.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
