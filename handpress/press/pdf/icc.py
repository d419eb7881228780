"""The sRGB colour profile (IEC 61966-2-1) as an ICC profile (ICC.1:2004-10), computed from its numbers.

PDF/A requires a profile in the file. This one is small, has no date in it, and is free of copyright.
WeasyPrint's own `sRGB2014.icc` would do as well, but adds 2.5 KB to each PDF; Pillow's has the time in it.
"""

from __future__ import annotations

import struct
from functools import cache

# Primaries, adapted from daylight to the profiles' white (Bradford), relative to that white.
WHITE = (0.9642, 1.0, 0.8249)
PRIMARIES = {
    b"rXYZ": (0.43606567, 0.22248840, 0.01391602),
    b"gXYZ": (0.38514709, 0.71687317, 0.09707642),
    b"bXYZ": (0.14306641, 0.06060791, 0.71409607),
}
ADAPTATION = (
    1.04788208, 0.02291870, -0.05021667,
    0.02958679, 0.99047852, -0.01707458,
    -0.00924683, 0.01507568, 0.75167847,
)  # fmt: skip
# (a x + b) ** g from d on, and c x below: g, a, b, c, d.
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@cache
def profile() -> bytes:
    """Return the profile, always the same bytes."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _numbers(CURVE)
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": b"XYZ " + bytes(4) + _numbers(WHITE),
        b"chad": b"sf32" + bytes(4) + _numbers(ADAPTATION),
        **{name: b"XYZ " + bytes(4) + _numbers(of) for name, of in PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    places: dict[bytes, int] = {}
    table, data, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        if tag not in places:
            places[tag] = start + len(data)
            data += tag + bytes(-len(tag) % 4)
        table += name + struct.pack(">II", places[tag], len(tag))
    head = struct.pack(
        ">I4xI4s4s4s12x4s28x12s48x",
        start + len(data), 0x04200000, b"mntr", b"RGB ", b"XYZ ", b"acsp", _numbers(WHITE),
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + data


def _numbers(values: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 0x10000) for value in values))


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
