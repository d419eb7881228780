"""Writing the ledger: a new edition at its end, and its number and date in `series.yaml`.

The ledger counts, so an edition exists as soon as its file is renamed into place. The numbers in `series.yaml` follow.
"""

from __future__ import annotations

from handpress.core.files.disk import write_file
from handpress.core.files.markdown_files import settings_file
from handpress.core.files.workspace import Workspace
from handpress.series.ledger.editions import HEAD, Edition, Ledger, entry_text
from handpress.series.settings.schema import SERIES
from handpress.series.settings.yaml_reader import read_settings
from handpress.series.settings.yaml_writer import Unwritable, Value, edited


class Changed(Exception):
    """A ledger that somebody else wrote in the meantime."""


def append(workspace: Workspace, ledger: Ledger, edition: Edition) -> None:
    """Add an edition to a ledger, which has to be as it was when it was read. Nothing in it changes."""
    path = ledger.source.path
    data = workspace.disk.read(path) if workspace.disk.has(path) else b""
    if _text(data) != ledger.source.text:
        raise Changed(path)
    before = data.rstrip() + b"\n" if data else HEAD.encode()
    write_file(workspace.disk.root, path, before + entry_text(edition).encode())


def set_numbers(workspace: Workspace, folder: str, edition: Edition) -> bool:
    """Write number, revision and date of an edition into `series.yaml`, unless it has a later one.

    Return whether the file has them now. Its comments and other lines stay.
    """
    path = settings_file(workspace.disk, folder)
    if not workspace.disk.has(path):
        return True
    try:
        text = workspace.disk.read(path).decode()
    except UnicodeDecodeError:
        return False
    from handpress.core.files.source import Source

    settings, _ = read_settings(Source(path, _text(text.encode())), SERIES, "a series")
    if (settings.get("edition", 1), settings.get("revision", 0)) > edition.position:
        return True
    values: dict[str, Value] = {"edition": edition.number, "date": edition.date}
    values["revision"] = edition.revision or ""
    try:
        after = edited(text, values, after="edition")
    except Unwritable:
        return False
    if after != text:
        write_file(workspace.disk.root, path, after.encode())
    return True


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
