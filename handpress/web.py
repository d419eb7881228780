"""Web: the page of a series, a page for each article, and the shelf on which all series stand.

The shelf is there twice more for reading apps: as an OPDS 1.2 catalogue (Atom) and as OPDS 2.0 (JSON).
Pages are cheap: a press that copies is enough for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .compose import matter
from .language import direction
from .layout import Layout, Made
from .medium import TABLE
from .metadata import UNDATED, identifier
from .mirror import turned
from .pack import title_of
from .printed import Variant, cover_size
from .recipe import Recipe
from .source import Asset
from .speech import counted, edition_line, names, pack_name, size, style_name
from .style import layered

# The faces that a page shows; others stay with print.
WEB_FACES = ("AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Italic",
             "AtkinsonHyperlegibleNext-Bold", "AtkinsonHyperlegibleMono-Regular")  # fmt: skip


@dataclass(frozen=True)
class Download:
    """A file that a page offers. `href` is relative to the series' page."""

    title: str
    format: str
    href: str
    size: str
    pages: str
    bytes: int
    number: int = 0


def site(layout: Layout, made: Mapping[str, Made]) -> Iterator[Recipe]:
    """The recipes of a series' web pages; `made` has the artefacts that they offer."""
    medium, series = TABLE["web"], layout.series
    sheet = stylesheet(layout, "../")
    assets: dict[str, Asset] = {}
    offers, packs = downloads(layout, made), bound_together(layout, made)
    handouts: dict[int, list[Download]] = {}
    for offer in offers:
        handouts.setdefault(offer.number, []).append(offer)
    common: dict[str, Any] = {"kind": "web", "faces": _faces(layout)}
    for document in layout.documents(medium):
        assert document.article is not None
        settings = document.article.settings
        language = settings.get("language") or series.language
        html = layout.render(
            "article.html",
            assets,
            document=document,
            settings={k: settings.get(k, "") for k in ("subtitle", "summary")},
            body=layout.body(document, assets, "../", "web"),
            authors=document.authors,
            description=settings.get("summary", ""),
            keywords=settings.get("tags", ()),
            language=language,
            sheet=stylesheet(layout, "../../", language),
            at="../",
            handout=handouts.get(document.number, [None])[0],
            minutes=max(1, round(len(document.body.split()) / 200)),
            **common,
        )
        yield _page(
            layout,
            f"{series.id}/articles/{document.name}.html",
            html,
            article=document.name,
            title=document.title,
            source=document.article.path,
            causes=layout.causes(document, sheet),
        )
    html = layout.render(
        "series.html",
        assets,
        documents=layout.documents(medium),
        about=next(iter(matter(series, medium, ["about"], layout.say)), None),
        sheet=sheet,
        downloads=handouts.get(0, []),
        handouts=handouts,
        packs=packs,
        cover=made.get(f"{series.id}/cover.png"),
        cover_size=cover_size(series),
        **common,
    )
    offered = Asset.of(repr((offers, packs)).encode()).digest
    causes = layout.causes(None, sheet) | {"downloads": offered}
    yield _page(layout, f"{series.id}/index.html", html, title=series.title, causes=causes)
    for name, asset in sorted(assets.items()):
        yield _copy(layout, f"{series.id}/{name}", asset)


def downloads(layout: Layout, made: Mapping[str, Made]) -> list[Download]:
    """What there is to download of a series, in the order of the page."""
    series, say = layout.series, layout.say
    whole = (
        (f"{series.id}.pdf", say["book_format"], say["book_hint"]),
        (f"{series.id}.epub", say["epub_format"], say["epub_hint"]),
    )
    found = [
        _download(title, hint, file, made[f"{series.id}/{file}"], say)
        for file, title, hint in whole
        if f"{series.id}/{file}" in made
    ]
    for number, article in enumerate(series.articles, 1):
        for style in series.styles:
            folder = Variant(style, series.paper).folder(series)
            file = f"{folder}{article.slug}.pdf"
            if there := made.get(f"{series.id}/{file}"):
                title = style_name(style, say)
                found.append(_download(title, "PDF", file, there, say, number))
    return found


def bound_together(layout: Layout, made: Mapping[str, Made]) -> list[Download]:
    """The packs that there are to download, in the series' own styles."""
    series, say = layout.series, layout.say
    found = []
    for name in series.packs:
        for style in series.styles:
            file = f"{Variant(style, series.paper).folder(series, 'packs')}{name}.pdf"
            if there := made.get(f"{series.id}/{file}"):
                title = pack_name(title_of(name), style, say)
                found.append(_download(title, "PDF", file, there, say))
    return found


def _download(
    title: str, hint: str, file: str, there: Made, say: Mapping[str, Any], number: int = 0
) -> Download:
    pages = counted("pages", there.pages, say) if there.pages else ""
    return Download(title, hint, file, size(there.bytes, say), pages, there.bytes, number)


def stylesheet(layout: Layout, at: str, language: str = "") -> str:
    """The sheet of a web page in `language` (the series' if none is said), whose output folder is `at`
    from here.
    """
    rules = "".join(
        face.css(f"{at}fonts/{face.name.rpartition('/')[2]}").replace(
            "font-style", "font-display: swap; font-style"
        )
        for face in _faces(layout)
    )
    parts = layout.sheets.layers("web")
    parts["tokens"] += "\n:root {\n  --others: system-ui, sans-serif;\n}\n"
    return rules + turned(layered(parts), direction(language or layout.series.language))


def _faces(layout: Layout) -> list[Any]:
    return [f for f in layout.faces if f.name.rpartition("/")[2].removesuffix(".ttf") in WEB_FACES]


def _page(layout: Layout, path: str, html: str, **facts: Any) -> Recipe:
    files = {"index.html": Asset.of(html.encode())}
    series = layout.series
    return Recipe(
        path, "copy", files, medium="web", series=series.id, edition=series.edition, **facts
    )


def _copy(layout: Layout, path: str, asset: Asset) -> Recipe:
    series = layout.series
    causes = {"picture": asset.digest}
    return Recipe(
        path,
        "copy",
        {"file": asset},
        medium="web",
        series=series.id,
        edition=series.edition,
        causes=causes,
    )


# --- The shelf ---------------------------------------------------------------------------------


def shelf(layouts: Sequence[Layout], made: Mapping[str, Made]) -> Iterator[Recipe]:
    """The recipes of the shelf: its page, its two catalogues and the faces that all pages share."""
    first = layouts[0]
    entries = [
        {
            "series": each.series,
            "edition": edition_line(each.series, each.say),
            "authors": names(each.series.authors, each.say),
            "cover": f"{each.series.id}/cover.png" if f"{each.series.id}/cover.png" in made else "",
            "cover_size": cover_size(each.series),
            "downloads": downloads(each, made),
            "page": f"{each.series.id}/index.html"
            if f"{each.series.id}/index.html" in made
            else "",
            "identifier": identifier(each),
            "updated": f"{each.series.date or UNDATED}T00:00:00Z",
        }
        for each in layouts
    ]
    html = first.render("shelf.html", {}, entries=entries, sheet=stylesheet(first, ""), kind="web")
    newest = max(str(e["updated"]) for e in entries)
    atom = first.render("opds.xml", {}, entries=entries, updated=newest, kind="web")
    texts = {"index.html": html, "opds.xml": atom, "opds.json": _opds2(entries, first)}
    for path, text in texts.items():
        asset = Asset.of(text.encode())
        yield Recipe(path, "copy", {"file": asset}, medium="shelf", causes={"series": asset.digest})
    for face in _faces(first):
        path = f"fonts/{face.name.rpartition('/')[2]}"
        yield Recipe(
            path, "copy", {"file": face.asset}, medium="shelf", causes={"font": face.asset.digest}
        )


def _opds2(entries: Sequence[Mapping[str, Any]], layout: Layout) -> str:
    """The catalogue in OPDS 2.0: a collection of Readium web publications."""
    publications = []
    for entry in entries:
        series = entry["series"]
        epub = [d for d in entry["downloads"] if d.href.endswith(".epub")]
        book = [d for d in entry["downloads"] if d.href == f"{series.id}.pdf"]
        links = [
            {
                "rel": "http://opds-spec.org/acquisition/open-access",
                "href": f"{series.id}/{d.href}",
                "type": kind,
            }
            for found, kind in ((epub, "application/epub+zip"), (book, "application/pdf"))
            for d in found
        ]
        if not links:
            continue
        metadata = {
            "@type": "http://schema.org/Book",
            "identifier": entry["identifier"],
            "title": series.title,
            "author": [a.name for a in series.authors],
            "language": series.language,
            "modified": entry["updated"],
        }
        for key in ("subtitle", "description", "publisher"):
            if value := getattr(series, key):
                metadata[key] = value
        width, height = entry["cover_size"]
        image = {"href": entry["cover"], "type": "image/png", "width": width, "height": height}
        publication: dict[str, Any] = {"metadata": metadata, "links": links}
        if entry["cover"]:
            publication["images"] = [image]
        publications.append(publication)
    catalogue = {
        "metadata": {"title": layout.say["shelf"]},
        "links": [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}],
        "publications": publications,
    }
    return json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n"
