"""Kept patterns: regular expressions of modules, compiled once for an installation as the modules themselves are.

Python compiles five hundred of them at each start, in Python, which is a twentieth of the time of a small edit. The
result is a list of numbers for its engine, `_sre`, which checks them again. Here the lists are kept
(:mod:`.installed`). Patterns that are made of an author's words are not.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import sys
from functools import lru_cache
from types import FrameType, SimpleNamespace
from typing import Any

from handpress.core.caches import installed

NAME = "patterns"
MOST = 5_000  # patterns; more have come from versions of the code that are no longer there
# The function of importlib that runs the code of a module.
IMPORTING = "_call_with_frames_removed"

Key = tuple[str | bytes, int]


class KeptPatterns:
    """Patterns with their flags, and what `_sre` makes each of, as :mod:`marshal` has it."""

    def __init__(self) -> None:
        known = installed.found(NAME)
        self.known: dict[Key, bytes] = known if known and len(known) <= MOST else {}
        self.new = False

    def serve(self) -> None:
        """Let Python take patterns from here, and keep others that modules compile from now on."""
        from re import _compiler as compiler  # type: ignore[attr-defined]

        slowly = compiler.compile
        engine = compiler._sre  # noqa: SLF001  # there is no public way; a test compares all results

        def compile_(pattern: Any, flags: Any = 0) -> Any:
            key = (pattern, int(flags))
            if type(pattern) not in (str, bytes):  # one that Python's own modules have parsed
                return slowly(pattern, flags)
            if (kept := self.known.get(key)) is not None:
                with contextlib.suppress(ValueError, EOFError, TypeError, RuntimeError):
                    return engine.compile(*marshal.loads(kept))
            if not _in_module():
                return slowly(pattern, flags)
            given: list[tuple[Any, ...]] = []

            def noted(*values: Any) -> Any:
                given.append(values)
                return engine.compile(*values)

            try:
                compiler._sre = SimpleNamespace(**{**vars(engine), "compile": noted})  # noqa: SLF001
                found = slowly(pattern, flags)
            finally:
                compiler._sre = engine  # noqa: SLF001
            if len(given) == 1 and given[0][0] == pattern:  # not of another thread
                pattern, flags, numbers, *rest = given[0]
                plain = pattern, int(flags), list(map(int, numbers)), *rest  # some have names
                self.known[key] = marshal.dumps(plain)
                self.new = True
            return found

        compiler.compile = compile_

    def save(self) -> None:
        """Keep the patterns for later processes, if there are new ones."""
        if self.new:
            installed.keep(NAME, self.known)
            self.new = False


def _in_module() -> bool:
    """Return whether a module is being imported: what it compiles then is its own."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001  # as `inspect` does it, without its import
    while frame is not None:
        if frame.f_code.co_name == IMPORTING:
            return True
        frame = frame.f_back
    return False


@lru_cache(maxsize=1)
def _served() -> KeptPatterns:
    kept = KeptPatterns()
    kept.serve()
    atexit.register(kept.save)
    return kept


def keep_patterns() -> None:
    """Serve the patterns of this installation in this process, and keep new ones when it ends."""
    if sys.implementation.name == "cpython":
        _served()


def save_patterns() -> None:
    """Keep new patterns now, in a process that will end without notice."""
    if _served.cache_info().currsize:
        _served().save()
