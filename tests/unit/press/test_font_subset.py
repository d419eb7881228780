"""Fonts of an ebook: each has the characters of the text, drawn as before, and its licence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from handpress.press.ebook.font_subset import subset_font
from helpers.workspaces import ROOT

TEXT = "Stretch for 30 seconds: “first”, fjord, affix – ½ café…"
FACES = sorted(ROOT.glob("fonts/literata/*.ttf"))


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def by_font_tools(file: Path, text: str) -> TTFont:
    """Return the font that fontTools makes of the same face and text."""
    font = TTFont(file)
    cutter = Subsetter(Options(hinting=False, notdef_outline=True))
    cutter.populate(text=text)
    cutter.subset(font)
    return font


def outline(font: TTFont, character: str) -> object:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.value


@pytest.mark.parametrize("file", FACES, ids=lambda file: file.stem)
def test_it_draws_what_fonttools_draws(file: Path) -> None:
    ours, theirs = opened(subset_font(file.read_bytes(), TEXT)), by_font_tools(file, TEXT)
    assert ours.getBestCmap().keys() == theirs.getBestCmap().keys() == set(map(ord, TEXT))
    for character in set(TEXT):
        assert outline(ours, character) == outline(theirs, character), character
        name = ours.getBestCmap()[ord(character)]
        assert ours["hmtx"][name] == theirs["hmtx"][theirs.getBestCmap()[ord(character)]]
    for table in ("GSUB", "GPOS"):  # ligatures and kerning
        features = [
            {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}
            for font in (ours, theirs)
        ]
        assert features[0] == features[1], table


def test_the_licence_stays_in_it() -> None:
    names = opened(subset_font(FACES[0].read_bytes(), TEXT))["name"]
    assert "SIL Open Font License" in names.getDebugName(13)
    assert names.getDebugName(14) == "https://scripts.sil.org/OFL"
    assert "Literata" in names.getDebugName(1)


def test_it_is_small_and_always_the_same() -> None:
    data = FACES[0].read_bytes()
    font = subset_font(data, TEXT)
    assert font == subset_font(data, "".join(sorted(set(TEXT))))
    assert len(font) < len(data) / 5


def test_a_face_without_the_hyphen_that_does_not_break_has_the_plain_one() -> None:
    cmap = opened(subset_font(FACES[0].read_bytes(), "3\u20115")).getBestCmap()
    assert ord("-") in cmap
