"""Linked files: documents beside the articles, such as a PDF, which the web pages offer as they are."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from handpress.core.files.disk import FILE_LIMIT, Asset, Disk, digest
from handpress.series.article import Target, in_ascii
from handpress.series.settings.values import LONGEST

# Endings of files that a browser shows or saves, but does not run. Pages and drawings may have scripts.
ENDINGS = (
    ".pdf", ".epub", ".docx", ".odt", ".rtf", ".xlsx", ".ods", ".csv", ".pptx", ".odp", ".txt",
    ".ics", ".vcf", ".gpx", ".zip", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm",
)  # fmt: skip


class LinkedFile(Struct, frozen=True):
    """A file that articles link to: its name on the web, and its bytes."""

    name: str
    asset: Asset


def is_document(path: str) -> bool:
    """Return whether a path is that of a file of a kind that the web pages offer."""
    return path.lower().endswith(ENDINGS)


def is_offered(disk: Disk, path: str) -> bool:
    """Return whether the web pages can offer the file at `path`."""
    fits = is_document(path) and disk.at(path).stat().st_size <= FILE_LIMIT
    return fits and bool(disk.asset(path))


def linked_files(
    disk: Disk, targets: Iterable[Iterable[Target | None]]
) -> Mapping[str, LinkedFile]:
    """Return the files among the `targets` of links, by path. Their names are stable and safe, and no two are the same."""
    paths = sorted({t.file for several in targets for t in several if t and t.file})
    names = {path: _name(path) for path in paths}
    common = Counter(names.values())
    return {
        path: LinkedFile(name if common[name] == 1 else _name(path, path), disk.asset(path))
        for path, name in names.items()
    }


def _name(path: str, apart: str = "") -> str:
    stem, ending = posixpath.splitext(posixpath.basename(path))
    mark = f"-{digest(apart.encode('utf-8', 'surrogateescape'))[:8]}" if apart else ""
    return f"{in_ascii(stem, LONGEST) or 'file'}{mark}{ending.lower()}"
