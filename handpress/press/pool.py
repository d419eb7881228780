"""The worker pool: recipes to artefacts on all cores, each in a process with limits on time and memory.

A worker process warms up once, then makes artefacts until no more recipes are sent. If a worker dies or
exceeds a limit, only the artefact it was making is lost, and a new worker replaces it. The Pebble library
also kills processes that run too long, but it neither limits memory nor counts processor time.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from bisect import insort
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from msgspec import Struct, field

from handpress.core.caches.patterns import save_patterns
from handpress.core.call_stack import with_room
from handpress.core.files import temporary
from handpress.press.presses import PRESSES
from handpress.press.recipe import Recipe
from handpress.press.result import RecipeRefused, Rendered

SECONDS = 300.0  # of processor time for one artefact: a book of 600 pages takes 60
# Waiting for a disk or the processor uses no processor time, so elapsed time may be so many times longer.
PATIENCE = 10 if hasattr(signal, "setitimer") else 1
TIME_UP = getattr(signal, "SIGPROF", 0)  # ends a worker at its time limit
MEMORY = 4 * 1024**3  # bytes of address space of one worker
# The start method of workers: a forked one is warm from the start, but forking is only safe on Linux.
METHOD = "fork" if sys.platform.startswith("linux") else "spawn"
# Objects of documents before that are still there. A held draft of five pages has some 12,000; one that is let go
# leaves a few hundred, which only the garbage collector frees.
MUCH = 600_000
MEASURE = "measure"  # a press that holds its layouts
LEFT_TO_HOLDER = 2  # pieces that a worker leaves to the one that measured them
A_FILE = 400  # to bind or pack a file takes as long as so many bytes of HTML
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>
RECURSION = 20_000  # frames: WeasyPrint uses about forty for each level of boxes


class Failed(Struct, frozen=True):
    """The reason why a recipe gave no artefact.

    `ours` marks a fault of Handpress, not of the sources. `machine` is an error of the machine, such as a full disk.
    """

    reason: str
    ours: bool = False
    machine: OSError | None = None


def press(recipe: Recipe) -> Rendered | Failed:
    """Make one artefact in this process."""
    row = PRESSES[recipe.press]
    if row.engine:  # a document is large and short-lived: garbage collection would only cost time
        if gc.get_count()[0] > MUCH:
            gc.collect()  # the documents before
            gc.freeze()  # objects that outlive a document are permanent: never examine them again
        gc.disable()
    try:
        return row.run({**recipe.files, **recipe.earlier}, recipe.options)
    except RecipeRefused as error:
        return Failed(str(error))
    except MemoryError:
        return Failed(f"needs more than {MEMORY // 1024**3} GB of memory")
    except RecursionError:
        return Failed("met mark-up that is nested too deeply")
    except OSError as error:  # with a number: the machine's; without: a library's or ours
        machine = OSError(error.errno, error.strerror, error.filename) if error.errno else None
        return Failed(str(error), machine=machine)
    except Exception as error:  # noqa: BLE001  # anything else is our fault, and is reported as ours
        import traceback

        return Failed(f"{type(error).__name__}: {error}\n{traceback.format_exc()}", ours=True)
    finally:
        if row.engine:
            gc.enable()


def warm_up() -> None:
    """Import the engine and start it, which takes half a second, so that processes forked later need not."""
    from handpress.press.pdf import engine

    engine.engine()


def _weight(recipe: Recipe) -> int:
    """Return about how long a recipe takes, as the length of a page's HTML that takes as long."""
    text = recipe.files.get("index.html")
    return len(text.data) if text and text.data else A_FILE * len(recipe.files)


def _sheet(recipe: Recipe) -> str:
    """Return the digest of a recipe's stylesheet, which takes as long to read as half a page; without one, its press."""
    sheet = recipe.files.get("style.css")
    return sheet.digest if sheet else recipe.press


class _Worker(Struct):
    process: Any
    pipe: Connection
    recipe: Recipe | None = None
    until: float = 0.0
    sheets: set[str] = field(default_factory=set)  # digests of the stylesheets that it has read
    measured: set[str] = field(default_factory=set)  # paths of the pieces whose layout it may hold


class Workers:
    """Worker processes, started when there is work and kept for later work.

    Exiting the context, or Ctrl-C, kills the workers at once and removes their folder of temporary files.
    """

    def __init__(self, jobs: int, seconds: float = SECONDS, method: str = METHOD) -> None:
        self.jobs, self.seconds, self.method = jobs, seconds, method
        self.context: Any = multiprocessing.get_context(method)
        self.workers: list[_Worker] = []
        # CPU seconds, by the path of what was made last.
        self.took: dict[str, float] = {}
        self.folder = temporary.folder()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            _end(worker)
        self.folder.remove()

    def press(self, recipes: Iterable[Recipe]) -> Iterator[tuple[Recipe, Rendered | Failed]]:
        """Make every artefact, and yield each result as soon as it is ready.

        The next recipe is asked for while the workers are busy. An idle one gets the largest of those that are known.
        If asking for a recipe raises an error, those before it are made first.
        """
        self.took.clear()
        asked, waiting, error = iter(recipes), list[Recipe](), None
        while True:
            try:
                recipe = next(asked, None)
            except Exception as raised:  # noqa: BLE001  # it is raised in the end
                recipe, error = None, raised
            if recipe is None:
                break
            if PRESSES[recipe.press].at_once:
                yield recipe, press(recipe)
            else:
                insort(waiting, recipe, key=_weight)
                self._hire_for(recipe)
            self._send_out(waiting)
            yield from self._finished(wait_for_one=False)
        while waiting or self._busy:
            self._send_out(waiting)
            yield from self._finished(wait_for_one=True)
        if error is not None:
            raise error

    def _hire_for(self, recipe: Recipe) -> None:
        """Start another worker if none is idle, after the import of an engine that it needs."""
        if all(worker.recipe for worker in self.workers) and len(self.workers) < self.jobs:
            if self.method == "fork" and PRESSES[recipe.press].engine:
                warm_up()  # a forked worker starts warm
            self.workers.append(self.hire())

    def hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        inherited = [*(w.pipe for w in self.workers), ours]
        process = self.context.Process(
            target=_work,
            args=(
                theirs,
                inherited if self.method == "fork" else [],
                str(self.folder.path),
                os.getpid(),
                self.seconds,
            ),
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    @property
    def _busy(self) -> list[_Worker]:
        return [worker for worker in self.workers if worker.recipe]

    def _send_out(self, waiting: list[Recipe]) -> None:
        """Give each idle worker something to do."""
        for worker in self._idle_first(waiting):
            if (at := self._next_for(worker, waiting)) is not None:
                self.send(worker, waiting.pop(at))

    def _finished(self, *, wait_for_one: bool) -> Iterator[tuple[Recipe, Rendered | Failed]]:
        """Yield the results that are ready; if asked to, wait until there is one."""
        busy = self._busy
        soonest = min((w.until for w in busy), default=0.0) - time.monotonic()
        ready = set(wait([w.pipe for w in busy], max(0.0, soonest) if wait_for_one else 0))
        for worker in busy:
            if worker.pipe in ready:
                yield self.taken(worker)
            elif time.monotonic() >= worker.until:
                yield self.lost(worker, f"took longer than {self.seconds * PATIENCE:g} s")

    def send(self, worker: _Worker, recipe: Recipe) -> None:
        """Let an idle worker make an artefact; :meth:`run` yields its result."""
        worker.recipe = recipe
        worker.sheets.add(_sheet(recipe))
        self._note(worker, recipe)
        worker.until = time.monotonic() + self.seconds * PATIENCE
        with contextlib.suppress(OSError):  # died while idle: `run` notices it
            worker.pipe.send(recipe)

    def _idle_first(self, waiting: list[Recipe]) -> list[_Worker]:
        """Return the idle workers, first one that has read the stylesheet of the next recipe."""
        next_sheet = _sheet(waiting[-1]) if waiting else ""
        idle = [worker for worker in self.workers if worker.recipe is None]
        return sorted(idle, key=lambda worker: next_sheet not in worker.sheets)

    def _next_for(self, worker: _Worker, waiting: list[Recipe]) -> int | None:
        """Return the place of the next recipe for an idle worker; None to leave the rest to others.

        A piece that was measured goes to the worker that holds its layout, as long as that one has few such pieces left:
        to make its layout again takes longer than to wait for two.
        """
        others = [other for other in self.workers if other is not worker and other.measured]
        at_others: list[int] = []
        for at in range(len(waiting) - 1, -1, -1):
            if not any(waiting[at].path in other.measured for other in others):
                return at
            at_others.append(at)
        return at_others[-1] if len(at_others) > LEFT_TO_HOLDER else None

    def _note(self, worker: _Worker, recipe: Recipe) -> None:
        for other in self.workers:
            other.measured.discard(recipe.path)
        if recipe.press == MEASURE:
            worker.measured.add(recipe.path)

    def taken(self, worker: _Worker) -> tuple[Recipe, Rendered | Failed]:
        recipe = worker.recipe
        assert recipe is not None
        try:
            result, self.took[recipe.path] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            code = worker.process.exitcode
            if code == -TIME_UP:
                return self.lost(worker, f"took longer than {self.seconds:g} s")
            how = f"was ended by signal {-code}" if code and code < 0 else f"ended with code {code}"
            return self.lost(worker, how)
        worker.recipe = None
        return recipe, result

    def lost(self, worker: _Worker, reason: str) -> tuple[Recipe, Rendered | Failed]:
        recipe = worker.recipe
        assert recipe is not None
        _end(worker)
        self.workers[self.workers.index(worker)] = self.hire()
        return recipe, Failed(reason)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _die_with(parent: int) -> None:
    """Let the kernel kill this process as soon as its parent has ended for any reason.

    Strictly, the kernel kills it when the thread that forked it ends: the one that waits for results.
    On other systems than Linux, a worker notices after its current recipe, because the pipe is closed.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent ended before the call


@with_room
def _work(
    pipe: Connection, inherited: list[Connection], folder: str, parent: int, seconds: float
) -> None:
    """Run a worker: make one artefact after another until the pipe is closed."""
    _die_with(parent)
    gc.freeze()  # what was there before the fork stays, in pages of memory that both processes share
    for other in inherited:
        other.close()
    tempfile.tempdir = folder  # for the fonts that WeasyPrint removes only on a normal exit
    os.chdir(folder)  # Pillow asks for the current folder, which may be removed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.setrecursionlimit(RECURSION)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            recipe = pipe.recv()
        except (EOFError, OSError):
            break
        try:
            start = time.process_time()
            gc.disable()  # what a press leaves is collected before the next document, if there is one
            with _timed(seconds):
                result = press(recipe)
            pipe.send((result, time.process_time() - start))
            save_patterns()
        except (BrokenPipeError, OSError):
            break
    os._exit(0)  # without cleaning up for the parent


@contextlib.contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """End this process if it uses more than `seconds` of processor time in the context."""
    if not TIME_UP:
        yield
        return
    # The system's action, not a Python handler: it also interrupts code in a C library.
    signal.signal(TIME_UP, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
