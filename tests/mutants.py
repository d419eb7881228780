"""Mutants: real pictures with damage in them, to see that each is refused or shown, and nothing else.

``python tests/mutants.py SECONDS [SEED]`` runs for that long, and prints each mutant that got through
with something wrong, as a Python call that makes it again.
"""

from __future__ import annotations

import contextlib
import random
import re
import struct
import sys
import time
import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from handpress.assets.convert import FORMATS, fit_raster, on_white
from handpress.assets.fonts import faces
from handpress.assets.formats import Broken
from handpress.assets.greyscale import to_greyscale
from handpress.assets.picture import inspect_picture
from handpress.assets.svg import letters_of
from handpress.core.files.disk import Asset
from handpress.core.limits import memory_limit, time_limit
from handpress.layout.print_page import face_name
from handpress.press.options import PixelOptions
from handpress.press.pdf.raster import render_pixels
from handpress.press.result import RecipeRefused
from helpers.pictures import DATA, DRAW_IO, MERMAID, svg, uses
from helpers.rasters import RASTERS
from helpers.workspaces import ROOT, bare_workspace

SECONDS = 20.0  # for one mutant: what an article is given to be read
MEMORY = 1_000_000_000

SVGS = {
    "mermaid.svg": svg(MERMAID),
    "draw.svg": svg(DRAW_IO.format("Rest until the knee is cool", "Rest until...")),
    "uses.svg": svg(uses(2)),
    "photo.svg": svg(f'<image width="9" height="9" href="{DATA}"/>'),
    "shapes.svg": svg(
        '<defs><linearGradient id="g"><stop offset=".5" stop-color="#f00"/></linearGradient>'
        '<marker id="m" markerWidth="3" markerHeight="3"><circle r="1"/></marker><mask id="k"><rect/></mask>'
        '<clipPath id="c"><path d="M0 0h9v9z"/></clipPath><pattern id="p" width="2" height="2"><path/></pattern></defs>'
        '<style>.a, g > rect { fill: url(#g); stroke: #00f } #b { opacity: .5 }</style>'
        '<g transform="rotate(20 5 5) scale(.5)"><rect class="a" width="4" height="4" rx="1"/></g>'
        '<path id="b" d="M1 1C2 2 3 3 4 1S5 5 6 6A1 2 0 0 1 9 9z" marker-end="url(#m)" clip-path="url(#c)"/>'
        '<polyline points="1,1 2,3 4,5" style="fill:none;stroke:red;stroke-dasharray:1 2"/><ellipse rx="2" ry="1"'
        ' fill="url(#p)" mask="url(#k)"/><text x="1 2 3" y="4" font-size="3" rotate="5" textLength="9">Ebb'
        '<tspan dx="1">b</tspan></text><text><textPath href="#b">round</textPath></text><use href="#b" x="2"/>'
    ),
}  # fmt: skip
# What has broken readers of such files before.
NUMBERS = (
    "0",
    "-1",
    "1e99",
    "-1e-99",
    "1e400",
    "NaN",
    "inf",
    "",
    " ",
    "99999999999",
    "0.0.1",
    "1%",
    "1em",
    "#",
    "none",
)
WORDS = ("url(#b)", "url(#m)", "url(#none)", "#a", "inherit", "currentColor", "M", "m 1", "a1 1 0 1 1 0 0", "rotate(", "matrix(0 0 0 0 0 0)")  # fmt: skip


@cache
def seeds() -> Mapping[str, bytes]:
    """Sound pictures of every kind."""
    return {**{name: make() for name, make in RASTERS.items()}, **SVGS}


def mutant(seed: int) -> tuple[str, bytes]:
    """The name of a sound picture, and that picture with some damage."""
    dice = random.Random(seed)
    name = dice.choice(sorted(seeds()))
    data = seeds()[name]
    ways = TEXT_WAYS if name.endswith(".svg") else BYTE_WAYS
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        data = dice.choice(ways)(dice, data)
    return name, data


# --- Ways to damage bytes ----------------------------------------------------------------------


def flipped(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 10))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.choice(
                (0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256))
            )
    return bytes(changed)


def cut(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def spliced(dice: random.Random, data: bytes) -> bytes:
    """A piece of it, or of another picture, somewhere else."""
    other = dice.choice((data, seeds()[dice.choice(sorted(seeds()))]))
    start, at = dice.randrange(len(other) + 1), dice.randrange(len(data) + 1)
    piece = other[start : start + dice.choice((1, 4, 40, 400))]
    return data[:at] + piece + data[at + dice.choice((0, len(piece))) :]


def resized(dice: random.Random, data: bytes) -> bytes:
    """Another number where a picture has its sizes."""
    at = dice.randrange(min(len(data), 200) + 1)
    number = dice.choice((0, 1, 2, 5000, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF))
    piece = struct.pack(dice.choice("><") + "I", number)
    return data[:at] + piece + data[at + 4 :]


def summed(dice: random.Random, data: bytes) -> bytes:
    """A PNG in which a chunk is changed and its checksum is right, so that the change is read."""
    at, chunks = 8, []
    while data.startswith(b"\x89PNG") and at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return flipped(dice, data)
    chosen = dice.randrange(len(chunks))
    name, body = chunks[chosen]
    chunks[chosen] = dice.choice((name, b"tRNS", b"iCCP", b"eXIf", b"gAMA", b"PLTE", b"acTL", b"fcTL", b"iTXt")), dice.choice((flipped, cut, spliced))(dice, body)  # fmt: skip
    if dice.random() < 0.5:
        chunks.insert(1, chunks.pop(chosen))
    return data[:8] + b"".join(
        struct.pack(">I", len(b)) + n + b + struct.pack(">I", zlib.crc32(n + b)) for n, b in chunks
    )


BYTE_WAYS = (flipped, cut, spliced, resized, summed, summed)


# --- Ways to damage a drawing ------------------------------------------------------------------


def _replaced(
    dice: random.Random, data: bytes, pattern: bytes, new: Callable[[bytes], bytes]
) -> bytes:
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    one = dice.choice(found)
    return data[: one.start()] + new(one.group()) + data[one.end() :]


def renumbered(dice: random.Random, data: bytes) -> bytes:
    return _replaced(dice, data, rb"\d+\.?\d*", lambda _: dice.choice(NUMBERS).encode())


def revalued(dice: random.Random, data: bytes) -> bytes:
    value = dice.choice((*NUMBERS, *WORDS, "\u0645", "\u2011", "x" * 300)).encode()
    return _replaced(dice, data, rb'="[^"]*"', lambda _: b'="' + value + b'"')


def renamed(dice: random.Random, data: bytes) -> bytes:
    """An element or an attribute with the name of another."""
    names = re.findall(rb"[A-Za-z-]{3,}", data)
    return _replaced(dice, data, rb"(?<=[< ])[A-Za-z-]+(?=[=> ])", lambda _: dice.choice(names))


def moved(dice: random.Random, data: bytes) -> bytes:
    """An element in another place, once more or deeper."""
    elements = re.findall(rb"<[^/!?][^>]*/>|<(\w+)[^>]*>[^<]*</\1>", data)
    found = [m.group() for m in re.finditer(rb"<[^/!?][^>]*/>|<(\w+)[^>]*>[^<]*</\1>", data)]
    if not found or not elements:
        return data
    piece = dice.choice(found)
    deeper = dice.choice((1, 1, 30, 70))
    whole = b"<g>" * deeper + piece * dice.choice((1, 2, 50)) + b"</g>" * deeper
    places = [m.end() for m in re.finditer(rb">", data)]
    at = dice.choice(places)
    return data[:at] + whole + data[at:]


TEXT_WAYS = (renumbered, renumbered, revalued, revalued, renamed, moved, flipped, cut, spliced)


# --- What must hold ----------------------------------------------------------------------------


def wrong_with(name: str, data: bytes) -> str | None:
    """Return how `data` breaks the law, or None: it must be refused with a reason, or shown everywhere."""
    try:
        with _limited():
            try:
                picture = inspect_picture(name, data)
            except Broken:
                return None
            shown = picture.asset.read()
            again = inspect_picture(name, shown)
            assert (again.type, again.asset.digest) == (picture.type, picture.asset.digest), (
                "not settled"
            )
            to_greyscale(shown, picture.type)
            if picture.type == "svg":
                letters_of(picture.asset), on_white(shown)
            else:
                for ending in FORMATS:
                    fit_raster(shown, ending)
            _drawn(picture.type, picture.asset)
    except RecipeRefused as error:
        return None if "glyph" in str(error) or ".notdef" in str(error) else f"Refused: {error}"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "".join(traceback.format_exception(error)[-4:])
    return None


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    with time_limit(SECONDS), memory_limit(MEMORY):
        yield


def _drawn(kind: str, asset: Asset) -> None:
    """As the press draws it, in our faces."""
    page = f'<html lang="en"><head><title>x</title></head><body><img alt="x" src="picture.{kind}"></body></html>'
    html, picture = Asset.of(page.encode()), {f"picture.{kind}": asset}
    render_pixels({**_looks(), "index.html": html, **picture}, PixelOptions(90, 90))


@cache
def _looks() -> Mapping[str, Asset]:
    having = faces(bare_workspace(ROOT / "no-such-folder"))
    sheet = "@page { size: 90pt 90pt; margin: 0 } img { max-width: 80pt; max-height: 80pt }"
    sheet += "".join(face.css(face_name(face)) for face in having)
    return {
        "style.css": Asset.of(sheet.encode()),
        **{face_name(face): face.asset for face in having},
    }


def fuzz(seconds: float, seed: int = 0) -> Iterator[tuple[int, str, str]]:
    """For so long: the number, the name and the fault of each mutant with something wrong."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        name, data = mutant(seed)
        if wrong := wrong_with(name, data):
            yield seed, name, wrong
        seed += 1
    print(f"{seed} is the next seed", file=sys.stderr)


if __name__ == "__main__":
    duration, first = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    failed = False
    for number, kind, fault in fuzz(duration, first):
        failed = True
        print(f"mutant({number})  # {kind}\n{fault}", flush=True)
    sys.exit(failed)
