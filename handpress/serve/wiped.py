"""Memory that is wiped when it is freed, so that an idle server does not hold the text of an earlier request.

Python and the C library leave the bytes of freed memory as they are, perhaps for hours. glibc can overwrite them at
once, if its tunables are set before a process starts, and if Python takes all its memory from it.
"""

from __future__ import annotations

import os
import sys

TUNABLES, ALLOCATOR = "GLIBC_TUNABLES", "PYTHONMALLOC"
# Overwrite with this byte; without its caches by thread, whose memory is not overwritten.
WIPING = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"


def restart_with_wiping() -> None:
    """Replace this process by one with the same command whose freed memory is wiped, where that can be had.

    In the new process, restore the environment, so that its children run at full speed.
    """
    given = os.environ.get(TUNABLES, "")
    if given.endswith(WIPING):
        os.environ.pop(ALLOCATOR, None)
        os.environ[TUNABLES] = given.removesuffix(WIPING).removesuffix(":")
        return
    if ALLOCATOR in os.environ or not _has_glibc():
        return
    tunables = f"{given}:{WIPING}" if given else WIPING
    env = {**os.environ, ALLOCATOR: "malloc", TUNABLES: tunables}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], env)


def _has_glibc() -> bool:
    try:
        return sys.platform.startswith("linux") and "glibc" in (
            os.confstr("CS_GNU_LIBC_VERSION") or ""
        )
    except (ValueError, OSError):
        return False
