"""File look-up: find the file for an address in an article or a settings file."""

from __future__ import annotations

import posixpath
import re

from handpress.core.files.disk import Disk, folded
from handpress.series.links.addresses import candidates, path_and_anchor

BY_NAME = "there is no such file here"
SEVERAL = "several files have this name"
# The beginning of a whole path on a computer with Linux, macOS or Windows.
ON_COMPUTER = re.compile(r"/(?:home|Users|Volumes|mnt)/|[A-Za-z]:/")


def find_file(disk: Disk, reader: str, written: str, original: str = "") -> tuple[str, str]:
    """Return the path of the file that is `written` in the file `reader`, and the reason if that is a guess.

    An address in a translation may be relative to its `original`. Raises FileNotFoundError if there is none, and :class:`Outside` if it is outside the workspace.
    """
    path, anchor = path_and_anchor(written)
    ways = list(candidates(path, reader))
    if anchor:  # the name of a file may have the sign
        ways.insert(0, posixpath.join(posixpath.dirname(reader), f"{path}#{anchor}"))
    if disk.is_file(ways[0]):
        return ways[0], ""
    if original:
        there = next(candidates(path, original))
        if disk.is_file(there):
            return there, ""
    named = disk.by_name.get(folded(posixpath.basename(path)), ())
    spelled = {folded(found): found for found in named}
    for way in ways:
        if found := way if way in named else spelled.get(folded(way)):
            return found, ""
    disk.at(ways[0])  # raises Outside, also for a link to such a place
    near = sorted((_distance(p, reader), p) for p in _with_end_of(path, disk))
    if not near:
        raise FileNotFoundError(written)
    if len(near) > 1 and near[0][0] == near[1][0]:
        return near[0][1], f"{SEVERAL}; `{near[0][1]}` is taken"
    return near[0][1], f"{BY_NAME}; `{near[0][1]}` has its name"


def _with_end_of(path: str, disk: Disk) -> list[str]:
    """Return the files whose paths end in `path`; of the whole path on a computer, in as much as possible.

    Typora and others write such a path, and the folder may have moved since. Its last folder tells that it is the file.
    """
    on_computer = ON_COMPUTER.match(path)
    parts = [part for part in path.split("/") if part]
    named = disk.by_name.get(folded(parts[-1]), ()) if parts else ()
    for first in range(max(len(parts) - 1, 1) if on_computer else 1):
        ending = folded("/".join(("", *parts[first:])))
        if found := [p for p in named if folded(f"/{p}").endswith(ending)]:
            return found
    return []


def _distance(path: str, reader: str) -> int:
    """Return the number of folders between two files."""
    return posixpath.relpath(path, posixpath.dirname(reader) or ".").count("/")
