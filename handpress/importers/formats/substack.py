"""Substack's export: a zip with `posts.csv` and a file of HTML for each post."""

from __future__ import annotations

import csv
import html
import io
import posixpath

from handpress.importers.beside import pictures_beside
from handpress.importers.dates import date_in
from handpress.importers.html import text_from
from handpress.importers.model import Export, Loss, Post
from handpress.importers.source import Source

LIST = "posts.csv"


def detect(source: Source) -> bool:
    return bool(_lists(source)) and any("posts/" in n for n in source.ending(".html"))


def _lists(source: Source) -> list[str]:
    names = [n for n in source.names if posixpath.basename(n) == LIST]
    return [n for n in names if b"post_id" in source.read(n)[:500]]


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    for name in _lists(source):
        folder = posixpath.join(posixpath.dirname(name), "posts")
        rows = csv.DictReader(io.StringIO(text_from(source.read(name))))
        for row in rows:
            values = {
                k: html.unescape(v or "")
                for k, v in row.items()
                if isinstance(k, str) and isinstance(v, str | None)
            }
            number = values.get("post_id", "")
            file = f"{folder}/{number}.html"
            title = values.get("title", "") or number
            if not source.has(file):
                losses.append(Loss(title, "missing", "the export has no text of it"))
                continue
            posts.append(_post(values, title, text_from(source.read(file)), file))
    return Export(
        "Substack", tuple(posts), picture=pictures_beside(source), losses=tuple(losses), web=True
    )


def _post(values: dict[str, str], title: str, body: str, file: str) -> Post:
    number, _, slug = values["post_id"].partition(".")
    losses = []
    if sound := values.get("podcast_url", ""):
        body = f'<audio src="{html.escape(sound)}"></audio>{body}'
    if values.get("audience", "everyone") not in ("everyone", ""):
        losses.append(Loss(title, "changed", "an article for subscribers is open to all"))
    return Post(
        number or file,
        title,
        title,
        body,
        slug=slug or number,
        summary=values.get("subtitle", ""),
        date=date_in(values.get("post_date", "")),
        draft=values.get("is_published", "true").lower() != "true",
        page=values.get("type") == "page",
        base=f"/p/{slug}",
        others=(file,),
        losses=tuple(losses),
    )
