"""A forked process that is watched: what it starts, sends, writes and removes outside its folders.

A case is a folder with ``workspace/`` (to be read), ``workspace/output/`` and ``tmp/`` (to be written).
Anything else in it may not even be read. Audit hooks go along into every worker that the process forks;
what libraries in C do, they do not see.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

CPU = 60  # seconds of one process; one article may take 20 until the reader gives it up
WALL = 300  # seconds of one command: only what waits for ever takes so long


class Finding(Struct, frozen=True):
    """A law that was broken: its kind, by which findings are counted, and what shows it."""

    kind: str
    detail: str


class Ended(Struct, frozen=True):
    """How a forked process ended, and what it said."""

    code: int  # below 0: the signal that ended it
    out: str
    err: str
    broken: tuple[Finding, ...]  # what it did and may not


WRITING = {
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.mkfifo", "os.mknod", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.utime", "shutil.rmtree",
}  # fmt: skip
STARTING = {"os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn", "subprocess.Popen"}
TALKING = {
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
}


class Watch:
    """An audit hook: takes down what a command, and every worker that it forks, does outside its folders."""

    def __init__(self, case: Path, log: int) -> None:
        self.case, self.log = os.path.realpath(case), log
        self.writable = [
            os.path.join(self.case, "workspace", "output"),
            os.path.join(self.case, "tmp"),
            os.path.join(self.case, "cache"),
            "/dev",
        ]
        self.readable = [os.path.join(self.case, "workspace"), *self.writable]

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event in STARTING or event in TALKING:
            self.take(f"{event}", args)
        elif event in WRITING:
            self.path(event, args[0], self.writable)
        elif event == "open" and not isinstance(args[0], int) and args[1] is not None:
            # Without a mode it is `os.open`, whose path may be relative to a folder that is not told.
            flags = args[2] if isinstance(args[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
                self.path("open to write", args[0], self.writable)
            elif os.path.realpath(args[0]).startswith(self.case):
                self.path("open", args[0], self.readable)

    def path(self, event: str, path: Any, allowed: list[str]) -> None:
        if isinstance(path, int) or (event in WRITING and not os.path.isabs(path)):
            return  # relative to an open folder, as `rmtree` removes: the snapshot shows it
        # The entry itself is written, not what a link at its place leads to.
        folder, name = os.path.split(os.path.abspath(os.fsdecode(path)))
        whole = os.path.join(os.path.realpath(folder), name)
        whole = os.path.realpath(whole) if event.startswith("open") else whole
        if not any(whole == each or whole.startswith(each + "/") for each in allowed):
            self.take(event, (whole.replace(self.case, ""),))

    def take(self, event: str, args: tuple[Any, ...]) -> None:
        where = re.sub(r"[^/]*[0-9a-f_]{6,}[^/]*", "…", str(args[0]))[:80]
        os.write(
            self.log, (json.dumps([f"outside: {event}: {where}", repr(args)[:500]]) + "\n").encode()
        )


def forked(case: Path, work: Callable[[], int], cpu: int = CPU) -> Ended:
    """Run `work` in a watched child process whose folder is `case`, with a time limit."""
    names = {name: case / f"{name}.log" for name in ("out", "err", "did")}
    pid = os.fork()
    if pid == 0:
        _child(case, {name: str(path) for name, path in names.items()}, work, cpu)
    watch = os.pidfd_open(pid)
    ready, _, _ = select.select([watch], [], [], WALL)
    os.close(watch)
    if not ready:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        os.killpg(pid, signal.SIGKILL)  # workers that it left
    except ProcessLookupError:
        pass
    out, err, did = (names[n].read_text("utf-8", "replace") for n in ("out", "err", "did"))
    broken = [Finding(*json.loads(line)) for line in did.splitlines()]
    if not ready:
        broken.append(Finding("hang", f"no end after {WALL} s"))
    elif code == -signal.SIGXCPU or "ended by signal 24" in out + err:
        broken.append(Finding("hang: cpu", f"more than {cpu} s of CPU"))
    for path in names.values():
        path.unlink()
    return Ended(code, out, err, tuple(broken))


def _child(case: Path, logs: dict[str, str], work: Callable[[], int], cpu: int) -> NoReturn:
    code = 99
    try:
        os.setsid()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(logs["out"], flags), 1)
        os.dup2(os.open(logs["err"], flags), 2)
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(
            io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", write_through=True
        )
        log = os.open(logs["did"], flags)
        os.chdir(case)
        sys.dont_write_bytecode = True
        tempfile.tempdir = os.environ["TMPDIR"] = str(case / "tmp")
        os.environ["XDG_CACHE_HOME"] = str(case / "cache")  # where the last check is kept
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + cpu, used + cpu + 5))
        sys.addaudithook(Watch(case, log))
        code = int(work())
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
