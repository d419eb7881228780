"""Workspaces: the folders that a command works on, with their layouts and fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from handpress.core.code_hash import PACKAGE
from handpress.core.disk import Asset, Disk, write_file


def shipped(name: str) -> Path:
    """Handpress's own `layouts` or `fonts`: in the package of the wheel, or in the root of a clone."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@dataclass(frozen=True)
class Workspace:
    """A folder to publish. Paths of sources are relative to `disk`, as shown in messages."""

    disk: Disk
    folders: tuple[str, ...]  # of the series
    authors: str
    practice: str
    output: Path

    def overlay(self, kind: str, name: str) -> Asset | None:
        """Return the file `name` of `layouts` or `fonts`: the workspace's own if it exists, otherwise ours."""
        if self.disk.is_file(f"{kind}/{name}"):
            return self.disk.asset(f"{kind}/{name}")
        ours = Disk(shipped(kind))
        return ours.asset(name) if ours.is_file(name) else None

    def overlays(self, kind: str, name: str) -> list[Asset]:
        """Return our file `name` and the workspace's, those that exist, ours first."""
        disks = ((Disk(shipped(kind)), name), (self.disk, f"{kind}/{name}"))
        return [disk.asset(path) for disk, path in disks if disk.is_file(path)]

    def listing(self, kind: str) -> list[str]:
        """Return the sorted names of all files below `layouts` or `fonts`, ours and the workspace's."""
        ours = {name for name in _files(Disk(shipped(kind)), ".") if not name.startswith("new/")}
        return sorted(ours | {*_files(self.disk, kind)})


def _files(disk: Disk, folder: str) -> list[str]:
    """Return the sorted names of the files below `folder`."""
    found = []
    for name in disk.names(folder):
        below = f"{folder}/{name}"
        found += [f"{name}/{n}" for n in _files(disk, below)] if disk.is_dir(below) else [name]
    return found


def find(path: Path, output: Path | None = None) -> Workspace | None:
    """Return the workspace at `path`: a folder with `sources/`, a series' folder, or a folder of Markdown.

    Return None if it has nothing to publish.
    """
    path = path.resolve()
    disk = Disk(path, {})
    if disk.is_dir("sources"):
        folders = [
            f"sources/{n}" for n in disk.names("sources") if _is_series(disk, f"sources/{n}")
        ]
        if _is_series(disk, "sources"):
            folders.insert(0, "sources")
        folders = [f for f in folders if f != "sources/authors"]
        practice = "practice.yaml" if disk.has("practice.yaml") else "sources/practice.yaml"
        if not folders:
            return None
        return Workspace(
            disk, tuple(folders), "sources/authors", practice, output or path / "output"
        )
    if not _is_series(disk, "."):
        return None
    if path.parent.name == "sources":  # one series of a larger workspace, which has its authors
        whole = find(path.parent.parent, output or path / "output")
        folder = f"sources/{path.name}"
        if whole and folder in whole.folders:
            return Workspace(whole.disk, (folder,), whole.authors, whole.practice, whole.output)
    return Workspace(disk, (".",), "authors", "practice.yaml", output or path / "output")


def articles_in(disk: Disk, folder: str) -> list[str]:
    """Return the paths of a folder's articles by file name, with numbers in numeric order, without README files.

    Unreadable ones, such as broken links, are included, so that they are reported.
    """
    prefix = "" if folder == "." else f"{folder}/"
    names = (name for name in disk.names(folder) if name.lower().endswith(".md"))
    found = [name for name in names if name.lower() != "readme.md"]
    return [f"{prefix}{name}" for name in sorted(found, key=_as_counted)]


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts `2-` before `10-`."""
    pieces = re.findall(r"(\d+)|(\D+)", name)
    return [(not digits, int(digits or 0), other) for digits, other in pieces]


def _is_series(disk: Disk, folder: str) -> bool:
    """Return whether `folder` has sources, or is a broken link with the name of a folder.

    Such a link may have been a series, so that it is reported.
    """
    if disk.is_dir(folder):
        return disk.has(f"{folder}/series.yaml") or bool(articles_in(disk, folder))
    return "." not in folder and bool(disk.broken(folder))


def start(folder: Path) -> list[str]:
    """Write a starter workspace into `folder`; return the paths written."""
    written = []
    template = Disk(shipped("layouts"))
    for name in _files(template, "new"):
        data = template.read(f"new/{name}")
        write_file(folder, name, data)
        written.append(str(folder / name))
    return written
