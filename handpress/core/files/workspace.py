"""Workspaces: the folders that a command works on, with their layouts and fonts."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handpress.core.files.disk import Asset, Disk, write_file
from handpress.core.files.file_names import is_markdown
from handpress.core.files.markdown_files import (
    MarkdownFiles,
    has_markdown,
    is_about,
    markdown_in,
    settings_file,
)
from handpress.core.files.shipped import shipped

# Folders of ours that a listing leaves out: the starter, and the faces for symbols and other scripts. `make
# fonts-cjk` makes the last one.
SPARE_FACES = ("spare", "spare-cjk")
APART = {"layouts": ("new",), "fonts": SPARE_FACES}


class Workspace(Struct, frozen=True):
    """A folder to publish. Paths of sources are relative to `disk`, as shown in messages."""

    disk: Disk
    folders: tuple[str, ...]  # of the series
    authors: str
    practice: str
    output: Path
    theme: str = ""  # the file of its theme
    others: tuple[str, ...] = ()  # folders of series that are not asked for

    def has_series(self, folder: str) -> bool:
        """Return whether `folder` has sources, or is a broken link with the name of a folder.

        Such a link may have been a series, so that it is reported.
        """
        if not self.disk.is_dir(folder):
            return "." not in folder and bool(self.disk.broken(folder))
        there = self.disk.has(settings_file(self.disk, folder))
        return there or has_markdown(self.disk, folder, self._apart(folder))

    def markdown(self, folder: str) -> MarkdownFiles:
        """Return the Markdown files of the series in `folder`."""
        return markdown_in(self.disk, folder, self._apart(folder))

    def _apart(self, folder: str) -> set[str]:
        """Return the folders below `folder` that have no article of the series there."""
        apart = {self.authors, "layouts", "fonts"}
        if self.output.is_relative_to(self.disk.root):
            apart.add(self.output.relative_to(self.disk.root).as_posix())
        if folder == "sources":  # each of its folders is a series
            apart |= {f"{folder}/{name}" for name in self.disk.names(folder)}
        return apart

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
        here = self.disk.root / kind == shipped(kind)  # in a clone, the workspace's folder is ours
        own = _files(self.disk, kind, APART[kind] if here else ())
        return sorted({*_ours(kind), *own})


def _ours(kind: str) -> Iterator[str]:
    """Yield the names of our files below `layouts` or `fonts`, without those of the folders that are left out."""
    top = str(shipped(kind))
    for folder, folders, files in os.walk(top):
        apart = APART[kind] if folder == top else ()
        folders[:] = [name for name in folders if name not in apart and not name.startswith(".")]
        below = f"{folder[len(top) + 1 :]}/".lstrip("/").replace(os.sep, "/")
        yield from (f"{below}{name}" for name in files if not name.startswith("."))


def _files(disk: Disk, folder: str, apart: Sequence[str] = ()) -> Iterator[str]:
    """Yield the names of the files below `folder`, without those in its folders `apart`."""
    for name in disk.names(folder):
        if name not in apart:
            below = f"{folder}/{name}"
            inside = disk.is_dir(below)
            yield from (f"{name}/{n}" for n in _files(disk, below)) if inside else (name,)


def find(path: Path, output: Path | None = None) -> Workspace | None:
    """Return the workspace at `path`: a folder with `sources/`, a series' folder, or a folder of Markdown.

    Return None if it has nothing to publish.
    """
    path = path.resolve()
    disk = Disk(path, {})
    output = output or path / "output"
    if _has_sources(disk):
        return _find_series(
            disk,
            ("sources", *(f"sources/{name}" for name in disk.names("sources"))),
            _with_settings(Workspace(disk, (), "sources/authors", "", output), ".", "sources"),
        )
    if path.parent.name == "sources":  # one series of a larger workspace, which has its authors
        whole = find(path.parent.parent, output)
        folder = f"sources/{path.name}"
        if whole and folder in whole.folders:
            return replace(
                whole, folders=(folder,), others=tuple(f for f in whole.folders if f != folder)
            )
    empty = _with_settings(Workspace(disk, (), "authors", "", output), ".")
    return _find_series(disk, (".",), empty)


def _has_sources(disk: Disk) -> bool:
    """Return whether the series of a workspace are in its `sources/`, not in the folder itself."""
    if not disk.is_dir("sources"):
        return False
    beside = [n for n in disk.names(".") if is_markdown(n) and not is_about(n, ".")]
    below = ("sources", *(f"sources/{name}" for name in disk.names("sources")))
    return not beside or any(disk.has(settings_file(disk, folder)) for folder in below)


def _with_settings(empty: Workspace, *folders: str) -> Workspace:
    """Return a workspace with the files of its practice and its theme, each in one of the `folders`."""
    practice, theme = (_settings(empty.disk, name, folders) for name in ("practice", "theme"))
    return replace(empty, practice=practice, theme=theme)


def _settings(disk: Disk, name: str, folders: Sequence[str]) -> str:
    """Return the path of a file of settings in the first of the `folders` that has it, or the last one's."""
    paths = [posixpath.normpath(f"{f}/{name}{e}") for f in folders for e in (".yaml", ".yml")]
    return next((path for path in paths if disk.has(path)), paths[-2])


def _find_series(disk: Disk, folders: Iterable[str], empty: Workspace) -> Workspace | None:
    found = tuple(f for f in folders if f != empty.authors and empty.has_series(f))
    return replace(empty, folders=found) if found else None


def start(folder: Path, day: str) -> list[str]:
    """Write a starter workspace into `folder`, with `day` as the date of its edition; return the paths written."""
    template = Disk(shipped("layouts"))
    files = {
        name: template.read(f"new/{name}").replace(b"DATE", day.encode())
        for name in _files(template, "new")
    }
    files[".gitignore"] = b"output/\n"  # what is made again at any time has no place in git
    for name, data in files.items():
        write_file(folder, name, data)
    return [str(folder / name) for name in files]
