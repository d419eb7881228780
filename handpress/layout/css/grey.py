"""Grey stylesheets: each colour in a stylesheet becomes the grey that is as dark.

Also in a workspace's own stylesheets, and in drawings within them. Pictures of articles are greyed apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from handpress.assets.greyscale import grey_paint

STRING = r"\"[^\"]*\"|'[^']*'"
# A declaration that may have a colour, with its value.
DECLARATION = re.compile(
    r"((?:--[\w-]+|[a-z-]*(?:background|border|color|decoration|fill|outline|rule|shadow|stroke)[a-z-]*)\s*:)"
    rf"((?:{STRING}|[^;{{}}\"'])*)",
    re.I,
)
COLOUR = re.compile(
    rf"{STRING}|#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^()]*\)"
    r"|(?<![\w-])[a-z]+(?![\w(-])",
    re.I,
)
IN_ADDRESS = re.compile(r"%23([0-9a-f]{3,8})\b", re.I)


@lru_cache(maxsize=64)
def greyed(css: str) -> str:
    """Return `css` without any colour."""
    return DECLARATION.sub(lambda found: found[1] + COLOUR.sub(_grey, found[2]), css)


def _grey(found: re.Match[str]) -> str:
    if found[0][0] in "\"'":
        return IN_ADDRESS.sub(lambda colour: grey_paint(f"#{colour[1]}"), found[0])
    return grey_paint(found[0])
