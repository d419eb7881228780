"""Fonts of the ebook: the faces that are embedded, reduced to the characters in it, with their licence."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.assets.fonts import MATH_FAMILY, Face, family_of, lacking
from handpress.core.disk import Asset
from handpress.core.workspace import SPARE_FACES, shipped
from handpress.layout.layout import Layout
from handpress.layout.page_faces import chosen_faces
from handpress.layout.stylesheet import quoted

FAMILY = "Literata"  # the book's font; a reader may choose another
# Our weights, and those for e-readers, which only have regular and bold.
WEIGHTS = {400: 400, 600: 700}
LICENCE = "OFL.txt"  # the SIL Open Font License, which allows embedding


def chosen(layout: Layout) -> tuple[Face, ...]:
    """Return the faces for the ebook: the book's, and the spare ones that its articles need.

    There are none if most letters are of another script, and none without a licence in the same folder.
    """
    own = [f for f in layout.faces if f.family == FAMILY and f.weight in WEIGHTS]
    upright = tuple(f for f in own if not f.italic)
    characters = {c for a in layout.series.articles for c in a.characters}
    letters = {c for c in characters if c.isalpha()}
    if (
        not upright
        or not licence(layout, own[0])
        or 2 * len(lacking(letters, upright)) > len(letters)
    ):
        return ()
    book = (Face(f.family, WEIGHTS[f.weight], f.italic, f.name, f.asset) for f in own)
    spare = chosen_faces(layout, lacking(characters, upright)).spare
    if any(a.formulas for a in layout.series.articles):
        spare = tuple(dict.fromkeys((*spare, *family_of(MATH_FAMILY))))
    return (*book, *spare)


def licence(layout: Layout, face: Face) -> Asset | None:
    """Return the licence in the folder of a face."""
    folder = face.name.rpartition("/")[0]
    if folder in SPARE_FACES:
        return Asset.file(shipped("fonts") / folder / LICENCE)
    return layout.design.workspace.overlay("fonts", f"{folder}/{LICENCE}")


def files(layout: Layout, faces: Iterable[Face]) -> dict[str, Asset]:
    """Return the files of the `faces` and their licence, by their names in the ebook."""
    found = {}
    for face in faces:
        found[name(face)] = face.asset
        if (text := licence(layout, face)) is not None:
            folder = face.name.rpartition("/")[0]
            owner = folder if folder in SPARE_FACES else face.family
            found[f"fonts/{owner}-{LICENCE}"] = text
    return found


def notice(layout: Layout, faces: Iterable[Face]) -> str:
    """Return the copyrights of the faces: the first line of each licence, "" without faces."""
    texts = dict.fromkeys(licence(layout, face) for face in faces)
    return "; ".join(text.read().decode().strip().partition("\n")[0] for text in texts if text)


def css(faces: Iterable[Face]) -> str:
    return "".join(face.css(name(face)) for face in faces)


def tokens(faces: Iterable[Face]) -> str:
    """Return the rule that names the spare families after the book's, and after a reader's own for code."""
    spare = "".join(
        f"{quoted(f)}, " for f in dict.fromkeys(f.family for f in faces if f.family != FAMILY)
    )
    code = f"monospace, {spare}".removesuffix(", ")
    return f"\n:root {{ --others: {spare}serif; --others-for-code: {code} }}\n"


def name(face: Face) -> str:
    return f"fonts/{face.name.rpartition('/')[2]}"
