"""The window: everything that `watch` starts, and ends together."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from handpress.core.files.workspace import Workspace
from handpress.serve.server import Listening, serve
from handpress.watch.ahead import WarmWorkers
from handpress.watch.app import routes
from handpress.watch.lock import alone
from handpress.watch.maker import Maker

STEP, GATHER = 2, 80  # milliseconds of quiet that end a group of changes, and the longest group
SCRATCH = (".tmp", ".part", ".crswap")  # endings of what an editor writes first, and renames
SWITCH = 0.001  # seconds that the maker may compute while a picture waits to be sent
PATIENCE = 5.0  # seconds to wait for a thread at the end


def show(
    root: Path, workspace: Workspace, listening: Listening, announce: Callable[[str], None]
) -> None:
    """Show the page of the workspace at `root` until Ctrl-C.

    Raises :class:`.Watched`, :class:`.Foreign` if the output folder is not ours, or OSError.
    """
    with alone(workspace.output), WarmWorkers(os.cpu_count() or 1) as workers:
        workers.start()
        sys.setswitchinterval(SWITCH)
        maker = Maker(root, workspace.output, workers)
        making = threading.Thread(target=maker.run, name="maker", daemon=True)
        with _noticing(workspace, maker):
            making.start()
            try:
                serve(routes(maker), listening, announce)
            finally:
                maker.end()
                making.join(PATIENCE)


class Saved(DefaultFilter):
    """Changes of sources: not of the output, and not of the files that editors keep beside them."""

    def __init__(self, output: Path) -> None:
        super().__init__()
        self.output = output

    def __call__(self, change: Change, path: str) -> bool:
        if path.endswith(SCRATCH) or Path(path).is_relative_to(self.output):
            return False
        return super().__call__(change, path)


@contextlib.contextmanager
def _noticing(workspace: Workspace, maker: Maker) -> Iterator[None]:
    """Pass each group of changed files on to the maker."""
    root, stop = workspace.disk.root, threading.Event()

    def notice() -> None:
        while not stop.is_set():
            with contextlib.suppress(OSError):  # the folder is away: moved, or on a disk that is
                for changes in watch(
                    root,
                    watch_filter=Saved(workspace.output),
                    step=STEP,
                    debounce=GATHER,
                    stop_event=stop,
                    raise_interrupt=False,
                    ignore_permission_denied=True,
                ):
                    paths = [Path(path).relative_to(root).as_posix() for _, path in changes]
                    maker.wishes.put(sorted(paths))
            stop.wait(1.0)

    noticing = threading.Thread(target=notice, name="noticing", daemon=True)
    noticing.start()
    try:
        yield
    finally:
        stop.set()
        noticing.join(PATIENCE)
