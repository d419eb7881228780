"""Printed: the recipes of handouts and of the ebook's cover, and what all pages of print share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .art import cover_art
from .compose import Away, Document, lies
from .fonts import Face
from .language import direction
from .layout import OUR_FAMILIES, Layout
from .medium import TABLE
from .mirror import turned
from .recipe import Recipe
from .series import Series
from .source import Asset
from .style import layered, quoted

COVER = 1600, 2560  # pixels of a designed cover, as shops ask for it
DENSITY = 4  # pixels a point of what is drawn as pixels
COVER_PAGE = """
:root {{ --cover-width: {0:g}pt; --cover-height: {1:g}pt }}
@page {{ size: {0:g}pt {1:g}pt; margin: 0 }}
"""

# Ruled lines in the practitioner's margin: enough to write on, not so many that they shout.
LINES = {"first": 12, "later": 10}


Labels = Mapping[str, str]  # the page number of each id in the book


class Variant(NamedTuple):
    """A look of handouts and what is bound of them: style, paper, and whether all of it is grey."""

    style: str
    paper: str
    grey: bool = False

    def folder(self, series: Series, kind: str = "handouts") -> str:
        """Where such artefacts of one `kind` lie, below the series' folder; what is usual is not said."""
        style = f"{self.style}/" if self.style not in ("", "standard") else ""
        paper = f"{self.paper}/" if self.paper != series.paper else ""
        return f"{kind}/{style}{paper}{'grey/' if self.grey else ''}"


def handouts(layout: Layout, variant: Variant, labels: Labels) -> Iterator[Recipe]:
    """A recipe for each article's handout in one look. `labels` has the pages of the series' book."""
    medium = TABLE["handout"]
    series = layout.series
    sheet = stylesheet(layout, medium.name, variant)
    folder = f"{series.id}/{variant.folder(series)}"
    kind = layout.sheets.look(variant.style).kind
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
            ways=ways(layout, document, labels),
            lines=LINES,
            kind=kind,
        )
        html = with_pages(html, layout, labels)
        if variant.grey:
            assets = {name: layout.grey(name, asset) for name, asset in assets.items()}
        yield Recipe(
            path=f"{folder}{document.name}.pdf",
            press="pdf",
            files=pages(layout, html, sheet, assets),
            options=fitting(series, settings.get("fit"), sheet, variant),
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


def fitting(series: Series, fit: int | None, sheet: str, variant: Variant) -> dict[str, Any]:
    """The press's options for a handout's number of pages.

    `fit` is kept in the style and on the paper that the series names first, and only for that there is
    advice. The same words in large print, or on a smaller sheet, are tightened where that is enough and
    are as long as they are where it is not.
    """
    must = (variant.style, variant.paper) == (series.styles[0], series.paper)
    if fit is None:
        return {"sheets": True} if must else {}
    steps = sorted(set(re.findall(r"^:root\.(tight-\d)\b", sheet, re.M)))
    return {"sheets": must, "fit": fit, "must": must, "steps": steps}


def with_pages(html: str, layout: Layout, labels: Labels) -> str:
    """`html` in which another handout is told by its page in the book too, where that is known."""

    def page(found: re.Match[str]) -> str:
        number = page_of(found[1].split(), labels)
        return f", {layout.say['page_of_book'].format(number=number)}" if number else ""

    return BOOK_PAGE.sub(page, html)


BOOK_PAGE = re.compile(r'<span class="book-page" data-of="([^"]*)"></span>')


def page_of(ids: Iterable[str], labels: Labels) -> str | None:
    """The page of the first of `ids` that the book has."""
    return next((labels[id_] for id_ in ids if id_ in labels), None)


@dataclass(frozen=True)
class Way:
    """Where a reader of paper may go on: printed with the address and its code, if it has one."""

    title: str
    url: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""


# What a series may be had as, whole: the medium, the ending of its file, and how that is called.
WHOLE = (("epub", "epub", "whole_ebook"), ("book", "pdf", "whole_book"))


def ways(layout: Layout, document: Document, labels: Labels) -> list[Way]:
    """This handout and its series on the web, the handouts that it speaks of or stands beside, and the
    addresses that its links lead to, by the numbers that the text has for them.
    """
    series, say = layout.series, layout.say
    found = [Way(say["this_handout"], document.url)] if document.url else []
    whole = next(((end, word) for medium, end, word in WHOLE if medium in series.media), None)
    if series.site and whole:
        found.append(Way(say[whole[1]], f"{series.site}{series.id}.{whole[0]}"))
    assert document.article is not None
    numbers = {series.number(r.slug) for r in document.article.references}
    numbers |= {n.number for n in (document.previous, document.next) if n}
    for number in sorted(numbers - {document.number}):
        other = series.articles[number - 1]
        way = lies(series, TABLE["handout"], document.name, other.slug, None)
        assert isinstance(way, Away)
        beside = {document.number - 1: "previous", document.number + 1: "next"}.get(number)
        note = say["handout_of_series"].format(number=number)
        page = page_of(way.ids, labels)
        notes = (
            f"{say[beside]}: {note}" if beside else note,
            say["page_of_book"].format(number=page) if page else "",
        )
        found.append(Way(other.title, way.url or "", tuple(filter(None, notes))))
    listed = (Way(a.title, a.url or "", mark=f"[{a.number}]") for a in document.addresses)
    return [*found, *listed]


def cover_size(series: Series) -> tuple[int, int]:
    """The pixels of the raster cover: an author's own keeps its shape, whatever that is."""
    own = series.cover
    if own is None or not (own.width and own.height):
        return COVER
    scale = max(COVER) / max(own.width, own.height)
    return round(own.width * scale), round(own.height * scale)


def cover(layout: Layout) -> Recipe:
    """The recipe of the raster cover of the ebook and the web page.

    A line that no face can set is left out: the ebook and the web do not need the faces of print.
    """
    series = layout.series
    width, height = cover_size(series)
    sides = width / DENSITY, height / DENSITY
    sheet = stylesheet(layout, "cover") + COVER_PAGE.format(*sides)
    assets: dict[str, Asset] = {
        "cover-art.svg": Asset.of(cover_art(series.identity or series.id, 400, 640))
    }
    html = layout.render("cover.html", assets, kind="pdf")
    return Recipe(
        path=f"{series.id}/cover.png",
        press="pixels",
        files=pages(layout, html, sheet, assets),
        options={"width": width, "height": height},
        medium="cover",
        series=series.id,
        edition=series.edition,
        title=series.title,
        source=f"{series.folder}/series.yaml",
        causes=layout.causes(None, sheet),
    )


def stylesheet(layout: Layout, medium: str, variant: Variant | None = None, piece: str = "") -> str:
    """The whole sheet of a printed medium: the faces, the layout's words for margins, the layers.

    `piece` names a sheet of `media/` that stands over all of them.
    """
    say = layout.say
    others = sorted({face.family for face in layout.faces} - OUR_FAMILIES)
    given = {
        "--others": ", ".join([*map(quoted, others), "serif"]),
        "--say-page": quoted(say["page"]),
        "--say-of": quoted(say["of"]),
        "--say-on-page": quoted(say["on_page"]),
    }
    parts = layout.sheets.layers(medium, *(variant or Variant("", "")), piece=piece)
    tokens = "".join(f"  {name}: {value};\n" for name, value in given.items())
    parts["tokens"] += f"\n:root {{\n{tokens}}}\n"
    sheet = turned(layered(parts), direction(layout.series.language))
    return "".join(face.css(face_name(face)) for face in layout.faces) + sheet


def face_name(face: Face) -> str:
    return f"fonts/{face.name.rpartition('/')[2]}"


def pages(layout: Layout, html: str, sheet: str, assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """The files of a recipe for the PDF press."""
    head, start, body = html.partition("<body")  # what is in the head is not drawn
    drawn = body.replace(
        "\N{NON-BREAKING HYPHEN}", "-\N{WORD JOINER}"
    )  # few fonts have that hyphen
    return {
        "index.html": Asset.of(f"{head}{start}{drawn}".encode()),
        "style.css": Asset.of(sheet.encode()),
        **{face_name(face): face.asset for face in layout.faces},
        **assets,
    }
