"""Fonts: which faces there are, and which characters they print."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handpress.assets.coverage import of_ours
from handpress.assets.fonts import (
    COMMON,
    code_faces,
    faces,
    first_for_han,
    lacking,
    missing,
    spare_faces,
)
from handpress.core.files.workspace import SPARE_FACES, find
from helpers.workspaces import ROOT, bare_workspace

FAMILIES = sorted(folder for folder in (ROOT / "fonts").iterdir() if folder.is_dir())
FILES = sorted((ROOT / "fonts").rglob("*.ttf"))
TEXT = [file for file in FILES if file.parent.name not in SPARE_FACES]


def repertoire(file: Path) -> set[str]:
    with TTFont(file) as font:
        return set(map(chr, font.getBestCmap()))


@pytest.mark.parametrize("file", TEXT, ids=lambda f: f.stem)
def test_every_text_face_has_the_common_characters(file: Path) -> None:
    """The characters that are never looked up, since all of our text faces have them, are in all of them."""
    lost = COMMON - repertoire(file) - {"\n", "\t", "\u00a0"}
    assert sorted(f"U+{ord(c):04X} {unicodedata.name(c, '')}" for c in lost) == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_table_has_each_character_of_a_face_and_no_other(file: Path) -> None:
    there = of_ours(file.relative_to(ROOT / "fonts").as_posix())
    listed = {chr(n) for n in range(0x110000) if chr(n) in there} if file in FILES[::9] else None
    own = repertoire(file)
    assert all(character in there for character in own)
    assert listed is None or listed == own
    assert sum(b - a for a, b in zip(there.bounds[::2], there.bounds[1::2], strict=True)) == len(
        own
    )


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda f: f.name)
def test_every_family_comes_with_its_licence(folder: Path) -> None:
    """Each family has the Open Font License and its origin beside it."""
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    readme = (ROOT / "fonts/README.md").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence.upper()
    assert folder.name.replace("-", " ") in readme.lower().replace("-", " ")


@pytest.mark.parametrize("file", [f for f in FILES if f not in TEXT], ids=lambda f: f.stem)
def test_the_copyright_of_each_spare_face_is_in_the_licence(file: Path) -> None:
    """Those of one folder share a file, which has the notice that each font carries."""
    with TTFont(file) as font:
        notice = font["name"].getDebugName(0)
    plain = (file.parent / "OFL.txt").read_text(encoding="utf-8")
    assert notice.strip() in plain.splitlines()


def test_faces_are_read_off_their_names(tmp_path: Path) -> None:
    """The file's name has the family, weight and slope. Spare faces are not part of every page."""
    found = {(f.family, f.weight, f.italic) for f in faces(bare_workspace(tmp_path))}
    assert ("Literata", 600, True) in found
    assert ("Atkinson Hyperlegible Next", 400, False) in found
    assert ("Atkinson Hyperlegible Mono", 400, False) in found
    assert len(found) == len(TEXT)


def test_in_a_clone_our_fonts_are_not_the_workspaces() -> None:
    """The root of a clone is a workspace whose `fonts/` is ours: its spare faces stay spare."""
    here = find(ROOT)
    assert here
    assert len(faces(here)) == len(TEXT)


def test_a_workspace_adds_faces(tmp_path: Path) -> None:
    """A font file in the workspace's own `fonts/` is a face like ours; other files are not."""
    mine = tmp_path / "fonts/mine"
    mine.mkdir(parents=True)
    shutil.copy(next((ROOT / "fonts").rglob("Literata-Regular.ttf")), mine / "MyFace-Medium.ttf")
    (mine / "LICENSE.txt").write_text("mine")
    found = {(f.family, f.weight) for f in faces(bare_workspace(tmp_path))}
    assert ("My Face", 500) in found
    assert len(found) >= 4


def test_what_no_face_has_is_missing(tmp_path: Path) -> None:
    """Cuneiform and private characters are missing; spaces, joiners and tags need no glyph."""
    having = faces(bare_workspace(tmp_path))
    assert missing("aßé—“Ωж✓🌒क\u202f\u2011\u200d\ufe0f\U000e0067", having) == []
    assert missing("a𒀀\ue000", having) == ["\ue000", "𒀀"]


SIGNS = "✓✗★☆☎⚠☐☑☒①↔→♀♂■●▶½⅓°≤≥×÷πµ∞√℃″ǝʃ✅❌🙂👍🏽🇩🇪⏰"
SCRIPTS = {
    "Arabic": "السلام پچژگ ٹڈڑںےۓ",
    "Hebrew": "שָׁלוֹם",
    "Devanagari": "क्षत्रिय",
    "Bengali": "বাংলা",
    "Gurmukhi": "ਪੰਜਾਬੀ",
    "Gujarati": "ગુજરાતી",
    "Oriya": "ଓଡ଼ିଆ",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "മലയാളം",
    "Sinhala": "සිංහල",
    "Thai": "ภาษาไทย",
    "Lao": "ພາສາລາວ",
    "Khmer": "ភាសាខ្មែរ",
    "Myanmar": "မြန်မာ",
    "Tibetan": "བོད་ཡིག",
    "Georgian": "ქართული",
    "Armenian": "Հայերեն",
    "Ethiopic": "አማርኛ",
    "Syriac": "ܣܘܪܝܝܐ",
    "Thaana": "ދިވެހި",
    "N Ko": "ߒߞߏ",
    "Tifinagh": "ⵜⵉⴼⵉⵏⴰⵖ",
    "Cherokee": "ᏣᎳᎩ",
    "Canadian Aboriginal": "ᐃᓄᒃᑎᑐᑦ",
}


def test_every_sign_has_a_face(tmp_path: Path) -> None:
    assert missing(SIGNS, faces(bare_workspace(tmp_path))) == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_needs_one_family_of_its_own(script: str, tmp_path: Path) -> None:
    """Not a general one that has some of its letters as well: letters of two faces do not join."""
    rare = lacking(SCRIPTS[script], faces(bare_workspace(tmp_path)))
    assert len(rare) > 2
    (family,) = {face.family for face in spare_faces(rare, "en")}
    assert script.replace(" ", "").lower() in family.replace(" ", "").lower()


def test_arabic_digits_and_marks_are_in_the_face_of_its_letters() -> None:
    """Noto Sans Syriac and Thaana have some of them, in one weight, and their marks do not join the letters of another face."""
    arabic = "\N{ARABIC LETTER HEH}\N{ARABIC HAMZA ABOVE}\N{ARABIC FATHA}٠١٢۰۱۲"
    assert {face.family for face in spare_faces(arabic, "fa")} == {"IBMPlex Sans Arabic"}


@pytest.mark.parametrize(
    ("language", "first"),
    [("zh", "SC"), ("zh-Hans-CN", "SC"), ("zh-TW", "TC"), ("ZH-Hant-HK", "TC"), ("ko-KR", "KR"), ("ja", ""), ("en", "")],
)  # fmt: skip
def test_the_language_decides_the_forms_of_han_characters(language: str, first: str) -> None:
    """Japanese forms are those of the first family in the table, which all other languages get."""
    assert first_for_han(language) == (first and f"Noto Sans {first}")


def test_ordinary_text_needs_no_spare_face(tmp_path: Path) -> None:
    text = "“Café” – Ωμέγα, Ждать, 5 × 3 = 15 µm, Łódź, Việt Nam\u202f!"
    assert lacking(text, faces(bare_workspace(tmp_path))) == []


def test_lines_in_code_are_as_wide_as_letters() -> None:
    """The tree of a folder aligns only if each of its characters is as wide as a letter."""
    (line,) = code_faces("├")
    assert code_faces("plan\u00a0—") == ()
    letters = next(file for file in TEXT if file.stem == "AtkinsonHyperlegibleMono-Regular")
    with TTFont(line.asset.path) as lines, TTFont(letters) as code:
        widths = {lines["hmtx"][lines.getBestCmap()[ord(c)]][0] for c in "│├└─█жπ→"}
        assert widths == {code["hmtx"][code.getBestCmap()[ord("m")]][0]}
