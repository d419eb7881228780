"""Subsetting: reduce a face to the characters in use."""

from __future__ import annotations

from collections.abc import Mapping

from handpress.core.files.disk import Asset
from handpress.press.options import FaceOptions
from handpress.press.result import Rendered

# Copyright, family, style, identifier, full name, version, PostScript name, licence and its address
# (OpenType 1.9.1, table `name`).
NAMES = (0, 1, 2, 4, 5, 6, 13, 14)


def subset_font(data: bytes, characters: str) -> bytes:
    """Return the font file `data` with only the glyphs of `characters`; the licence stays in its names.

    HarfBuzz takes less than a millisecond for a face, where fontTools takes 300.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    # Readers draw the non-breaking hyphen as the plain one if a face lacks it.
    text = characters.replace("\u2011", "\u2011\u2010-")
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, text))
    names = wanted.sets(uharfbuzz.SubsetInputSets.NAME_ID)
    names.clear()
    names.update(NAMES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    font: bytes = uharfbuzz.subset(uharfbuzz.Face(data), wanted).blob.data
    return font


def reduce_face(files: Mapping[str, Asset], options: FaceOptions) -> Rendered:
    """Return the only file of a recipe, a face, with the characters that are wanted; whole if it cannot be reduced."""
    (asset,) = files.values()
    try:
        return Rendered(subset_font(asset.read(), options.characters))
    except (
        RuntimeError
    ):  # of HarfBuzz: a table is not as it should be, and browsers may be less strict
        return Rendered(asset.read())
