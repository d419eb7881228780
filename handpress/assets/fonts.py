"""Fonts: the faces in `fonts/`, identified by file name, and which of them print a character.

A face is a file ``fonts/<family>/<Family>-<Weight><Italic>.ttf``. A workspace adds faces by putting files into
a `fonts/` folder of its own. Every page has those and our text faces. Our spare faces, for symbols and
other scripts, are only on pages with a character that needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from msgspec import Struct

from handpress.assets.coverage import coverage, of_ours, rows
from handpress.core.files.disk import Asset, Disk
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import SPARE_FACES, Workspace

WEIGHTS = {
    "thin": 100, "extralight": 200, "light": 300, "regular": 400, "medium": 500, "semibold": 600,
    "bold": 700, "extrabold": 800, "black": 900, "": 400,
}  # fmt: skip
FACE = re.compile(r"([A-Za-z0-9]+)-([A-Za-z]*?)(Italic)?\.(ttf|otf)", re.I)

# All our text faces have these characters (a test checks it), so that ordinary text needs no look-up.
COMMON = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x100)]))
COMMON = (COMMON | frozenset("\n\t–—‘’“”…•€™−×")) - frozenset("µ¸¨¯")
# Characters without glyphs. HarfBuzz draws spaces by their width and hides characters that Unicode calls
# ignorable (hb-ot-shape-normalize.cc, hb-unicode.hh). `printed.pages` prints the non-breaking hyphen as a
# plain one, and `source.SEPARATOR` is replaced before the press.
IGNORED = (
    (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x17B4, 0x17B5), (0x180B, 0x180E), (0xFE00, 0xFE0F),
    (0xFFF0, 0xFFF8), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
DRAWN_ANYHOW = frozenset("\x85\u00ad\u2011\u3000\ufeff\u034f\u061c") | frozenset(
    chr(number) for first, last in IGNORED for number in range(first, last + 1)
)
# Han characters have one number for the forms of several languages; these families have the first choice.
HAN = {
    "zh": "Noto Sans SC", "zh-hant": "Noto Sans TC", "zh-tw": "Noto Sans TC", "zh-hk": "Noto Sans TC",
    "ko": "Noto Sans KR",
}  # fmt: skip
JAPANESE = "Noto Sans JP"  # the forms of all other languages
# The family for letters that the face of handouts lacks: a word in two faces is better in two of a kind.
SANS, SANS_FAMILY = "Atkinson Hyperlegible Next", "Noto Sans"
# The family for characters in code that the monospaced face lacks: as wide as that.
CODE_FAMILY = "Noto Sans Mono Wide"
# The family for characters before a selector that asks for the form of an emoji, as in keycaps.
EMOJI_FAMILY, EMOJI_FORM = "Noto Emoji", "\N{VARIATION SELECTOR-16}"
MATH_FAMILY = "Noto Sans Math"  # the family for formulas
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"  # printed for a character that no face has


class Face(Struct, frozen=True):
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
    """Return the faces of every page, our text faces and the workspace's, sorted by name."""
    found = []
    for name in workspace.listing("fonts"):
        match = _match(name)
        asset = workspace.overlay("fonts", name) if match else None
        if match and asset:
            found.append(_face(match, name, asset))
    return tuple(found)


def families(workspace: Workspace) -> tuple[str, ...]:
    """Return the families of the faces of every page."""
    return tuple(sorted({face.family for face in faces(workspace)}))


@lru_cache(maxsize=1)
def our_families() -> frozenset[str]:
    """Return the families of our text faces."""
    names = (name for folder in Disk(shipped("fonts")).names(".") for name in _inside(folder))
    return frozenset(_family(match) for name in names if (match := _match(name)))


def _inside(folder: str) -> list[str]:
    return [] if folder in SPARE_FACES else Disk(shipped("fonts")).names(folder)


def _match(name: str) -> re.Match[str] | None:
    match = FACE.fullmatch(name.rpartition("/")[2])
    return match if match and match[2].lower() in WEIGHTS else None


def _family(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1])


def _face(match: re.Match[str], name: str, asset: Asset) -> Face:
    return Face(_family(match), WEIGHTS[match[2].lower()], bool(match[3]), name, asset)


def lacking(characters: Iterable[str], having: Iterable[Face]) -> list[str]:
    """Return the sorted `characters` that no upright face in `having` has."""
    rare = {c for c in characters if c not in COMMON and c not in DRAWN_ANYHOW}
    for face in having if rare else ():
        if not face.italic and rare:
            there = coverage(face.name, face.asset)
            rare = {c for c in rare if c not in there}
    return sorted(rare)


def missing(characters: Iterable[str], having: Iterable[Face]) -> list[str]:
    """Return the sorted `characters` that neither a face in `having` nor a spare one has."""
    rare = set(lacking(characters, having))
    for upright, *_ in _spare_families().values() if rare else ():
        rare = {c for c in rare if c not in of_ours(upright)}
    return sorted(rare)


def spare_faces(characters: Collection[str], language: str) -> tuple[Face, ...]:
    """Return the spare faces for `characters` that the faces of every page lack."""
    emoji = EMOJI_FORM in characters
    wanted, found = set(characters) - {EMOJI_FORM}, []
    families = _spare_families()
    first = first_for_han(language)
    for family in sorted(families, key=lambda family: family != first):
        upright = families[family][0]
        if here := {c for c in wanted if c in of_ours(upright)}:
            wanted -= here
            found.append(family)
    if emoji and EMOJI_FAMILY not in found:
        found.append(EMOJI_FAMILY)
    return tuple(face for family in found for face in family_of(family))


def code_faces(characters: Iterable[str]) -> tuple[Face, ...]:
    """Return the monospaced spare faces if they have any of `characters`."""
    (upright, *_) = _spare_families()[CODE_FAMILY]
    rare = any(
        c not in COMMON and c not in DRAWN_ANYHOW and c in of_ours(upright) for c in characters
    )
    return family_of(CODE_FAMILY) if rare else ()


def sans_faces(characters: Iterable[str], having: Iterable[Face]) -> tuple[Face, ...]:
    """Return the sans-serif spare faces if they have letters among `characters` that the face of handouts lacks."""
    own = [face for face in having if face.family == SANS]
    (upright, *_) = _spare_families()[SANS_FAMILY]
    there = of_ours(upright)
    rare = any(c in there for c in lacking(characters, own) if unicodedata.category(c)[0] in "LM")
    return family_of(SANS_FAMILY) if rare else ()


def family_of(family: str) -> tuple[Face, ...]:
    """Return the faces of a spare family."""
    found = []
    for name in _spare_families()[family]:
        match = _match(name)
        assert match
        found.append(_face(match, name, Asset.file(shipped("fonts") / name)))
    return tuple(found)


@lru_cache(maxsize=1)
def _spare_families() -> dict[str, list[str]]:
    """Return the names of the spare faces by family, the upright ones first, in the order of choice."""
    found: dict[str, list[str]] = {}
    for name in rows():
        if name.partition("/")[0] in SPARE_FACES and (match := _match(name)):
            found.setdefault(_family(match), []).append(name)
    return found


def text_family(language: str) -> str:
    """Return the spare family that sets all text of a language, also its Latin letters; "" for most languages.

    Between Chinese, Japanese and Korean characters, figures of another face are too small and have another baseline.
    """
    base = language.partition("-")[0].lower()
    return first_for_han(language) or (JAPANESE if base in ("ja", "yue") else "")


def first_for_han(language: str) -> str:
    """Return the family with the forms of Han characters in a language; "" for those of Japanese."""
    parts = language.lower().split("-")
    tags = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((HAN[tag] for tag in tags if tag in HAN), "")
