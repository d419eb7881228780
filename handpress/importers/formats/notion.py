"""Notion's export: a zip of pages as HTML, or as Markdown with files of CSV for its tables."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from handpress.importers.dates import date_in
from handpress.importers.html import by_class, find, has_class, parse_page, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post
from handpress.importers.source import Source
from handpress.markup.markdown import to_tree
from handpress.markup.tree import Element, new_element, serialize, text_of

NAME = re.compile(r"^(.*?)[ _-]?([0-9a-f]{32})(?:_all)?\.(?:html|md|csv)$", re.S)
PROPERTY = re.compile(r"^([A-Z][\w /()-]{0,40}): (.+)$")


def detect(source: Source) -> bool:
    names = [n for n in source.ending(".html", ".md") if NAME.match(posixpath.basename(n))]
    if source.kind == "file":
        return bool(names)
    return bool(names) and 2 * len(names) >= len(source.ending(".html", ".md"))


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    for name in source.ending(".html", ".md"):
        if posixpath.basename(name) == "index.html":
            continue
        try:
            data = text_from(source.read(name))
            posts.append(
                _markdown(data, name)
                if name.lower().endswith(".md")
                else _page(parse_page(data), name)
            )
        except (ImportRefused, RecursionError) as error:
            losses.append(Loss(name, "left out", str(error) or "it is nested too deep"))
    for name in source.ending(".csv"):
        if not name.endswith("_all.csv"):
            losses.append(Loss(name, "left out", "a table of a database; its pages are articles"))

    def picture(address: str) -> bytes | None:
        path = posixpath.normpath(unquote(address))
        return source.read(path) if source.has(path) else None

    title = posts[0].title if len(posts) == 1 else ""
    top = {n.split("/")[0] for n in source.names if "/" in n}
    if not title and len(top) == 1:
        title = _name(f"{next(iter(top))}.md")
    return Export("Notion", tuple(posts), title, picture=picture, losses=tuple(losses))


def _name(path: str) -> str:
    found = NAME.match(posixpath.basename(path))
    return (found[1] if found else posixpath.splitext(posixpath.basename(path))[0]).strip()


def _key(path: str) -> str:
    found = NAME.match(posixpath.basename(path))
    return found[2] if found else path


def _made(name: str, title: str, body: Element, facts: dict[str, str]) -> Post:
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
    losses = [
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
        losses=tuple(losses),
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
    return _made(name, title, body, {k: v for k, v in facts.items() if k and v})


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
