"""Drawing: QR codes without the general reader of paths, and numbers without a search for their kind.

A QR code is a path of a thousand straight steps, and a page has some thousand numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# Moves and steps to the right or down, each with its letter and plain numbers, as in a QR code by Segno.
STEPS = re.compile(r"(?:[Mm]-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?|[hv]-?\d+(?:\.\d+)?)+")
STEP = re.compile(r"([Mmhv])([^Mmhv]+)")
MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


def quicken() -> None:
    _quicken_paths()
    _quicken_writing()


def _quicken_writing() -> None:
    import pydyf

    slowly: Callable[[Any], bytes] = pydyf._to_bytes  # noqa: SLF001  # there is no other way to it

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is float and not item.is_integer():
            return f"{item:f}".rstrip("0").encode("ascii")
        return b"%d" % item if kind is int else slowly(item)

    pydyf._to_bytes = to_bytes  # noqa: SLF001


def _quicken_paths() -> None:
    import weasyprint.svg

    slow_path: Callable[[Any, Any, float], None] = weasyprint.svg.TAGS["path"]

    def path(svg: Any, node: Any, font_size: float) -> None:
        """Draw a path of steps; the vertices are for markers alone."""
        written = node.get("d", "")
        if not STEPS.fullmatch(written) or any(name in node.attrib for name in MARKERS):
            slow_path(svg, node, font_size)
            return
        stream = svg.stream
        x = y = 0.0
        stream.move_to(0, 0)
        for letter, numbers in STEP.findall(written):
            if letter == "h":
                x += float(numbers)
                stream.line_to(x, y)
            elif letter == "v":
                y += float(numbers)
                stream.line_to(x, y)
            else:
                to_x, to_y = map(float, numbers.split(" "))
                x, y = (x + to_x, y + to_y) if letter == "m" else (to_x, to_y)
                stream.move_to(x, y)

    weasyprint.svg.TAGS["path"] = path
