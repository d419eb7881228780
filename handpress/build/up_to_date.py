"""Up to date: check whether a build has nothing to do, without parsing or laying out anything.

:class:`.core.files.disk.Disk` records everything that a build read: the bytes of each file, the names in each
folder, and each missing file. If these, the program and the artefacts have not changed since a build without
errors, the next build would only report its warnings again, and that everything is fresh.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handpress.build.outcome import Listed
from handpress.build.places import NAME, SEEN
from handpress.core.caches import installed, record
from handpress.core.caches.code_hash import sizes_and_times, version, whole
from handpress.core.caches.record import Damaged
from handpress.core.files.disk import Disk, digest, digest_below, discard
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import SPARE_FACES, Workspace
from handpress.core.problems.problem import Problem
from handpress.press import presses

if TYPE_CHECKING:
    from handpress.build.manifest import Entry


class LastBuild(Struct, frozen=True):
    """The result of the last build: the number of fresh artefacts, the series, and the warnings."""

    fresh: int
    series: tuple[Listed, ...]
    problems: tuple[Problem, ...] = ()


class _Snapshot(Struct, frozen=True):
    """The record of a build: a hash of its request, one of its manifest, the digest of each artefact, and
    everything that the build read.
    """

    of: str
    manifest: str
    artefacts: Mapping[str, str]
    left: LastBuild
    seen: Mapping[str, str]


def last_build(workspace: Workspace, request: str) -> LastBuild | None:
    """Return the last build for this `request`, or None if anything may have changed since."""
    output = workspace.output
    try:
        told = record.load(_Snapshot, output, SEEN)
        whole = record.found(output, NAME)
    except Damaged:
        discard(output, SEEN)
        return None
    if told is None or whole is None or told.of != identity(workspace, request):
        return None
    if told.manifest != digest(whole):
        return None
    if not is_unchanged(workspace, told.seen):
        return None
    if any(digest_below(output, path) != was for path, was in told.artefacts.items()):
        return None
    return told.left


def record_build(
    workspace: Workspace, request: str, left: LastBuild, entries: Mapping[str, Entry]
) -> None:
    """Record everything that a build without errors read, and its result."""
    output = workspace.output
    whole = digest(record.found(output, NAME) or b"")
    made = {path: entry.sha256 for path, entry in entries.items()}
    told = _Snapshot(identity(workspace, request), whole, made, left, seen_in(workspace))
    record.save(output, SEEN, told)


def identity(workspace: Workspace, request: str) -> str:
    """Return the hash of a `request`, of the folders that it concerns, and of the program."""
    of = (str(workspace.disk.root), workspace.folders, request, program())
    return digest(repr(of).encode("utf-8", "backslashreplace"))


def seen_in(workspace: Workspace) -> dict[str, str]:
    """Return the state of everything that was read from `workspace`."""
    seen = workspace.disk.seen or {}
    return {noted: _without_output(workspace, noted, state) for noted, state in seen.items()}


def is_unchanged(workspace: Workspace, seen: Mapping[str, str]) -> bool:
    """Return whether everything that was `seen` in `workspace` has the state that it had."""
    now = replace(workspace, disk=Disk(workspace.disk.root, {}))
    return all(_observe(now, noted) == was for noted, was in seen.items())


def _without_output(workspace: Workspace, noted: str, state: str) -> str:
    """Return the `state` of what was `noted`. A new output folder does not change it."""
    kind, _, folder = noted.partition(" ")
    output = workspace.output
    if kind != "names" or workspace.disk.root / folder != output.parent:
        return state
    return "/".join(name for name in state.split("/") if name != output.name)


def _observe(workspace: Workspace, noted: str) -> str | None:
    """Return the present state of something that `Disk` recorded, or None if it cannot be read.

    The output folder is left out of the names of its own.
    """
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
    parts += presses.versions()
    parts.append(f"handpress {whole()}")
    parts += [f"{kind} {_hash(kind)}" for kind in ("layouts", "fonts")]
    return digest("\n".join(sorted(parts)).encode())


def _hash(kind: str) -> str:
    """Return the hash of files that come with Handpress. As modules, they are read again if a size or a time has changed."""
    folder = shipped(kind)
    of = sizes_and_times(folder)
    kept: str | None = installed.found(kind, of)
    if kept is None:
        kept = digest("\n".join(sorted(_files(folder))).encode())
        installed.keep(kind, kept, of)
    return kept


def _files(folder: Path) -> Iterator[str]:
    """Yield each file below `folder`, with its digest."""
    waiting = [(str(folder), "")]
    while waiting:
        place, before = waiting.pop()
        with os.scandir(place) as scan:
            for found in scan:
                name = before + found.name
                if found.is_dir(follow_symlinks=False):
                    waiting.append((found.path, f"{name}/"))
                elif found.is_file():
                    yield f"{name} {_state(found, before)}"


def _state(file: os.DirEntry[str], folder: str) -> str:
    if file.name.endswith(".ttf") and folder.strip("/") in SPARE_FACES:
        # Reading megabytes of fonts that few series need would take longer than all the rest.
        status = file.stat()
        return f"{status.st_mtime_ns} {status.st_size}"
    return digest(Path(file).read_bytes())
