"""Labels: the titles and positions of folders, in files of other programs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from handpress.core.files.disk import Disk
from handpress.series.outlines.outline import Broken
from handpress.series.outlines.project import Project, inside, words

CATEGORY = ("_category_.json", "_category_.yml", "_category_.yaml")  # of Docusaurus


class Labels(Struct, frozen=True):
    """The titles and positions of folders, as files of their own give them."""

    titles: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, float] = field(default_factory=dict)


def read_labels(disk: Disk, paths: Iterable[str]) -> Labels:
    """Return the labels of the folders that the articles at `paths` are in."""
    titles: dict[str, str] = {}
    positions: dict[str, float] = {}
    for folder in sorted({posixpath.dirname(path) for path in paths}):
        project = Project(disk, folder or ".")
        if mark := next(filter(project.has, CATEGORY), None):
            try:
                _, data = project.data(mark)
            except Broken:
                continue  # only a title and a place in the order are missing
            titles[folder] = words(inside(data, "label"))
            try:
                positions[folder] = float(words(inside(data, "position")))
            except ValueError:
                pass
    return Labels(titles, positions)
