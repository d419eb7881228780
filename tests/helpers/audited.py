"""Run the command with everything noted down that reaches beyond a build: ``audited.py LOG ROOT ARGUMENTS``.

Python tells a hook of each file that is opened, each process and each connection (PEP 578); workers that
are forked have the hook too. ROOT is the workspace.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from pathlib import Path

STARTED = frozenset(
    [
        "subprocess.Popen",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "os.startfile",
        "os.forkpty",
        "pty.spawn",
    ]
)
CONNECTED = frozenset(
    [
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
    ]
)
CHANGED = frozenset(
    [
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.truncate",
        "os.link",
        "os.symlink",
        "os.chmod",
        "os.chown",
        "shutil.rmtree",
    ]
)
PROGRAM = Path(__file__).resolve().parents[2]
# Descriptions of the system; and the types of files, which `mimetypes` reads when it is imported.
OF_THE_SYSTEM = (
    "/proc/",
    "/sys/",
    "/dev/null",
    "/dev/urandom",
    "/etc/mime.types",
    "/etc/localtime",
)


def install(log: str, root: str) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    temporary = tuple({tempfile.gettempdir(), os.path.realpath(tempfile.gettempdir())})
    written = (os.path.join(os.path.realpath(root), "output"), *temporary)
    libraries = {
        *sysconfig.get_paths().values(),
        sys.prefix,
        sys.base_prefix,
        "/usr/share/zoneinfo",
    }
    read = (
        os.path.realpath(root),
        str(PROGRAM),
        *libraries,
        *map(os.path.realpath, libraries),
        *written,
    )
    seen: set[tuple[str, str]] = set()

    def below(path: object, folders: tuple[str, ...]) -> bool:
        if isinstance(path, int) or path is None:
            return True  # opened before, by a name that was looked at
        name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]
        real = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        return any(real == folder or real.startswith(f"{folder}/") for folder in folders)

    def note(event: str, what: object) -> None:
        if (event, str(what)) not in seen:
            seen.add((event, str(what)))
            os.write(file, f"{event} {what!r}\n".encode())

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in STARTED or event in CONNECTED:
            note(event, arguments)
        elif event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if str(path).startswith(OF_THE_SYSTEM):
                return
            if not below(path, written if writes else read):
                note("write" if writes else "read", path)
        elif event in CHANGED:
            # A name beside a descriptor is relative to a folder that was opened before.
            paths = [a for a in arguments[:2] if isinstance(a, (str, bytes, os.PathLike))]
            relative = (
                any(isinstance(a, int) and a >= 0 for a in arguments[1:]) and event != "os.mkdir"
            )
            for path in paths:
                if not relative and not below(path, written):
                    note(event, path)

    sys.addaudithook(hook)


if __name__ == "__main__":
    log, root, *rest = sys.argv[1:]
    sys.path.insert(0, str(PROGRAM))
    sys.dont_write_bytecode = True
    install(log, root)
    from handpress.cli.main import main

    sys.exit(main(rest))
