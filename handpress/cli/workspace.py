"""The workspace that a command was given."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from handpress.cli.report import wrong

if TYPE_CHECKING:
    from handpress.core.files.workspace import Workspace

DOCUMENTS = (".docx", ".odt")


def find_workspace(options: argparse.Namespace) -> Workspace | None:
    from handpress.core.files.workspace import find

    path = Path(options.workspace)
    output = getattr(options, "output", None)
    if not path.is_dir():
        wrong(f"`{options.workspace}` is not a folder", _meant(options.workspace))
        return None
    found = find(path, Path(output).resolve() if output else None)
    if found is None:
        wrong(
            f"nothing to publish in `{options.workspace}`: it has no `sources/`, no `series.yaml` and no Markdown file",
            _way_in(path),
        )
    return found


def _meant(written: str) -> str:
    """Return how to correct a name that no folder has. It may be the second value of an option that takes one."""
    from handpress.core.media import MEDIA

    if written in MEDIA:
        return f"repeat the option for each medium: `--only {written}`"
    return "name the folder with your articles, or leave it out in that folder"


def _way_in(folder: Path) -> str:
    """Return the next step for a folder without articles, which may have documents that become some."""
    if any(path.suffix.lower() in DOCUMENTS for path in folder.iterdir()):
        return "make articles of its documents with `handpress import FILE`, from the folder of your workspace"
    return "choose a folder with articles, or start with `handpress new FOLDER`"


def only_series(workspace: Workspace) -> str | None:
    """Return the id of the workspace's series, None if it has several."""
    return id_in(workspace, workspace.folders[0]) if len(workspace.folders) == 1 else None


def id_in(workspace: Workspace, folder: str) -> str:
    """Return the id of the series in `folder`."""
    from handpress.core.files.markdown_files import settings_file
    from handpress.core.files.source import read_source
    from handpress.series.names import id_of
    from handpress.series.settings.schema import SERIES
    from handpress.series.settings.yaml_reader import read_settings

    given = None
    settings = settings_file(workspace.disk, folder)
    if workspace.disk.has(settings):
        source, _ = read_source(workspace.disk, settings)
        given = read_settings(source, SERIES, "a series")[0].get("id")
    return given or id_of(workspace, folder)
