"""The website of a series: its own page and a page for each article.

Pages are cheap: the press only copies them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handpress.compose.compose import matter
from handpress.compose.document import language_of
from handpress.core.files.disk import Asset
from handpress.core.media import TABLE
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.press.recipe import Recipe
from handpress.press.result import Made
from handpress.web import languages
from handpress.web.article_page import ArticlePage
from handpress.web.cards import cards
from handpress.web.downloads import bound_together, downloads
from handpress.web.editions import PIECE, feed, removed, renamed
from handpress.web.page import copy, description_first, faces, page, stylesheet
from handpress.web.thumbnails import thumbnails


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the web pages of every series."""
    made = job.made()
    for layout in job.layouts("web"):
        yield from site(layout, made)


def site(layout: Layout, made: Mapping[str, Made]) -> Iterator[Recipe]:
    """Yield the recipes of a series' web pages; `made` has the artefacts that they offer."""
    medium, series = TABLE["web"], layout.series
    piece = " ".join(
        (PIECE,) * bool(series.editions) + (languages.PIECE,) * bool(series.counterparts)
    )
    sheet = stylesheet(layout, "../", piece=piece)
    assets: dict[str, Asset] = {}
    shown, packs = cards(layout, made), bound_together(layout, made)
    whole = [offer for offer in downloads(layout, made) if not offer.number]
    common: dict[str, Any] = {"kind": "web", "faces": faces(layout)}
    own_sheets: dict[str, str] = {}  # of articles, by their language
    for card in shown:
        document = card.document
        assert document.article is not None
        language = language_of(series, document.article)
        if language not in own_sheets:
            own_sheets[language] = stylesheet(layout, "../../", language, piece)
        article = ArticlePage(layout, card, language, own_sheets[language], common)
        assets |= article.pictures
        yield page(
            layout,
            f"{series.id}/articles/{document.name}.html",
            article.files,
            article=document.name,
            title=document.title,
            source=document.article.path,
            causes=layout.causes.of(document, sheet),
        )
    html = layout.render(
        "series.html",
        assets,
        cards=shown,
        description_first=description_first(series, layout.words),
        about=next(iter(matter(series, medium, ["about"], layout.words)), None),
        sheet=sheet,
        downloads=whole,
        packs=packs,
        cover=thumbnails(layout, made).get(0),
        versions=languages.versions(layout),
        **common,
    )
    if series.editions:
        yield page(layout, f"{series.id}/editions.xml", {"editions.xml": feed(layout)})
        yield from _removed(layout, common)
        yield from _renamed(layout, common)
    offered = Asset.of(repr((whole, [card.handouts for card in shown], packs)).encode()).digest
    causes = layout.causes.of(None, sheet) | {"downloads": offered}
    files = {"index.html": Asset.of(html.encode())}
    yield page(layout, f"{series.id}/index.html", files, title=series.title, causes=causes)
    for name, asset in sorted(assets.items()):
        yield copy(layout, f"{series.id}/{name}", asset)
    for file in series.files.values():
        yield copy(layout, f"{series.id}/files/{file.name}", file.asset, "file")


def _removed(layout: Layout, common: Mapping[str, Any]) -> Iterator[Recipe]:
    """Yield the pages of articles that were taken out, to which the codes on older copies lead."""
    sheet = stylesheet(layout, "../../", piece=PIECE)
    for change in removed(layout):
        html = layout.render(
            "removed.html", {}, change=change, title=change.title, sheet=sheet, **common
        )
        files = {"index.html": Asset.of(html.encode())}
        yield page(layout, f"{layout.series.id}/articles/{change.slug}.html", files)


def _renamed(layout: Layout, common: Mapping[str, Any]) -> Iterator[Recipe]:
    """Yield pages at the old addresses of articles, to which the codes on older copies lead. They lead to the new ones."""
    sheet = stylesheet(layout, "../../", piece=PIECE)
    titles = {slug: a.title for e in layout.series.editions for slug, a in e.articles.items()}
    for was, now in renamed(layout).items():
        html = layout.render(
            "renamed.html", {}, target=f"{now}.html", title=titles[now], sheet=sheet, **common
        )
        files = {"index.html": Asset.of(html.encode())}
        yield page(layout, f"{layout.series.id}/articles/{was}.html", files)
