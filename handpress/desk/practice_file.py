"""Reading and writing `practice.yaml`, whose comments and other lines stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from handpress.core.files.disk import write_file
from handpress.core.files.workspace import Workspace
from handpress.series.settings.yaml_writer import Unwritable, Value, edited

BACKUP = ".bak"


def read_practice(workspace: Workspace) -> dict[str, Any]:
    """Return the content of the file; none without it, or if it cannot be read."""
    try:
        found = yaml.safe_load(_text(workspace))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise Unwritable from None
    if found is not None and not isinstance(found, dict):
        raise Unwritable
    return found or {}


def write_practice(workspace: Workspace, values: Mapping[str, Value]) -> bool:
    """Write `values` to the file, which keeps its other content, and return whether it changed.

    The file as it was is kept beside it. Raises :class:`Unwritable` if its form cannot be kept.
    """
    before = read_practice(workspace)
    text = _text(workspace)
    changed = {key: value for key, value in values.items() if (before.get(key) or "") != value}
    changed = {key: value for key, value in changed.items() if value or before.get(key)}
    after = edited(text, changed)
    if after == text:
        return False
    root, path = workspace.disk.root, workspace.practice
    if text:
        write_file(root, path + BACKUP, text.encode())
    write_file(root, path, after.encode())
    return True


def _text(workspace: Workspace) -> str:
    if not workspace.disk.is_file(workspace.practice):
        return ""
    return workspace.disk.read(workspace.practice).decode("utf-8-sig")
