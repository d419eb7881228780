"""Medium's export: a zip with a page of HTML for each story, and the author's profile."""

from __future__ import annotations

import posixpath
import re

from handpress.importers.beside import pictures_beside
from handpress.importers.dates import date_in
from handpress.importers.html import by_class, find, has_class, parse_page, remove, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.source import Source
from handpress.markup.tree import (
    Element,
    new_element,
    serialize,
    text_of,
)

STORY = re.compile(rb"class=[\"'][^\"']*\b(?:graf--|p-canonical|h-entry)")


def detect(source: Source) -> bool:
    return any(
        b"h-entry" in source.read(n) and STORY.search(source.read(n)) for n in _stories(source)[:20]
    )


def _stories(source: Source) -> list[str]:
    names = source.ending(".html")
    inside = [n for n in names if "posts" in posixpath.dirname(n).split("/")]
    return inside or [n for n in names if b"graf--" in source.read(n)]


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    for name in _stories(source):
        try:
            posts.append(_post(parse_page(text_from(source.read(name))), name))
        except ImportRefused as error:
            losses.append(Loss(name, "left out", error.reason))
    return Export(
        "Medium", tuple(posts), picture=pictures_beside(source), losses=tuple(losses), web=True
    )


def _post(page: Element, name: str) -> Post:
    body = find(page, lambda e: e.get("data-field") == "body")
    if body is None:
        raise ImportRefused("it has no text of a story")
    losses = []
    title = text_of(_first(page, "p-name")) or text_of(page.find("head/title") or Element("i"))
    subtitle = find(page, lambda e: e.get("data-field") == "subtitle")
    summary = text_of(subtitle) if subtitle is not None else ""
    # The body repeats the title and the subtitle.
    for mark, words in (("graf--title", title), ("graf--subtitle", summary)):
        for element in by_class(body, mark):
            if text_of(element) and (text_of(element) == words or mark == "graf--title"):
                remove(body, element)
                title = text_of(element) if mark == "graf--title" else title
    for code in body.iter("pre"):
        code.tag = "pre"
    address = _first(page, "p-canonical").get("href", "")
    time = find(page, lambda e: e.tag == "time" and has_class(e, "dt-published"))
    author = _first(page, "p-author")
    draft = posixpath.basename(name).startswith("draft") or (time is None and not address)
    if draft and not posixpath.basename(name).startswith("draft"):
        losses.append(Loss(name, "guessed", "a story without date and address is a draft"))
    stem = posixpath.splitext(posixpath.basename(name))[0]
    slug = re.sub(r"^(?:draft|\d{4}-\d\d-\d\d)_|-+[0-9a-f]{6,12}$", "", stem)
    return Post(
        address or name,
        name,
        title,
        serialize(body),
        slug=re.sub(r"^(?:draft_|\d{4}-\d\d-\d\d_)", "", slug),
        summary=summary.rstrip("…") if not summary.endswith("…") else "",
        date=date_in(time.get("datetime", "")) if time is not None else date_in(stem[:10]),
        writers=(Writer(text_of(author), url=author.get("href", "")),) if text_of(author) else (),
        draft=draft,
        url=address,
        base=address or name,
        others=(name,),
        losses=tuple(losses),
    )


def _first(page: Element, name: str) -> Element:
    return next(iter(by_class(page, name)), new_element("i", []))
