"""The sources of an edition: a copy of the workspace in another folder, as it was in a commit or as it is now."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from handpress.core.files.disk import FILLED, write_file
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace, find
from handpress.editions.git import FOLDER, LINK, Blob, Repository

# In a workspace whose series are in `sources`, these are all that decides its artefacts.
TOP = ("sources", "layouts", "fonts")
SETTINGS = ("practice.yaml", "practice.yml", "theme.yaml", "theme.yml")


class NoSources(Exception):
    """A commit without the series."""


def is_source(workspace: Workspace) -> Callable[[str], bool]:
    """Return a function that decides by its path whether a file of the workspace may decide an artefact.

    In a clone of Handpress, `layouts` and `fonts` are those of the program.
    """
    root = workspace.disk.root
    ours = {kind for kind in ("layouts", "fonts") if root / kind == shipped(kind)}
    whole = any(folder.partition("/")[0] == "sources" for folder in workspace.folders)
    output = ""
    if workspace.output.is_relative_to(root):
        output = workspace.output.relative_to(root).as_posix()

    def counts(path: str) -> bool:
        parts = path.split("/")
        if output and (path == output or path.startswith(f"{output}/")):
            return False
        if whole and parts[0] not in TOP and path not in SETTINGS:
            return False
        hidden = any(part.startswith(".") and part != ".obsidian" for part in parts)
        return not hidden and parts[0] not in ours and FILLED.isdisjoint(parts)

    return counts


def copy_sources(
    workspace: Workspace, repository: Repository | None, commit: str, folder: Path, output: Path
) -> Workspace:
    """Copy the sources of the workspace into `folder`, and return the workspace there, which writes to `output`.

    They are those of a `commit`, or the present ones without one. A folder may name its series, so it keeps its name.
    """
    root = folder / (workspace.disk.root.name or "workspace")
    root.mkdir(parents=True)
    counts = is_source(workspace)
    if repository and commit:
        _write(root, repository, [b for b in repository.files(commit) if counts(b.path)])
    else:
        _copy(workspace.disk.root, root, counts)
    found = find(root, output)
    if found is None:
        raise NoSources(commit)
    return found


def _write(root: Path, repository: Repository, blobs: list[Blob]) -> None:
    files = [blob for blob in blobs if blob.mode != FOLDER]
    contents = repository.contents(files)
    # Links last: no file can be written through one.
    for blob in sorted(files, key=lambda blob: blob.mode == LINK):
        if blob.mode == LINK:
            place = root / blob.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.fsdecode(contents[blob.path]))
        else:
            write_file(root, blob.path, contents[blob.path])


def _copy(root: Path, place: Path, counts: Callable[[str], bool]) -> None:
    for path in _files(root, counts):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, place / path, follow_symlinks=False)


def _files(root: Path, counts: Callable[[str], bool]) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root).as_posix()
        before = "" if here == "." else f"{here}/"
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = sorted(n for n in folders if counts(f"{before}{n}") and n not in links)
        yield from (f"{before}{n}" for n in sorted([*names, *links]) if counts(f"{before}{n}"))
