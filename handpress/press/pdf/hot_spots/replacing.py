"""Replacing a function of WeasyPrint wherever it is imported by name."""

from __future__ import annotations

import sys
from types import FunctionType


def replace(old: FunctionType, new: object) -> None:
    """Put `new` in the place of a function of WeasyPrint, in each module that has imported it by name."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint" and getattr(module, old.__name__, None) is old:
            setattr(module, old.__name__, new)
