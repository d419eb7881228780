"""Remote pictures: save those that articles show from the web beside them, and change nothing but their addresses."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from handpress.assets.formats import SIGNATURE, Broken
from handpress.assets.picture import inspect_picture
from handpress.core.files.disk import Disk, digest, write_file
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.problems.problem import Place, Problem
from handpress.series.article import in_ascii

# How long it may take to look at one picture.
SECONDS, MEMORY = 20, 1_000_000_000
ENDINGS = {b"\x89PN": "png", b"\xff\xd8\xff": "jpg", b"GIF": "gif", b"RIF": "webp"}


class Fetched(Struct, frozen=True):
    """A picture from the web in an article: its address, and its file, or the reason why it has none."""

    place: Place
    url: str
    path: str = ""
    failed: str = ""


def fetch_pictures(
    disk: Disk,
    folder: str,
    problems: Iterable[Problem],
    download: Callable[[str], bytes],
    dry: bool = False,
) -> Iterator[Fetched]:
    """Save the pictures of which `problems` report that they are remote in `images/` of `folder`; yield each.

    Then their addresses in the files are those of the saved pictures. Nothing changes in a `dry` run.
    """
    saved: dict[str, tuple[str, str]] = {}  # the path and the failure, by address
    by_file: dict[str, list[tuple[Place, str, str]]] = {}
    for found in problems:
        if found.code != "remote-picture" or not (url := _url(found.place)):
            continue
        if url not in saved:
            saved[url] = _saved(disk, folder, url, download, dry)
        path, failed = saved[url]
        if path:
            by_file.setdefault(found.place.path, []).append((found.place, url, path))
        else:
            yield Fetched(found.place, url, failed=failed)
    for file, pictures in by_file.items():
        failed = "" if dry else _rewrite(disk, file, [(p, path) for p, _, path in pictures])
        for place, url, path in pictures:
            yield Fetched(place, url, "" if failed else path, failed)


def _written(place: Place) -> str:
    """Return the address as its file has it, without the marks around it."""
    return place.text[place.column - 1 : place.column - 1 + place.length].strip("<>\"'")


def _url(place: Place) -> str:
    """Return the web address that is written at `place`, "" if something else is."""
    url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(_written(place))).strip()
    url = f"https:{url}" if url.startswith("//") else url
    return url if re.match(r"https?://", url, re.I) else ""


def _saved(
    disk: Disk, folder: str, url: str, download: Callable[[str], bytes], dry: bool
) -> tuple[str, str]:
    """Save the picture at `url`; return its path, and the reason if it has none."""
    try:
        data = download(url)
        with time_limit(SECONDS), memory_limit(MEMORY):
            inspect_picture("picture", data)
    except Broken as error:
        return "", f"not a picture that can be published: {error}"
    except (TooSlow, MemoryError):
        return "", "it takes too long to read"
    except (OSError, ValueError) as error:
        return "", str(error)
    stem = posixpath.splitext(posixpath.basename(unquote(urlsplit(url).path)))[0]
    name = in_ascii(stem, 60) or "picture"
    names = (f"{name}.{_ending(data)}", f"{name}-{digest(url.encode())[:8]}.{_ending(data)}")
    for path in (posixpath.normpath(f"{folder}/images/{n}") for n in names):
        try:
            if disk.has(path):
                if disk.read(path) != data:
                    continue
            elif not dry:
                write_file(disk.root, path, data)
            return path, ""
        except OSError as error:
            return "", error.strerror or str(error)
    return "", f"`{names[0]}` and `{names[1]}` are other files"


def _ending(data: bytes) -> str:
    return ENDINGS.get(data[:3], "avif") if SIGNATURE.match(data) else "svg"


def _rewrite(disk: Disk, file: str, pictures: list[tuple[Place, str]]) -> str:
    """Put the paths of `pictures` in place of their addresses in `file`; return the reason if that is impossible.

    Every other byte stays, also the ends of lines.
    """
    try:
        real = disk.at(file)
        text = real.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return "its file is not UTF-8"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = re.split(r"(\r\n|\r|\n)", text.removeprefix(mark))
    folder = posixpath.dirname(file) or "."
    for place, path in sorted(set(pictures), key=lambda p: p[0], reverse=True):
        written, number = _written(place), 2 * (place.line - 1)
        line = lines[number] if number < len(lines) else ""
        at = line.find(written, place.column - 1)
        if at < 0 or at > place.column:
            return "its address is not found in the text"
        way = posixpath.relpath(path, folder)
        lines[number] = line[:at] + way + line[at + len(written) :]
    changed = f"{mark}{''.join(lines)}".encode()
    mode = real.stat().st_mode
    write_file(Path(real.parent), real.name, changed)
    real.chmod(mode)
    return ""
