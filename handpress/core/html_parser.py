"""The parser of HTML, tinyhtml5, with patterns that are made once.

It keeps each pattern under a key that it never asks for, so it made one for each attribute and each text of a page: a
third of its time.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Characters, and whether the pattern is for these or for all others.
Key = tuple[frozenset[str], bool]


class _Patterns(dict[Key, re.Pattern[str]]):
    def __missing__(self, key: Key) -> re.Pattern[str]:
        characters, these = key
        every = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if these else '^'}{every}]+")
        return self[key]


PATTERNS = _Patterns()


def html_parser() -> Any:
    """Return a new parser, which gives elements without namespaces."""
    return _parsers()(namespace_html_elements=False)


@cache
def _parsers() -> Any:
    from tinyhtml5 import inputstream
    from tinyhtml5.parser import HTMLParser

    inputstream.characters_until_regex = PATTERNS
    return HTMLParser
