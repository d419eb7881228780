"""Temporary folders that a later build removes if this one is killed.

Each has a lock in it, which is held for as long as the folder is in use; the system lets go of it when
the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock


PREFIX = "handpress-"
OLD = 24 * 60 * 60  # seconds; a folder may be without its lock for a moment after it was made


@dataclass(frozen=True)
class Folder:
    """A folder for temporary files, and the lock that says that it is in use."""

    path: Path
    claim: BaseFileLock

    def remove(self) -> None:
        """Remove it with all that is in it."""
        self.claim.release()
        shutil.rmtree(self.path, ignore_errors=True)


def folder() -> Folder:
    """Make a folder; remove those that killed builds left beside it."""
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    made = Folder(path, _claimed(path))
    newest, user = time.time() - OLD, path.stat().st_uid
    for other in path.parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # also of a lock that is held: filelock.Timeout is one
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
