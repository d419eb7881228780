"""Pieces of a book, pressed from a line of HTML, and the tags of a finished PDF."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pikepdf

from handpress.core.files.disk import Asset
from handpress.press.options import RenderOptions
from handpress.press.pdf import render
from helpers.workspaces import ROOT

FONTS = ROOT / "fonts"
FACES = {
    "A.ttf": (
        "Atkinson",
        FONTS / "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf",
    ),
    "L.ttf": ("Literata", FONTS / "literata/Literata-Regular.ttf"),
}
CSS = "".join(
    f"@font-face {{ font-family: {family}; src: url(fonts/{name}) }}"
    for name, (family, _) in FACES.items()
)
CSS += """
@page { size: 100mm 150mm; margin: 20mm 10mm 20mm 15mm }
@page :left { margin-left: 10mm; margin-right: 15mm }
html { font: 10pt/14pt Literata } .sans { font-family: Atkinson } .next { break-before: page }
h2 { bookmark-state: closed }
.left-folio { page: left-folio; break-before: page }
.right-folio { page: right-folio; break-before: page }
.left-head { page: left-head; break-before: page; string-set: head content() }
.right-head { page: right-head; break-before: page; string-set: head content() }
section > a { position: running(digit); display: inline-block; font-feature-settings: "onum" }
.left-head span, .right-head span { visibility: hidden }
@page left-folio { margin: 20mm 15mm 20mm 10mm; @bottom-left { content: element(digit) } }
@page right-folio { margin: 20mm 10mm 20mm 15mm; @bottom-right { content: element(digit) } }
@page left-head { margin: 20mm 15mm 20mm 10mm; @top-left { content: string(head) } }
@page right-head { margin: 20mm 10mm 20mm 15mm; @top-right { content: string(head) } }
"""


def piece_files(body: str) -> dict[str, Asset]:
    html = f'<html lang="en"><head><title>A book</title></head><body>{body}</body></html>'
    return {
        "index.html": Asset.of(html.encode()),
        "style.css": Asset.of(CSS.encode()),
        "dot.png": Asset.of(dot()),
        **{f"fonts/{name}": Asset.of(path.read_bytes()) for name, (_, path) in FACES.items()},
    }


@cache
def dot() -> bytes:
    """A small picture that is half seen through, so that it has a mask of its own."""
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGBA", (2, 2), bytes(range(100, 116))).save(out, "PNG")
    return out.getvalue()


@cache
def piece(body: str) -> bytes:
    return render.render_pdf(piece_files(body), RenderOptions()).data


@cache
def stamps(*heads: str) -> bytes:
    """The folios and running heads of a book."""
    digit = '<section class="{}-folio"><a href="https://handpress.invalid/digit">{}</a></section>'
    parts = [digit.format("left", n) for n in range(10)] + [digit.format("right", 0)]
    parts += ['<section class="left-head"><span>The series</span></section>']
    parts += [f'<section class="right-head"><span>{head}</span></section>' for head in heads]
    data: bytes = render.lay_out(piece_files("".join(parts))).write_pdf()
    return data


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    found: list[Any] = []

    def walk(element: Any, parent: Any) -> None:
        if isinstance(element, int) or "/Obj" in element or "/MCID" in element:
            return
        assert element.P.objgen == parent.objgen
        found.append(element)
        for kid in element.K:
            walk(kid, element)

    root = pdf.Root.StructTreeRoot
    for kid in root.K:
        walk(kid, root)
    return found
