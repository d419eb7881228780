"""Right-to-left stylesheets: flip a stylesheet that was written for left to right.

Our stylesheets use `left` and `right`, since neither e-readers nor WeasyPrint support the logical
properties of CSS well. Here names, values and page margins are mirrored, also in a workspace's own
stylesheets. Strings, addresses and class names remain.

Right-to-left scripts join their letters and have no italics: letter spacing would separate them, and a
slant would lean against the direction of reading. Emphasis is bold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from handpress.core.direction import Direction

OTHER = {"left": "right", "right": "left"}
SIDE = re.compile(r"(?<![a-z])(left|right)(?![a-z])")
# Properties with four values: the second is of the right side, the fourth of the left.
FOUR = frozenset(("margin", "padding", "inset", "border-width", "border-style", "border-color"))
NAMES = ("ident", "at-keyword")
CODE = ["pre"]  # the rule of blocks of code, which run from left to right on every page
UPRIGHT = """
address, cite, dfn, em, i, var, header.opening .lead { font-style: normal }
em, i { font-weight: 700 }
h1, .title { letter-spacing: 0 }
"""


@lru_cache(maxsize=64)
def flip(css: str, way: Direction) -> str:
    """`css` for text that runs `way`: as it is, or mirrored."""
    return css if way == "ltr" else mirrored(css) + UPRIGHT


def mirrored(css: str) -> str:
    """Return rules or declarations with left and right exchanged."""
    import tinycss2

    tokens = _flipped(tinycss2.parse_component_value_list(css))
    _sides(tokens)
    return str(tinycss2.serialize(tokens))


def _flipped(tokens: Sequence[Any]) -> list[Any]:
    selector: list[str] = []  # of the rule that begins
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "{} block" and selector == CODE:
            selector.clear()
            continue
        if token.type == "{} block" or token == ";":
            selector.clear()
        elif token.type not in ("whitespace", "comment"):
            selector.append(token.serialize())
        if token.type in NAMES and not (before is not None and before == "."):
            token.value = SIDE.sub(lambda found: OTHER[found[0]], token.value)
        elif inside := _inside(token):
            inside[:] = _flipped(inside)
            if token.type == "{} block":
                _sides(inside)
    return list(tokens)


def _inside(token: Any) -> list[Any]:
    return getattr(token, "content", None) or getattr(token, "arguments", None) or []


def _sides(tokens: list[Any]) -> None:
    """Exchange the sides of the four values of each such declaration in a block, in place."""
    name = ""
    values: list[int] = []
    for number, token in enumerate([*tokens, None]):
        if token is None or token in (";", "!"):
            if name in FOUR and len(values) == 4:
                right, left = values[1], values[3]
                tokens[right], tokens[left] = tokens[left], tokens[right]
            name, values = "", []
        elif not name and token.type == "ident":
            name = token.lower_value
        elif name and token.type not in ("whitespace", "comment") and token != ":":
            values.append(number)
