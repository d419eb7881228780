"""Notion's export: a zip of pages as HTML, or as Markdown with files of CSV for its tables."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

from handpress.importers.dates import date_in
from handpress.importers.html import by_class, find, has_class, parse_page, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post
from handpress.importers.source import Source
from handpress.markup.markdown import to_tree
from handpress.markup.tree import Element, new_element, serialize, text_of

NAME = re.compile(r"^(.*?)[ _-]?([0-9a-f]{32})(?:_all)?\.(?:html|md|csv)$", re.S)
PROPERTY = re.compile(r"^([A-Z][\w /()-]{0,40}): (.+)$")
INDEX = "index.html"  # lists all pages in their order
LISTED = re.compile(r'href="[^"]*?([0-9a-f]{32})(?:_all)?\.(?:html|md|csv)"')
WRAPPER = re.compile(r"^Export-[0-9a-f-]{36}$")  # a folder that Notion adds
PICTURES = (".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def detect(source: Source) -> bool:
    names = [n for n in source.ending(".html", ".md") if NAME.match(posixpath.basename(n))]
    if source.kind == "file":
        return bool(names)
    return bool(names) and 2 * len(names) >= len(source.ending(".html", ".md"))


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    for name in sorted(_pages(source), key=_order(source)):
        try:
            data = text_from(source.read(name)).replace("\ufeff", "")  # one follows each formula
            is_markdown = name.lower().endswith(".md")
            posts.append(_markdown(data, name) if is_markdown else _page(parse_page(data), name))
        except (ImportRefused, RecursionError) as error:
            losses.append(Loss(name, "left out", str(error) or "it is nested too deep"))
    for name in source.ending(".csv"):
        if not name.endswith("_all.csv"):
            losses.append(Loss(name, "left out", "a table of a database; its pages are articles"))

    def picture(address: str) -> bytes | None:
        path = posixpath.normpath(unquote(address))
        return source.read(path) if source.has(path) else None

    # Without an index, and where pages have dates as those of a blog, they are in the order of these.
    ordered = bool(_listed(source)) and not all(post.date for post in posts[1:])
    return Export(
        "Notion",
        tuple(posts),
        _title(source, posts),
        picture=picture,
        ordered=ordered,
        losses=tuple(losses),
    )


def _pages(source: Source) -> list[str]:
    return [n for n in source.ending(".html", ".md") if posixpath.basename(n) != INDEX]


def _listed(source: Source) -> dict[str, int]:
    """Return the place of each page in the index of the export, by its key."""
    listed: dict[str, int] = {}
    for name in source.names:
        if posixpath.basename(name) == INDEX:
            for key in LISTED.findall(text_from(source.read(name))):
                listed.setdefault(key, len(listed))
    return listed


def _order(source: Source) -> Callable[[str], tuple[int, list[tuple[int, str]]]]:
    """Return the key by which pages are sorted: their place in the index, then their names, numbers by value."""
    listed = _listed(source)

    def key(path: str) -> tuple[int, list[tuple[int, str]]]:
        pieces = re.findall(r"\d+|\D+", path.casefold())
        by_value = [(int(p), "") if p.isdecimal() else (-1, p) for p in pieces]
        return listed.get(_key(path), len(listed)), by_value

    return key


def _title(source: Source, posts: Sequence[Post]) -> str:
    """Return the name of the only page at the top, or of the only folder; "" where there are more."""
    pages = [name.split("/") for name in _pages(source)]
    while pages and len({parts[0] for parts in pages}) == 1 and WRAPPER.match(pages[0][0]):
        pages = [parts[1:] for parts in pages]
    top = {_name(parts[0] if len(parts) == 1 else f"{parts[0]}.md") for parts in pages}
    if len(posts) == 1:
        return posts[0].title
    return next(iter(top)) if len(top) == 1 else "Notion"


def _name(path: str) -> str:
    found = NAME.match(posixpath.basename(path))
    return (found[1] if found else posixpath.splitext(posixpath.basename(path))[0]).strip()


def _key(path: str) -> str:
    found = NAME.match(posixpath.basename(path))
    return found[2] if found else path


def _made(
    name: str, title: str, body: Element, facts: dict[str, str], losses: Sequence[Loss] = ()
) -> Post:
    low = {k.lower(): v for k, v in facts.items()}
    dates = [date_in(low[k]) for k in ("date", "published", "publish date") if k in low]
    status = low.get("status", "").lower()
    tags = [
        t.strip()
        for k in ("tags", "tag", "category", "categories")
        for t in low.get(k, "").split(",")
    ]
    read_ = {
        "date",
        "published",
        "publish date",
        "status",
        "tags",
        "tag",
        "category",
        "categories",
        "created",
        "updated",
    }
    unread = [
        Loss(name, "left out", f"the property `{key}`", value)
        for key, value in facts.items()
        if key.lower() not in read_
    ]
    return Post(
        _key(name),
        name,
        title or _name(name),
        serialize(body),
        slug=_name(name),
        date=next((d for d in dates if d), None),
        tags=tuple(t for t in tags if t),
        draft=status in ("draft", "not started", "idea", "in progress"),
        base=name,
        losses=(*unread, *losses),
    )


def _page(page: Element, name: str) -> Post:
    article = find(page, lambda e: e.tag == "article")
    body = find(page, lambda e: has_class(e, "page-body"))
    if article is None or body is None:
        raise ImportRefused("it is not a page of Notion")
    title = next((text_of(e) for e in by_class(article, "page-title")), "")
    facts = {}
    for row in article.iter("tr"):
        if (
            has_class(
                row, *(c for c in row.get("class", "").split() if c.startswith("property-row"))
            )
            and row.find("th") is not None
        ):
            head, cell = row.find("th"), row.find("td")
            facts[text_of(head) if head is not None else ""] = (
                text_of(cell) if cell is not None else ""
            )
    for box in [e for e in body.iter() if has_class(e, "checkbox")]:
        box.tag, box.text, box.attrib = (
            "span",
            "[x] " if has_class(box, "checkbox-on") else "[ ] ",
            {},
        )
    for callout in [e for e in body.iter("figure") if has_class(e, "callout")]:
        callout.tag = "blockquote"
    for source in [
        e for e in body.iter("figure") if not has_class(e, "image") and e.find("figcaption") is None
    ]:
        source.tag = "div"
    losses = []
    for link in [e for e in body.iter("a") if _is_attached_picture(e)]:
        losses.append(
            Loss(name, "changed", "an attached picture is shown in the text", text_of(link))
        )
        link.tag, link.text, link.attrib = "img", None, {"src": link.get("href", ""), "alt": ""}
        for inside in list(link):
            link.remove(inside)
    return _made(name, title, body, {k: v for k, v in facts.items() if k and v}, losses)


def _is_attached_picture(link: Element) -> bool:
    """Return whether a link leads to a picture in the export, and shows no picture itself."""
    address = link.get("href", "")
    return (
        address.lower().endswith(PICTURES)
        and not urlsplit(address).scheme
        and link.find(".//img") is None
    )


def _markdown(text: str, name: str) -> Post:
    lines = text.split("\n")
    title, facts = "", {}
    if lines and lines[0].startswith("# "):
        title = lines.pop(0)[2:].strip()
        while lines and not lines[0].strip():
            lines.pop(0)
        while lines and (found := PROPERTY.match(lines[0])):
            facts[found[1]] = found[2].strip()
            lines.pop(0)
        if lines and lines[0].strip() and facts:  # text that only looks like properties
            lines, facts = [*(f"{k}: {v}" for k, v in facts.items()), *lines], {}
    body = to_tree("\n".join(lines))
    for aside in list(body.iter("aside")):
        aside.tag = "blockquote"
    return _made(
        name, title, new_element("body", [*([body.text] if body.text else []), *list(body)]), facts
    )
