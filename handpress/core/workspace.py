"""Workspaces: the folders that a command works on, and whose layouts and fonts are used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from handpress.core.disk import Asset, Disk, write_file

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Where Handpress's own `layouts` or `fonts` lie: in the wheel's package, or beside it in a clone."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@dataclass(frozen=True)
class Workspace:
    """A folder to publish from. Paths of sources are relative to `disk`, as messages show them."""

    disk: Disk
    folders: tuple[str, ...]  # of the series
    authors: str
    practice: str
    output: Path

    def overlay(self, kind: str, name: str) -> Asset | None:
        """The file `name` of `layouts` or `fonts`: the workspace's own if it has one, else ours."""
        if self.disk.is_file(f"{kind}/{name}"):
            return self.disk.asset(f"{kind}/{name}")
        ours = Disk(shipped(kind))
        return ours.asset(name) if ours.is_file(name) else None

    def overlays(self, kind: str, name: str) -> list[Asset]:
        """Our file `name` and the workspace's, whichever there are, ours first."""
        disks = ((Disk(shipped(kind)), name), (self.disk, f"{kind}/{name}"))
        return [disk.asset(path) for disk, path in disks if disk.is_file(path)]

    def listing(self, kind: str) -> list[str]:
        """Every file below `layouts` or `fonts`, ours and the workspace's, as sorted names."""
        ours = {name for name in _files(Disk(shipped(kind)), ".") if not name.startswith("new/")}
        return sorted(ours | {*_files(self.disk, kind)})


def _files(disk: Disk, folder: str) -> list[str]:
    """The files below `folder`, as sorted names below it."""
    found = []
    for name in disk.names(folder):
        below = f"{folder}/{name}"
        found += [f"{name}/{n}" for n in _files(disk, below)] if disk.is_dir(below) else [name]
    return found


def find(path: Path, output: Path | None = None) -> Workspace | None:
    """The workspace that `path` is: a folder with `sources/`, a series' folder, or a bare folder of
    Markdown. None if there is nothing to publish in it.
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
    if path.parent.name == "sources":  # one series of a larger workspace: its authors are there
        whole = find(path.parent.parent, output or path / "output")
        folder = f"sources/{path.name}"
        if whole and folder in whole.folders:
            return Workspace(whole.disk, (folder,), whole.authors, whole.practice, whole.output)
    return Workspace(disk, (".",), "authors", "practice.yaml", output or path / "output")


def articles_in(disk: Disk, folder: str) -> list[str]:
    """The paths of a folder's articles, in order of file name, numbers as numbers. A README is for those who look in.

    An article that cannot be read is among them, a broken link, say: left out, nobody would miss it.
    """
    prefix = "" if folder == "." else f"{folder}/"
    names = (name for name in disk.names(folder) if name.lower().endswith(".md"))
    found = [name for name in names if name.lower() != "readme.md"]
    return [f"{prefix}{name}" for name in sorted(found, key=_as_counted)]


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    """A key that puts `2-` before `10-`."""
    pieces = re.findall(r"(\d+)|(\D+)", name)
    return [(not digits, int(digits or 0), other) for digits, other in pieces]


def _is_series(disk: Disk, folder: str) -> bool:
    """Whether `folder` has sources, or is a link that cannot be followed and is named as folders are:
    it may have been a series, and left out, nobody would miss it.
    """
    if disk.is_dir(folder):
        return disk.has(f"{folder}/series.yaml") or bool(articles_in(disk, folder))
    return "." not in folder and bool(disk.broken(folder))


def start(folder: Path) -> list[str]:
    """Write a workspace to start from into `folder`; the paths that were written."""
    written = []
    template = Disk(shipped("layouts"))
    for name in _files(template, "new"):
        data = template.read(f"new/{name}")
        write_file(folder, name, data)
        written.append(str(folder / name))
    return written
