"""Printed: the recipes of handouts and of the ebook's cover, and what all pages of print share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .art import cover_art
from .compose import Away, Document, Neighbour, lies
from .fonts import Face
from .layout import OUR_FAMILIES, Layout
from .medium import TABLE, Medium
from .recipe import Recipe
from .series import Series
from .source import Asset
from .style import layered, look, quoted

# Ruled lines in the practitioner's margin: enough to write on, not so many that they shout.
LINES = {"first": 12, "later": 10}


class Variant(NamedTuple):
    """A look of a handout: its style, its paper, and whether all of it is grey."""

    style: str
    paper: str
    grey: bool = False

    def folder(self, series: Series) -> str:
        """Where such handouts lie, below the series' folder; what is usual is not said."""
        style = f"{self.style}/" if self.style != "standard" else ""
        paper = f"{self.paper}/" if self.paper != series.paper else ""
        return f"handouts/{style}{paper}{'grey/' if self.grey else ''}"


def handouts(layout: Layout, variant: Variant) -> Iterator[Recipe]:
    """A recipe for each article's handout in one look."""
    medium = TABLE["handout"]
    series = layout.series
    sheet = stylesheet(layout, medium.name, variant)
    folder = f"{series.id}/{variant.folder(series)}"
    kind = look(variant.style).kind
    for document in layout.documents(medium):
        assert document.article is not None
        settings = document.article.settings
        assets: dict[str, Asset] = {}
        html = layout.render(
            "handout.html",
            assets,
            document=document,
            settings={k: settings.get(k, "") for k in ("subtitle", "summary")},
            body=layout.body(document, assets, "", kind),
            authors=document.authors,
            description=settings.get("summary", ""),
            keywords=settings.get("tags", ()),
            language=settings.get("language") or series.language,
            related=related(layout, medium, document),
            lines=LINES,
            kind=kind,
        )
        if variant.grey:
            assets = {name: layout.grey(name, asset) for name, asset in assets.items()}
        yield Recipe(
            path=f"{folder}{document.name}.pdf",
            press="pdf",
            files=pages(layout, html, sheet, assets),
            medium=medium.name,
            series=series.id,
            article=document.name,
            style=variant.style,
            paper=variant.paper,
            grey=variant.grey,
            edition=series.edition,
            title=document.title,
            source=document.article.path,
            causes=layout.causes(document, sheet),
        )


def related(layout: Layout, medium: Medium, document: Document) -> list[Neighbour]:
    """What the sheet speaks of and what stands beside it in the series, each once, in order."""
    series = layout.series
    assert document.article is not None
    slugs = {r.slug for r in document.article.references} - {document.name}
    numbers = {series.number(slug) for slug in slugs}
    numbers |= {n.number for n in (document.previous, document.next) if n}
    found = []
    for number in sorted(numbers):
        other = series.articles[number - 1]
        way = lies(series, medium, document.name, other.slug, None)
        assert isinstance(way, Away)
        found.append(Neighbour(other.title, number, other.settings.get("summary", ""), way))
    return found


def cover(layout: Layout) -> Iterator[Recipe]:
    """The recipe of the raster cover of the ebook and the web page, 1600 by 2560 pixels."""
    series = layout.series
    sheet = stylesheet(layout, "cover")
    assets: dict[str, Asset] = {"cover-art.svg": Asset.of(cover_art(series.id, 400, 640))}
    html = layout.render("cover.html", assets, kind="pdf")
    yield Recipe(
        path=f"{series.id}/cover.png",
        press="cover",
        files=pages(layout, html, sheet, assets),
        options={"width": 1600, "height": 2560},
        medium="cover",
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, sheet),
    )


def stylesheet(layout: Layout, medium: str, variant: Variant | None = None, also: str = "") -> str:
    """The whole sheet of a printed medium: the faces, the layout's words for margins, the layers.

    `also` names a sheet of `media/` that stands over all of them.
    """
    say = layout.say
    others = sorted({face.family for face in layout.faces} - OUR_FAMILIES)
    given = {
        "--others": ", ".join([*map(quoted, others), "serif"]),
        "--say-page": quoted(say["page"]),
        "--say-of": quoted(say["of"]),
        "--say-on-page": quoted(say["on_page"]),
    }
    parts = layout.sheets.layers(medium, *(variant or ()))
    tokens = "".join(f"  {name}: {value};\n" for name, value in given.items())
    parts["style"] += layout.sheets.text(f"styles/media/{also}.css")
    parts["tokens"] += f"\n:root {{\n{tokens}}}\n"
    return "".join(face.css(face_name(face)) for face in layout.faces) + layered(parts)


def face_name(face: Face) -> str:
    return f"fonts/{face.name.rpartition('/')[2]}"


def pages(layout: Layout, html: str, sheet: str, assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """The files of a recipe for the PDF press."""
    return {
        "index.html": Asset.of(html.encode()),
        "style.css": Asset.of(sheet.encode()),
        **{face_name(face): face.asset for face in layout.faces},
        **assets,
    }
