"""Make the faces in `fonts/spare` or `fonts/spare-cjk` from the packages that `npm ci` put beside this file.

Most files are those of the packages, renamed. The exception is the monospaced face: its glyphs become as
wide as those of Atkinson Hyperlegible Mono, so that the lines of a tree or a table of characters align.
`coverage.txt` lists the characters of each face, so that Handpress opens only the fonts that it needs.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "fonts"
PACKAGES = "node_modules/@expo-google-fonts"
CODE = FONTS / "atkinson-hyperlegible-mono/AtkinsonHyperlegibleMono-Regular.ttf"
WIDE = "NotoSansMonoWide"
# Lines for drawing boxes become taller by this factor around their middle, so that they meet those of the next
# line of code.
BOX_DRAWING, TALL, MIDDLE = range(0x2500, 0x2580), 1.3, 366

# The packages of each folder in the order in which a character looks for its face, with the styles taken.
# Faces of one script come first: some of the general ones have a few letters of other scripts.
TWO = ("Regular", "Bold")
FACES = {
    "spare": {
        "noto-sans-hebrew": TWO,
        "noto-sans-devanagari": TWO,
        "noto-sans-bengali": TWO,
        "noto-sans-gurmukhi": TWO,
        "noto-sans-gujarati": TWO,
        "noto-sans-oriya": TWO,
        "noto-sans-tamil": TWO,
        "noto-sans-telugu": TWO,
        "noto-sans-kannada": TWO,
        "noto-sans-malayalam": TWO,
        "noto-sans-sinhala": TWO,
        "noto-sans-thai": TWO,
        "noto-sans-lao": TWO,
        "noto-sans-khmer": TWO,
        "noto-sans-myanmar": TWO,
        "noto-serif-tibetan": ("Regular",),
        "noto-sans-georgian": TWO,
        "noto-sans-armenian": TWO,
        "noto-sans-ethiopic": TWO,
        "noto-sans-tifinagh": ("Regular",),
        "noto-sans-cherokee": ("Regular",),
        "noto-sans-canadian-aboriginal": ("Regular",),
        "noto-sans": ("Regular", "Regular_Italic", "Bold", "Bold_Italic"),
        "noto-sans-symbols-2": ("Regular",),
        "noto-sans-symbols": TWO,
        "ibm-plex-sans-arabic": TWO,  # after the symbols: it has some of them
        # After Arabic: they have its digits and marks.
        "noto-sans-syriac": ("Regular",),
        "noto-sans-thaana": ("Regular",),
        "noto-sans-nko": ("Regular",),
        "noto-sans-mono": ("Regular",),
        "noto-sans-math": ("Regular",),
        "noto-emoji": ("Regular",),
    },
    "spare-cjk": {
        "noto-sans-jp": TWO,
        "noto-sans-kr": TWO,
        "noto-sans-sc": TWO,
        "noto-sans-tc": TWO,
    },
}
# The first line of each licence, which ebooks print. The complete notices follow it.
SHORT = {
    "spare": "Copyright 2013 Google LLC, 2022 The Noto Project Authors (https://github.com/notofonts), 2017 IBM Corp.",
    "spare-cjk": "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'",
}
NAMES = {
    "Regular": "Regular",
    "Regular_Italic": "Italic",
    "Bold": "Bold",
    "Bold_Italic": "BoldItalic",
}
WEIGHTS = {"Regular": "400", "Bold": "700"}


def collect(folder: str) -> None:
    """Write the faces of `folder`, their licences and their coverage."""
    target = FONTS / folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files: list[str] = []
    notices, licences = [SHORT[folder]], []
    for package, styles in FACES[folder].items():
        source = HERE / folder / PACKAGES / package
        notice, _, licence = (source / "LICENSE_FONT").read_text(encoding="utf-8").partition("\n")
        notices.append(notice.strip())
        licences.append(licence)
        for style in styles:
            (face,) = source.glob(f"{WEIGHTS[style.partition('_')[0]]}{style}/*.ttf")
            family = face.stem.partition("_")[0]
            if family == "NotoSansMono":
                widen(face, target / f"{WIDE}-{NAMES[style]}.ttf")
                family = WIDE
            else:
                shutil.copyfile(face, target / f"{family}-{NAMES[style]}.ttf")
            files.append(f"{folder}/{family}-{NAMES[style]}.ttf")
    short, *others = [*notices, *(copyright_of(FONTS / name) for name in files)]
    listed = "\n".join(dict.fromkeys([short, *sorted(set(others))]))
    (target / "OFL.txt").write_text(f"{listed}\n{licences[0]}", encoding="utf-8")
    # The faces that are always there have no folder of their own; their table is that of `spare`.
    files += sorted(
        f"{face.parent.name}/{face.name}"
        for face in FONTS.glob("*/*.ttf")
        if folder == "spare" and face.parent.name not in FACES
    )
    table = "".join(f"{name}\t{ranges(characters(FONTS / name))}\n" for name in files)
    (target / "coverage.txt").write_text(table, encoding="utf-8")


def widen(source: Path, target: Path) -> None:
    """Write the monospaced face with glyphs as wide as those for code, under another name."""
    with TTFont(CODE) as code, TTFont(source, recalcTimestamp=False) as font:
        scale_upem(font, code["head"].unitsPerEm)
        wide = code["hmtx"][code.getBestCmap()[ord("m")]][0]
        own = font["hmtx"][font.getBestCmap()[ord("m")]][0]
        glyphs = font["glyf"]
        drawn = {name for number, name in font.getBestCmap().items() if number in BOX_DRAWING}
        for name in font.getGlyphOrder():
            glyph = glyphs[name]
            if glyph.isComposite():
                for part in glyph.components:
                    part.x = round(part.x * wide / own)
            elif glyph.numberOfContours:
                glyph.coordinates.scale((wide / own, 1))
                if name in drawn:
                    glyph.coordinates.translate((0, -MIDDLE))
                    glyph.coordinates.scale((1, TALL))
                    glyph.coordinates.translate((0, MIDDLE))
                glyph.coordinates.toInt()
        for name in font.getGlyphOrder():
            glyphs[name].recalcBounds(glyphs)
            advance = round(font["hmtx"][name][0] * wide / own)
            font["hmtx"][name] = advance, getattr(glyphs[name], "xMin", 0)
        for tag in {"GPOS", "GSUB", "GDEF", "fpgm", "prep", "cvt ", "gasp", "DSIG"} & {
            *font.keys()
        }:
            del font[tag]
        for glyph in map(glyphs.__getitem__, font.getGlyphOrder()):
            glyph.removeHinting()
        font["OS/2"].xAvgCharWidth = wide
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                text = record.toUnicode().replace("Noto Sans Mono", "Noto Sans Mono Wide")
                record.string = text.replace("NotoSansMono", WIDE)
        font.save(target)


def copyright_of(face: Path) -> str:
    with TTFont(face, lazy=True) as font:
        return str(font["name"].getDebugName(0)).strip()


def characters(face: Path) -> Iterable[int]:
    with TTFont(face, lazy=True) as font:
        return sorted(font.getBestCmap())


def ranges(numbers: Iterable[int]) -> str:
    """Return ascending `numbers` as ranges in hexadecimal: `41-5A 61`."""
    found = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        found.append(f"{run[0]:X}-{run[-1]:X}" if len(run) > 1 else f"{run[0]:X}")
    return " ".join(found)


if __name__ == "__main__":
    collect(sys.argv[1])
