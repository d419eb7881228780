"""Imports: the parts of fontTools that WeasyPrint imports and does not need come with their first use.

It needs them for variable fonts and emoji, and where HarfBuzz cannot reduce a font. They take a quarter of its start.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

LATE = ("fontTools.subset", "fontTools.ttLib", "fontTools.varLib", "fontTools.varLib.instancer")
USERS = "weasyprint"  # the package whose modules import from them


class _LateModule(ModuleType):
    """Has the place of a module while others are imported."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _LateName(self.__name__, name)


class _LateName:
    """Has the place of something in a module, which is imported when it is called, or when a part of it is used."""

    def __init__(self, module: str, name: str) -> None:
        self.of = module, name

    def found(self) -> Any:
        """Import the module. The real things take all places of late ones, also that of a class of errors."""
        for module in [m for name, m in sys.modules.items() if name.startswith(USERS)]:
            for name, value in vars(module).items():
                if isinstance(value, _LateName):
                    setattr(module, name, _imported(*value.of))
        return _imported(*self.of)

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self.found()(*values, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.found(), name)


def _imported(module: str, name: str) -> Any:
    """Import a name from a module, which may be that of a module within it."""
    found = import_module(module)
    return getattr(found, name) if hasattr(found, name) else import_module(f"{module}.{name}")


@contextlib.contextmanager
def late_imports() -> Iterator[None]:
    """Let modules be imported in the context that get the `LATE` ones only when they use them."""
    stubs = {name: _LateModule(name) for name in LATE if name not in sys.modules}
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
