"""Up to date: check whether a build has nothing to do, without parsing or laying out anything.

:class:`.core.disk.Disk` records everything that a build read: the bytes of each file, the names in each
folder, and each missing file. If these, the program and the artefacts have not changed since a build without
errors, the next build would only report its warnings again, and that everything is fresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handpress.build import manifest
from handpress.core import record
from handpress.core.code_hash import PACKAGE, version
from handpress.core.disk import Disk, digest, discard, file_digest
from handpress.core.problem import Problem
from handpress.core.record import Damaged
from handpress.core.workspace import SPARE_FACES, Workspace, shipped
from handpress.press import presses

NAME = ".handpress/seen.json"


@dataclass(frozen=True)
class Listed:
    """A series as `list` shows it: each article's title and file, and whether the series has errors."""

    id: str
    title: str
    articles: tuple[tuple[str, str], ...]
    wrong: bool = False


@dataclass(frozen=True)
class LastBuild:
    """The result of the last build: the number of fresh artefacts, the series, and the warnings."""

    fresh: int
    series: tuple[Listed, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Snapshot:
    """The record of a build: a hash of its request, one of its manifest, and everything that it read."""

    of: str
    manifest: str
    left: LastBuild
    seen: Mapping[str, str]


def last_build(workspace: Workspace, request: str) -> LastBuild | None:
    """Return the last build for this `request`, or None if anything may have changed since."""
    output = workspace.output
    try:
        told = record.load(_Snapshot, output, NAME)
        whole = record.found(output, manifest.NAME)
    except Damaged:
        discard(output, NAME)
        return None
    if told is None or whole is None or told.of != _identity(workspace, request):
        return None
    if told.manifest != digest(whole):
        return None
    now = replace(workspace, disk=Disk(workspace.disk.root, {}))
    if any(_observe(now, found) != was for found, was in told.seen.items()):
        return None
    entries = manifest.load(output)
    if any(manifest.digest_at(output, path) != entry.sha256 for path, entry in entries.items()):
        return None
    return told.left


def record_build(workspace: Workspace, request: str, left: LastBuild) -> None:
    """Record everything that a build without errors read, and its result."""
    output = workspace.output
    seen = {
        noted: _without_output(workspace, noted, state)
        for noted, state in (workspace.disk.seen or {}).items()
    }
    whole = digest(record.found(output, manifest.NAME) or b"")
    told = _Snapshot(_identity(workspace, request), whole, left, seen)
    record.save(output, NAME, told)


def _identity(workspace: Workspace, request: str) -> str:
    of = (str(workspace.disk.root), workspace.folders, request, program())
    return digest(repr(of).encode("utf-8", "backslashreplace"))


def _without_output(workspace: Workspace, noted: str, state: str) -> str:
    """Return the `state` of what was `noted`. A new output folder does not change it."""
    kind, _, folder = noted.partition(" ")
    output = workspace.output
    if kind != "names" or workspace.disk.root / folder != output.parent:
        return state
    return "/".join(name for name in state.split("/") if name != output.name)


def _observe(workspace: Workspace, noted: str) -> str | None:
    """Return the present state of something that `Disk` recorded, or None if it cannot be read."""
    disk = workspace.disk
    assert disk.seen is not None
    for kind, ask in (
        ("file ", disk.asset),
        ("is file ", disk.is_file),
        ("has ", disk.has),
        ("broken ", disk.broken),
        ("is folder ", disk.is_dir),
        ("names ", disk.names),
    ):
        if noted.startswith(kind):
            try:
                ask(noted.removeprefix(kind))
            except (OSError, ValueError):  # it is missing, or not a valid path
                return None
    state = disk.seen.get(noted)
    return None if state is None else _without_output(workspace, noted, state)


@lru_cache(maxsize=1)
def program() -> str:
    """Return a hash of all of Handpress, its layouts and fonts, and the versions of its dependencies."""
    parts = [f"{tool} {version(tool)}" for tool in ("markdown", "jinja2", "segno", "pyyaml")]
    parts += [presses.program(press) for press in presses.PRESSES]
    parts += _files(PACKAGE, "*.py")
    for kind in ("layouts", "fonts"):
        parts += _files(shipped(kind), "*")
    return digest("\n".join(sorted(parts)).encode())


def _files(folder: Path, pattern: str) -> Iterator[str]:
    for file in folder.rglob(pattern):
        if file.is_file():
            status = file.stat()
            spare = file.suffix == ".ttf" and file.parent.name in SPARE_FACES
            # Reading megabytes of fonts that few series need would take longer than all the rest.
            found = (
                f"{status.st_mtime_ns} {status.st_size}"
                if spare
                else file_digest(file, status.st_mtime_ns, status.st_size)
            )
            yield f"{file.relative_to(folder)} {found}"
