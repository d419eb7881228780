"""Blogger's export: an Atom feed of posts, pages, comments and settings, also that of Google Takeout."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.importers.beside import pictures_beside
from handpress.importers.dates import date_in
from handpress.importers.html import parse_xml
from handpress.importers.model import Export, Loss, Post, Writer
from handpress.importers.source import Source
from handpress.markup.tree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
KIND = "http://schemas.google.com/g/2005#kind"
TYPES = "{http://schemas.google.com/blogger/2018}"


def detect(source: Source) -> bool:
    return bool(_files(source))


def _files(source: Source) -> list[str]:
    feeds = [n for n in source.ending(".xml", ".atom") if b"<feed" in source.read(n)[:2000]]
    return [n for n in feeds if b"blogger" in source.read(n)[:20_000].lower()]


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    title = site = ""
    for name in _files(source):
        feed = parse_xml(source.read(name), name)
        title = title or _text(feed, "title")
        site = site or _link(feed)
        entries = list(feed.iter(f"{ATOM}entry"))
        posts += [_post(e) for e in entries if _kind(e) in ("post", "page")]
        losses += _left_out(entries)
    return Export(
        "Blogger",
        tuple(posts),
        title,
        site=site,
        picture=pictures_beside(source),
        losses=tuple(losses),
        web=True,
    )


def _left_out(entries: list[Element]) -> Iterator[Loss]:
    for kind in ("comment", "template", "settings"):
        if number := sum(_kind(e) == kind for e in entries):
            yield Loss("the export", "left out", f"{number} entries of the kind `{kind}`")


def _kind(entry: Element) -> str:
    """Return the kind of an entry: an old export has it as a category, that of Takeout as an element."""
    for category in entry.findall(f"{ATOM}category"):
        if category.get("scheme") == KIND:
            return category.get("term", "").rpartition("#")[2]
    return (entry.findtext(f"{TYPES}type") or "").lower()


def _text(element: Element, name: str) -> str:
    return " ".join((element.findtext(f"{ATOM}{name}") or "").split())


def _link(entry: Element) -> str:
    links = entry.findall(f"{ATOM}link")
    return next((a.get("href", "") for a in links if a.get("rel") == "alternate"), "")


def _post(entry: Element) -> Post:
    title, address = _text(entry, "title"), _link(entry)
    author = entry.find(f"{ATOM}author")
    name = _text(author, "name") if author is not None else ""
    control = "{http://purl.org/atom/app#}"
    draft = entry.findtext(f"{control}control/{control}draft") == "yes"
    draft = draft or (entry.findtext(f"{TYPES}status") or "LIVE") not in ("LIVE", "")
    tags = [c.get("term", "") for c in entry.findall(f"{ATOM}category") if c.get("scheme") != KIND]
    return Post(
        _text(entry, "id") or address,
        title or address,
        title,
        entry.findtext(f"{ATOM}content") or "",
        slug=address.rpartition("/")[2].partition(".")[0],
        date=date_in(_text(entry, "published")),
        writers=(Writer(name),) if name and name.lower() not in ("unknown", "anonymous") else (),
        tags=tuple(t for t in tags if t),
        draft=draft,
        page=_kind(entry) == "page",
        url="" if draft else address,
        base=address,
    )
