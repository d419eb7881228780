"""The last check: kept in the cache folder of the user, and shown again as long as nothing has changed.

A check makes nothing in the workspace. Its record is one file for each workspace: what was read, and what was found.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from handpress.build.up_to_date import identity, is_unchanged, seen_in
from handpress.core.caches import record
from handpress.core.caches.record import Damaged
from handpress.core.files.disk import digest, discard
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem
from handpress.core.user import cache_folder

# The errors of articles that were not read to their end: another time, on another machine, they may be.
UNREAD = frozenset({"too-deep", "too-slow", "too-much", "too-large", "not-utf8", "unreadable-file"})


class Checked(Struct, frozen=True):
    """The problems of a workspace in order of weight, those of a build among them, and the number of its articles.

    `rules` are the codes that rules found.
    """

    problems: tuple[Problem, ...]
    articles: int
    rules: tuple[str, ...] = ()


class _Kept(Struct, frozen=True):
    """The record of a check: a hash of its request, everything that it read, and its result."""

    of: str
    seen: Mapping[str, str]
    checked: Checked


def last_check(workspace: Workspace, request: str) -> Checked | None:
    """Return the last check for this `request`, or None if anything may have changed since."""
    folder, name = cache_folder(), _name(workspace)
    try:
        kept = record.load(_Kept, folder, name)
    except Damaged:
        discard(folder, name)
        return None
    except OSError:
        return None
    if kept is None or kept.of != identity(workspace, request):
        return None
    return kept.checked if is_unchanged(workspace, kept.seen) else None


def keep(workspace: Workspace, request: str, checked: Checked) -> None:
    """Keep the result of a check, unless it may depend on the time that reading took."""
    if any(p.code in UNREAD for p in checked.problems):
        return
    kept = _Kept(identity(workspace, request), seen_in(workspace), checked)
    try:
        record.save(cache_folder(), _name(workspace), kept)
    except OSError:  # a folder that cannot be written only costs time
        return


def _name(workspace: Workspace) -> str:
    root = os.fsencode(workspace.disk.root)
    return f"handpress/check-{digest(root)[:16]}"
