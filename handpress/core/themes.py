"""The named themes: a folder for each in `layouts/themes/`, with its values and a stylesheet."""

from __future__ import annotations

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import NAME
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace

THEMES = "themes"
FILE = "theme.yaml"


def themes(workspace: Workspace | None = None) -> tuple[str, ...]:
    """Return the names of all themes, ours and the workspace's."""
    found = _named(Disk(shipped("layouts")), THEMES)
    if workspace:
        found |= _named(workspace.disk, f"layouts/{THEMES}")
    return tuple(sorted(found))


def _named(disk: Disk, folder: str) -> set[str]:
    names = {n for n in disk.names(folder) if disk.is_file(f"{folder}/{n}/{FILE}")}
    return {n for n in names if NAME.fullmatch(n)}


def theme_file(workspace: Workspace, theme: str) -> tuple[Disk, str]:
    """Return the folder and the path in it of a theme's values: the workspace's own, or ours."""
    own = f"layouts/{THEMES}/{theme}/{FILE}"
    if workspace.disk.is_file(own):
        return workspace.disk, own
    return Disk(shipped("layouts")), f"{THEMES}/{theme}/{FILE}"


def theme_sheet(theme: str) -> str:
    """Return the file of a theme's stylesheet below `layouts`."""
    return f"{THEMES}/{theme}/theme.css"
