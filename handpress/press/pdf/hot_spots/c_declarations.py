"""Declarations of C: those of WeasyPrint, as cffi compiles them, so that no start parses them.

WeasyPrint declares the functions of Pango, HarfBuzz and Fontconfig in C, and cffi reads them with a parser for all
of C, in Python: a tenth of a second at each start, and two milliseconds for each type that is named while drawing.
cffi can also read them once and write down the result ("out-of-line ABI mode" in its documentation). The result
is `compiled.py`, which belongs to one text of declarations; for another the parser is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from handpress.press.pdf.hot_spots import compiled


def declaring_module() -> Path:
    """Return the file in which WeasyPrint declares the functions, without importing it."""
    spec = find_spec("weasyprint")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("WeasyPrint is missing")
    return Path(spec.submodule_search_locations[0]) / "text" / "ffi.py"


def digest(module: Path) -> str:
    return hashlib.sha256(module.read_bytes()).hexdigest()


@contextlib.contextmanager
def compiled_declarations() -> Iterator[None]:
    """Let WeasyPrint be imported in the context with the compiled declarations, if they are its own."""
    if "weasyprint" in sys.modules or digest(declaring_module()) != compiled.DIGEST:
        yield
        return
    import _cffi_backend

    class FFI(_cffi_backend.FFI):  # type: ignore[misc]  # cffi carries no types
        def cdef(self, declarations: str) -> None:
            """Ignore the declarations: they are compiled."""

    stand_in = ModuleType("cffi")
    stand_in.FFI = lambda: FFI("weasyprint", **compiled.DECLARATIONS)  # type: ignore[attr-defined]
    before = sys.modules.get("cffi")
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if before is not None:
            sys.modules["cffi"] = before
