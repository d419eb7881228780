"""The styles: a folder for each in `layouts/styles/styles/`, with its stylesheet and its names.

A workspace's style may also be one file, ``NAME.css``.
"""

from __future__ import annotations

from handpress.core.files.disk import Disk
from handpress.core.files.file_names import NAME
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace
from handpress.core.media import PAPERS

TOKENS, THEME, STYLES = "styles/tokens.css", "theme.css", "styles/styles"
# Greyscale handouts, and those on another paper, have folders of these names.
NO_STYLES = frozenset({"grey", *PAPERS})


def styles(workspace: Workspace | None = None) -> tuple[str, ...]:
    """Return the names of all styles, ours and the workspace's."""
    found = _named(Disk(shipped("layouts")), STYLES)
    if workspace:
        found |= _named(workspace.disk, f"layouts/{STYLES}")
    return tuple(sorted(found - NO_STYLES))


def _named(disk: Disk, folder: str) -> set[str]:
    names = disk.names(folder)
    found = {n for n in names if disk.is_file(f"{folder}/{n}/style.css")}
    found |= {n.removesuffix(".css") for n in names if n.endswith(".css")}
    return {n for n in found if NAME.fullmatch(n)}


def style_sheet(workspace: Workspace, style: str) -> str:
    """Return the file of a style's stylesheet below `layouts`: the workspace's own, or ours."""
    usual, file = f"{STYLES}/{style}/style.css", f"{STYLES}/{style}.css"
    own = (name for name in (usual, file) if workspace.disk.is_file(f"layouts/{name}"))
    return next(own, usual)
