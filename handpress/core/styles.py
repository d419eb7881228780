"""The names of the styles: one for each stylesheet in `layouts/styles/styles/`."""

from __future__ import annotations

import re

from handpress.core.disk import Disk
from handpress.core.media import PAPERS
from handpress.core.workspace import Workspace, shipped

TOKENS, THEME, STYLES = "styles/tokens.css", "theme.css", "styles/styles"
# `grey` is a stylesheet for any style. Greyscale handouts, and those on another paper, have folders of these names.
NO_STYLES = frozenset({"grey", *PAPERS})


def styles(workspace: Workspace | None = None) -> tuple[str, ...]:
    """Return the names of all styles: one for each stylesheet, ours or the workspace's."""
    files = Disk(shipped("layouts")).names(STYLES)
    if workspace:
        files += workspace.disk.names(f"layouts/{STYLES}")
    names = {file.removesuffix(".css") for file in files if file.endswith(".css")}
    named = (n for n in names if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", n))
    return tuple(sorted(n for n in named if n not in NO_STYLES))
