"""Selectors: each is compiled when an element might match it.

cssselect2 makes a Python function of every selector as it reads a stylesheet. Pages have elements for
a fifth of them.
"""

from __future__ import annotations

import itertools
import re
from ast import literal_eval
from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any


def quicken() -> None:
    """Call it before WeasyPrint is imported, which reads its own stylesheets."""
    from cssselect2 import compiler

    compiler.eval = LateTest  # the name by which the module calls Python's own


# A string of Python, as `repr` writes it.
STRING = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


@lru_cache(maxsize=2000)
def _code(shape: str, strings: int) -> CodeType:
    """Return the code of a function that takes the strings of a selector and returns its test."""
    names = ", ".join(f"s{number}" for number in range(strings))
    return compile(f"lambda {names}: {shape}", "<selector>", "eval")  # of cssselect2's own words


def _test(source: str) -> Callable[[Any], Any]:
    """Return the function that a source makes. Most selectors differ in their names and classes alone."""
    from cssselect2.compiler import ascii_lower, split_whitespace, urlparse

    written = STRING.findall(source)
    strings = [literal_eval(text) if "\\" in text else text[1:-1] for text in written]
    numbers = itertools.count()
    shape = STRING.sub(lambda _: f"s{next(numbers)}", source)
    names = {"ascii_lower": ascii_lower, "split_whitespace": split_whitespace, "urlparse": urlparse}
    made: Callable[[Any], Any] = eval(_code(shape, len(strings)), names)(*strings)
    return made


class LateTest:
    """A function that does what the one in `source` does, and is compiled when it is called."""

    def __init__(self, source: str, *_: Any) -> None:
        self.source = source
        self.test: Callable[[Any], Any] | None = None

    def __call__(self, element: Any) -> Any:
        if self.test is None:
            self.test = _test(self.source)
        return self.test(element)

    def __reduce__(self) -> tuple[type[LateTest], tuple[str]]:
        return LateTest, (self.source,)
