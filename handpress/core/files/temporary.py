"""Temporary folders that a later build removes if this one is killed.

Each has a lock file, held while the folder is in use. The system releases it whenever the process ends.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from filelock import BaseFileLock


PREFIX = "handpress-"
OLD = 24 * 60 * 60  # seconds; a new folder has no lock for a moment


class Folder(Struct, frozen=True):
    """A temporary folder, with the lock that marks it as in use."""

    path: Path
    claim: BaseFileLock

    def remove(self) -> None:
        """Remove the folder with all its content."""
        self.claim.release()
        shutil.rmtree(self.path, ignore_errors=True)


def folder() -> Folder:
    """Make a folder; remove those left by killed builds."""
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    made = Folder(path, _claimed(path))
    newest, user = time.time() - OLD, path.stat().st_uid
    for other in path.parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # includes filelock.Timeout, for a lock that is held
            status = other.lstat()
            mine = stat.S_ISDIR(status.st_mode) and status.st_uid == user
            if mine and status.st_mtime < newest:
                Folder(other, _claimed(other)).remove()
    return made


def _claimed(path: Path) -> BaseFileLock:
    from filelock import FileLock

    claim = FileLock(path / "lock")
    claim.acquire(blocking=False)
    return claim
