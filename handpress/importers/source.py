"""Opening a source: a file, a folder or a zip, within limits, and never a path out of it."""

from __future__ import annotations

import io
import posixpath
import stat
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from handpress.core.files.disk import FILE_LIMIT, Disk, Outside
from handpress.importers.model import ImportRefused

FILES = 20_000
TOTAL = 1_000_000_000  # bytes of all files of an archive, unpacked
RATIO = 1000  # bytes that one packed byte may become; text reaches 100
NESTED = ".zip"  # Notion packs parts of its export again
TAR = ".jex"  # of Joplin, without compression


class Source(Struct, frozen=True):
    """The files of a source by their names, with forward slashes; `name` is that of the source itself."""

    name: str
    names: tuple[str, ...]
    load: Callable[[str], bytes]
    kind: str = "folder"  # or `zip`, `tar` or `file`
    whole: Callable[[], bytes] = bytes  # of a zip

    def raw(self) -> bytes:
        """Return the bytes of a zip itself."""
        return self.whole()

    def read(self, name: str) -> bytes:
        """Return the bytes of the file `name`. Raises :class:`ImportRefused`."""
        try:
            return self.load(name)
        except Outside:
            raise ImportRefused(f"`{name}` is a link out of the folder") from None
        except OSError as error:
            raise ImportRefused(f"`{name}`: {error.strerror or error}") from None
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
        ) as error:
            raise ImportRefused(f"`{name}` cannot be unpacked: {error}") from None

    def has(self, name: str) -> bool:
        return name in self.names

    def ending(self, *endings: str) -> list[str]:
        """Return the names with one of the `endings`, in lower case."""
        return [name for name in self.names if name.lower().endswith(endings)]


def open_source(path: Path) -> Source:
    """Return the source at `path`. Raises :class:`ImportRefused`."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ImportRefused(f"`{path}`: {error.strerror or error}", "check the path") from None
    if stat.S_ISDIR(mode):
        return _folder(path)
    if not stat.S_ISREG(mode):
        raise ImportRefused(f"`{path}` is neither a file nor a folder", "choose an export")
    if zipfile.is_zipfile(path):
        return _zip(path.name, path, path.read_bytes)
    if path.suffix.lower() == TAR:
        return _tar(path)
    if path.stat().st_size > FILE_LIMIT:
        raise ImportRefused(
            f"`{path.name}` is larger than {FILE_LIMIT // 1_000_000} MB",
            "export it in parts, for example one year at a time",
        )
    return Source(path.name, (path.name,), lambda name: path.read_bytes(), "file")


def _folder(path: Path) -> Source:
    disk, names, folders = Disk(path.resolve()), [], [""]
    while folders:
        folder = folders.pop()
        for name in disk.names(folder or "."):
            below = posixpath.join(folder, name)
            if disk.is_dir(below):
                if not (path / below).is_symlink():
                    folders.append(below)
            elif disk.is_file(below):
                names.append(below)
            if len(names) > FILES:
                raise ImportRefused(f"more than {FILES} files", "choose the folder of one export")
    return Source(path.resolve().name, tuple(sorted(names)), disk.read)


def open_bytes(name: str, data: bytes) -> Source:
    """Return the source in a zip that is a file of another. Raises :class:`ImportRefused`."""
    return _zip(name, io.BytesIO(data), lambda: data)


def _zip(name: str, file: Path | io.BytesIO, whole: Callable[[], bytes]) -> Source:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ImportRefused(f"`{name}` is a damaged archive: {error}") from None
    entries = [info for info in archive.infolist() if not info.is_dir()]
    if len(entries) > FILES:
        raise ImportRefused(f"`{name}` has more than {FILES} files")
    if sum(info.file_size for info in entries) > TOTAL:
        raise ImportRefused(f"`{name}` unpacks to more than {TOTAL // 1_000_000} MB")
    found: dict[str, Callable[[], bytes]] = {}
    for info in entries:
        _check(name, info)
        if info.filename in found:
            raise ImportRefused(f"`{name}` has two files `{info.filename}`")
        found[info.filename] = partial(_unpacked, archive, info)
    for packed in [n for n in found if n.lower().endswith(NESTED)]:
        inner = open_bytes(packed, found.pop(packed)())
        found |= {n: partial(inner.read, n) for n in inner.names if n not in found}
    return Source(name, tuple(sorted(found)), lambda wanted: found[wanted](), "zip", whole)


def _tar(path: Path) -> Source:
    found: dict[str, tuple[int, int]] = {}  # the places of files, and their lengths
    try:
        with tarfile.open(path, "r:") as archive:
            for entry in archive:
                if entry.isdir():
                    continue
                name = entry.name.removeprefix("./")
                _check_path(path.name, name)
                if not entry.isreg():
                    raise ImportRefused(f"in `{path.name}`, `{name}` is not a file")
                if entry.size > FILE_LIMIT:
                    raise ImportRefused(f"`{name}` is larger than {FILE_LIMIT // 1_000_000} MB")
                if name in found:
                    raise ImportRefused(f"`{path.name}` has two files `{name}`")
                found[name] = entry.offset_data, entry.size
                if len(found) > FILES:
                    raise ImportRefused(f"`{path.name}` has more than {FILES} files")
    except (tarfile.TarError, OSError, ValueError) as error:
        raise ImportRefused(f"`{path.name}` is a damaged archive: {error}") from None

    def load(name: str) -> bytes:
        start, length = found[name]
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)

    return Source(path.name, tuple(sorted(found)), load, "tar")


def _check_path(archive: str, name: str) -> None:
    """Refuse the path of an entry that leads out of the folder of its archive."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise ImportRefused(f"`{archive}` has a path out of its folder: `{name}`")


def _check(archive: str, info: zipfile.ZipInfo) -> None:
    """Refuse an entry of a zip that could do harm."""
    name = info.filename
    _check_path(archive, name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ImportRefused(f"`{archive}` has a link, `{name}`")
    if info.flag_bits & 1:
        raise ImportRefused(f"`{archive}` is encrypted", "unpack it, then import the folder")
    if info.file_size > FILE_LIMIT:
        raise ImportRefused(f"`{name}` is larger than {FILE_LIMIT // 1_000_000} MB")
    if info.file_size > RATIO * max(info.compress_size, 1000):
        raise ImportRefused(
            f"`{name}` unpacks to {info.file_size // max(info.compress_size, 1)} times its size"
        )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry, at most as many as its header announces."""
    with archive.open(info) as file:
        return file.read(info.file_size)
