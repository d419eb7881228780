"""Articles of the workspace's other series, for an exercise that names one: `from="series/article"`."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from handpress.core.files.markdown_files import settings_file
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.series.article import Article
from handpress.series.names import id_of
from handpress.series.settings.schema import SERIES
from handpress.series.settings.yaml_reader import read_settings


class Elsewhere(Struct, frozen=True):
    """The other series, as seen from the one in the folder `home`. `read` returns the published articles of a folder.

    A series is read when it is named, so that most builds read none.
    """

    workspace: Workspace
    home: str
    read: Callable[[str], tuple[Article, ...]]
    known: dict[str, Mapping[str, Article]] = field(default_factory=dict)

    def folders(self, name: str) -> tuple[str, ...]:
        """Return the folders of the series with a name, which is that of the folder or the id."""
        every = dict.fromkeys((*self.workspace.folders, *self.workspace.others))
        return tuple(folder for folder in every if name in self._names(folder))

    def _names(self, folder: str) -> set[str]:
        disk, path = self.workspace.disk, settings_file(self.workspace.disk, folder)
        names = {posixpath.basename(folder), id_of(self.workspace, folder)}
        if disk.has(path):
            settings, _ = read_settings(read_source(disk, path)[0], SERIES, "a series")
            names.add(settings.get("id", ""))
        return names

    def articles(self, folder: str) -> Mapping[str, Article]:
        """Return the published articles of a series by their slugs."""
        if folder not in self.known:
            self.known[folder] = {article.slug: article for article in self.read(folder)}
        return self.known[folder]
