"""Selectors: each is compiled when an element might match it.

cssselect2 makes a Python function of every selector as it reads a stylesheet. Pages have elements for
a fifth of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any


def quicken() -> None:
    """Call it before WeasyPrint is imported, which reads its own stylesheets."""
    from cssselect2 import compiler

    compiler.eval = _late  # the name by which the module calls Python's own


@lru_cache(maxsize=2000)
def _code(source: str) -> CodeType:
    """Return the code of a test; stylesheets of a series have most of their selectors in common."""
    return compile(source, "<selector>", "eval")  # of cssselect2, which quotes what an author wrote


def _late(source: str, names: dict[str, Any], own: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Return a function that does what the function in `source` does, and is compiled when it is called."""
    test: Callable[[Any], Any] | None = None

    def late(element: Any) -> Any:
        nonlocal test
        if test is None:
            test = eval(_code(source), names, own)
        return test(element)

    late.source = source  # type: ignore[attr-defined]
    return late
