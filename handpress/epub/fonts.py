"""Fonts of the ebook: the faces that are embedded, reduced to the characters in it, with their licence."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from handpress.assets.fonts import MATH_FAMILY, Face, family_of, lacking
from handpress.core.files.disk import Asset
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import SPARE_FACES
from handpress.layout.css.stylesheet import quoted, ruled
from handpress.layout.html.page_faces import chosen_faces
from handpress.layout.layout import Layout
from handpress.layout.print_page import face_name

# The weights of a family that are embedded, the first that it has of each; e-readers have regular and bold.
WEIGHTS = {400: (400,), 700: (600, 700)}
LICENCE = "OFL.txt"  # the SIL Open Font License, which allows embedding


def chosen(layout: Layout) -> tuple[Face, ...]:
    """Return the faces for the ebook: the book's, and the spare ones that its articles need.

    There are none if most letters are of another script, and none without a licence in the same folder.
    """
    own = _of_the_book(layout)
    upright = tuple(f for f in own if not f.italic)
    characters = {c for a in layout.series.articles for c in a.characters}
    letters = {c for c in characters if c.isalpha()}
    if (
        not upright
        or not licence(layout, own[0])
        or 2 * len(lacking(letters, upright)) > len(letters)
    ):
        return ()
    spare = chosen_faces(layout.faces, layout.series.language, lacking(characters, upright)).spare
    if any(a.formulas for a in layout.series.articles):
        spare = tuple(dict.fromkeys((*spare, *family_of(MATH_FAMILY))))
    return (*own, *spare)


def _of_the_book(layout: Layout) -> tuple[Face, ...]:
    """Return the faces of the book's family, with the weights of e-readers. A reader may choose another."""
    family = layout.sheets.family("--book-face", "epub")
    there = {(f.weight, f.italic): f for f in layout.faces if f.family == family}
    found = []
    for weight, tried in WEIGHTS.items():
        for italic in (False, True):
            face = next((there[w, italic] for w in tried if (w, italic) in there), None)
            if face:
                found.append(replace(face, weight=weight))
    return tuple(found)


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
        found[face_name(face)] = face.asset
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
    return "".join(face.css(face_name(face)) for face in faces)


def tokens(faces: Iterable[Face]) -> str:
    """Return the rule that names the spare families after the book's, and after a reader's own for code."""
    families = dict.fromkeys(face.family for face in faces)
    own, spare = [*families][:1], [*families][1:]
    given = {
        "--others": ", ".join([*map(quoted, spare), "serif"]),
        "--others-for-code": ", ".join(["monospace", *map(quoted, spare)]),
        "--book-face": ", ".join([*map(quoted, own), "var(--others)"]),
    }
    return ruled(":root", given)
