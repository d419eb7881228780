"""Fonts: the faces in `fonts/`, identified by file name, and their characters.

A face is a file ``fonts/<family>/<Family>-<Weight><Italic>.ttf``. A workspace adds faces, for example
for other scripts, by putting files into a `fonts/` folder of its own.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from handpress.core.disk import Asset
from handpress.core.recent import by_digest
from handpress.core.workspace import Workspace

WEIGHTS = {
    "thin": 100, "extralight": 200, "light": 300, "regular": 400, "medium": 500, "semibold": 600,
    "bold": 700, "extrabold": 800, "black": 900, "": 400,
}  # fmt: skip
FACE = re.compile(r"([A-Za-z0-9]+)-([A-Za-z]*?)(Italic)?\.(ttf|otf)", re.I)

# All our faces have these characters (a test checks it), so that ordinary text needs no look-up.
COMMON = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x100)]))
COMMON = (COMMON | frozenset("\n\t–—‘’“”…•€™−×")) - frozenset("µ¸¨¯")
# Characters without glyphs. HarfBuzz draws spaces by their width and hides characters that Unicode calls
# ignorable (hb-ot-shape-normalize.cc, hb-unicode.hh). `printed.pages` prints the non-breaking hyphen as a
# plain one, and `source.SEPARATOR` is replaced before the press.
DRAWN_ANYHOW = frozenset("\x85\u00ad\u2011\u202f\u205f\u3000\ufeff\u2060\u034f\u061c") | frozenset(
    map(chr, [*range(0x2000, 0x2010), *range(0x2028, 0x202F), *range(0xFE00, 0xFE10)])
)


@dataclass(frozen=True)
class Face:
    family: str
    weight: int
    italic: bool
    name: str  # below `fonts/`
    asset: Asset

    def css(self, url: str) -> str:
        """Return the `@font-face` rule that loads this face from `url`."""
        style = "italic" if self.italic else "normal"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight};'
            f' font-style: {style}; src: url("{url}"); }}\n'
        )


def faces(workspace: Workspace) -> tuple[Face, ...]:
    """Return all faces, ours and the workspace's, sorted by name."""
    found = []
    for name in workspace.listing("fonts"):
        match = FACE.fullmatch(name.rpartition("/")[2])
        asset = workspace.overlay("fonts", name) if match else None
        if match and asset and match[2].lower() in WEIGHTS:
            family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1])
            found.append(Face(family, WEIGHTS[match[2].lower()], bool(match[3]), name, asset))
    return tuple(found)


def missing(characters: Iterable[str], having: tuple[Face, ...]) -> list[str]:
    """Return the sorted `characters` that no upright face in `having` can print."""
    rare = {c for c in characters if c not in COMMON and c not in DRAWN_ANYHOW}
    if not rare:
        return []
    there = {chr(n) for face in having if not face.italic for n in _repertoire(face.asset)}
    return sorted(rare - there)


@by_digest(most=64)
def _repertoire(asset: Asset) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(asset.read()), lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def name_of(character: str) -> str:
    return unicodedata.name(character, "a character without a name")
