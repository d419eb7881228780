"""Themes: the look that a clinic chooses, as `theme.yaml`, `practice.yaml` and `series.yaml` have it.

The nearer file wins, value by value: a series over the practice, the practice over `theme.yaml`. Each may
begin as a named theme, a folder in `layouts/themes/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from handpress.assets.colour import Colour
from handpress.assets.fonts import families
from handpress.assets.picture import Picture
from handpress.core.files.source import read_source
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Place, Problem
from handpress.core.themes import theme_file, themes
from handpress.series.settings.schema import THEME
from handpress.series.settings.values import known_as, one_of
from handpress.series.settings.yaml_reader import Settings, read_settings

FindPicture = Callable[[str, Place], Picture | None]


class Theme(Struct, frozen=True):
    """A clinic's choice; a value that is not set leaves ours."""

    base: str = ""  # the named theme that it begins as
    accent: Colour | None = None
    # Families of fonts: of titles, of the text of handouts and pages, of the book.
    display: str = ""
    text: str = ""
    book: str = ""
    logo: Picture | None = None
    art: str = ""  # the pattern on designed covers
    cover: Picture | None = None

    def under(self, nearer: Theme) -> Theme:
        """Return this theme with the values that `nearer` has."""
        return replace(self, **{name: value for name, value in asdict(nearer).items() if value})


OURS = Theme()


def theme_keys(workspace: Workspace) -> dict[str, Callable[[str], Any]]:
    """Return the keys of a theme, with the families of faces and the named themes to choose from."""
    face = known_as(families(workspace), "face", "put its files into `fonts/`, or use one of")
    faces = dict.fromkeys(("display", "text", "book"), face)
    return THEME | faces | {"base": one_of(*themes(workspace))}


def read_theme(
    workspace: Workspace, settings: Settings, picture: FindPicture
) -> tuple[Theme, list[Problem]]:
    """Return the theme in one file, over the named one that it begins as, with the problems of that."""
    own = _theme(settings, picture)
    if not own.base:
        return own, []
    keys = {key: reader for key, reader in theme_keys(workspace).items() if key != "base"}
    source, problems = read_source(*theme_file(workspace, own.base))
    named, wrong = read_settings(source, keys, "a named theme")
    return _theme(named, picture).under(own), [*problems, *wrong]


def _theme(settings: Settings, picture: FindPicture) -> Theme:
    values = {key: value for key, value in settings.values.items() if value}
    for key in values.keys() & {"logo", "cover"}:
        values[key] = picture(values[key], settings.place(key))
    return Theme(**values)
