"""Unchanged: whether anything is to be done at all, found out without parsing or laying out a thing.

The one door to the disk takes down what a build found behind it: the bytes of each file, the names in
each folder, what was not there. Where all of that, the program and the artefacts are as they were after
a build without problems, the next one would only say that everything is fresh.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from . import recipe
from .recipe import version
from .source import Asset, Disk, digest, file_digest, write
from .workspace import PACKAGE, Workspace, shipped

NAME = ".handpress/seen.json"


@dataclass(frozen=True)
class Listed:
    """A series as `list` shows it: each article's title and file, and whether it has errors."""

    id: str
    title: str
    articles: tuple[tuple[str, str], ...]
    wrong: bool = False


@dataclass(frozen=True)
class Seen:
    """What the last build left: so many fresh artefacts, of these series."""

    fresh: int
    series: tuple[Listed, ...]


def seen(workspace: Workspace, request: str) -> Seen | None:
    """What is there when nothing has changed since the last build for this `request`; None when
    something may have.
    """
    output = workspace.output
    try:
        told = json.loads((output / NAME).read_text(encoding="utf-8"))
        manifest = (output / "manifest.json").read_bytes()
        if told["of"] != _of(workspace, request) or told["manifest"] != digest(manifest):
            return None
        disk = Disk(workspace.disk.root, {})
        if any(_look(disk, found) != was for found, was in told["seen"].items()):
            return None
        artefacts = json.loads(manifest)["artefacts"]
        if any(_held(output / path) != found["sha256"] for path, found in artefacts.items()):
            return None
        series = tuple(
            Listed(str(id_), str(title), tuple((str(t), str(p)) for t, p in articles))
            for id_, title, articles in told["series"]
        )
        return Seen(int(told["fresh"]), series)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def save(workspace: Workspace, request: str, fresh: int, series: Iterable[Listed]) -> None:
    """Take down what a build without problems found, and what it left."""
    output = workspace.output
    told = {
        "of": _of(workspace, request),
        "manifest": digest((output / "manifest.json").read_bytes()),
        "fresh": fresh,
        "series": [(s.id, s.title, s.articles) for s in series],
        "seen": workspace.disk.seen,
    }
    write(output / NAME, json.dumps(told).encode())


def _of(workspace: Workspace, request: str) -> str:
    of = (str(workspace.disk.root), workspace.folders, request, program())
    return digest(repr(of).encode("utf-8", "backslashreplace"))


def _look(disk: Disk, noted: str) -> str | None:
    """What is found now where the door noted something."""
    assert disk.seen is not None
    for kind, ask in (
        ("file ", disk.asset),
        ("is file ", disk.is_file),
        ("is folder ", disk.is_dir),
        ("names ", disk.names),
    ):
        if noted.startswith(kind):
            ask(noted.removeprefix(kind))
    return disk.seen.get(noted)


def _held(file: Path) -> str | None:
    try:
        return Asset.file(file).digest
    except OSError:
        return None


@lru_cache(maxsize=1)
def program() -> str:
    """The hash of all of Handpress, its layouts and fonts, and of the versions of what it stands on."""
    parts = [f"{tool} {version(tool)}" for tool in ("markdown", "jinja2", "segno", "pyyaml")]
    parts += [recipe.program(press) for press in recipe.TOOLS]
    parts += _files(PACKAGE, "*.py")
    for kind in ("layouts", "fonts"):
        parts += _files(shipped(kind), "*")
    return digest("\n".join(sorted(parts)).encode())


def _files(folder: Path, pattern: str) -> Iterator[str]:
    for file in folder.rglob(pattern):
        if file.is_file():
            status = file.stat()
            found = file_digest(file, status.st_mtime_ns, status.st_size)
            yield f"{file.relative_to(folder)} {found}"
