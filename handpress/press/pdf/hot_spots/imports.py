"""Imports: the parts of fontTools that WeasyPrint imports and does not need come with their first use.

It needs them for variable fonts, and where HarfBuzz cannot reduce a font. They take a fifth of its start.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

LATE = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")


class _Late(ModuleType):
    """Has the place of a module while another one is imported. Its functions import the module when called."""

    def __getattr__(self, name: str) -> Any:
        def late(*values: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*values, **named)

        if name.startswith("__"):
            raise AttributeError(name)
        return late


@contextlib.contextmanager
def late_imports() -> Iterator[None]:
    """Let modules be imported in the context that get the `LATE` ones only when they call them."""
    stubs = {name: _Late(name) for name in LATE if name not in sys.modules}
    for name in stubs:
        parent, _, own = name.rpartition(".")
        setattr(import_module(parent), own, stubs[name])
        sys.modules[name] = stubs[name]
    try:
        yield
    finally:
        for name in stubs:
            parent, _, own = name.rpartition(".")
            del sys.modules[name]
            if parent not in stubs:
                delattr(sys.modules[parent], own)
