"""WordPress's export (WXR), which Squarespace writes as well: posts, pages, authors and addresses of pictures."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from handpress.importers.beside import pictures_beside
from handpress.importers.dates import date_in
from handpress.importers.formats.wordpress_text import Gallery, to_html
from handpress.importers.html import parse_xml
from handpress.importers.model import Export, Loss, Post, Writer
from handpress.importers.source import Source
from handpress.markup.tree import Element

OWN = ("attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request",
       "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
       "wp_font_face", "acf-field", "acf-field-group", "elementor_library", "et_pb_layout")  # fmt: skip
TAG = re.compile(r"</?(?:em|strong|b|i|u|s|sup|sub|mark|span|br|code|small|q|del|ins)\b[^>]*>")
GONE = ("trash", "auto-draft", "inherit")
PLACEHOLDER = {"(no title)", "untitled"}


def detect(source: Source) -> bool:
    return bool(_files(source))


def _files(source: Source) -> list[str]:
    return [n for n in source.ending(".xml") if b"xmlns:wp=" in source.read(n)[:20_000]]


class Item(Struct, frozen=True):
    """An `item` of the export: its plain values by name, and its element."""

    values: Mapping[str, str]
    element: Element
    meta: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.values.get(name, "")


def read(source: Source) -> Export:
    """Return all posts and pages of an export, which may be in several files."""
    items: list[Item] = []
    channel: dict[str, str] = {}
    writers: dict[str, Writer] = {}
    squarespace = False
    for name in _files(source):
        data = source.read(name)
        squarespace = squarespace or b"squarespace" in data[:20_000].lower()
        root = parse_xml(data, name)
        for part in root.iter("channel"):
            channel |= {k: v for k, v in _values(part).items() if k not in channel}
            writers |= _writers(part)
            items += [_item(element) for element in part.iter("item")]
    pictures = {i.get("post_id"): i for i in items if i.get("post_type") == "attachment"}
    losses = list(_left_out(items))
    posts = [_post(i, items, pictures, writers) for i in items if _wanted(i)]
    return Export(
        "Squarespace" if squarespace else "WordPress",
        tuple(posts),
        channel.get("title", ""),
        channel.get("description", ""),
        _language(channel.get("language", "")),
        channel.get("link", ""),
        pictures_beside(source),
        losses=tuple(losses),
        web=True,
    )


def _wanted(item: Item) -> bool:
    if item.get("status") in GONE or item.get("post_type") in OWN:
        return False
    return item.get("post_type") in ("post", "page", "") or bool(item.get("content").strip())


def _left_out(items: list[Item]) -> Iterator[Loss]:
    kinds = Counter(
        i.get("post_type")
        for i in items
        if i.get("post_type") in OWN and i.get("post_type") not in ("attachment", "wp_block")
    )
    for kind, number in sorted(kinds.items()):
        yield Loss(
            "the export", "left out", f"{number} entries of the type `{kind}`, which is not text"
        )
    for item in items:
        if item.get("status") in ("trash", "auto-draft"):
            yield Loss(
                item.get("title") or item.get("post_id"),
                "left out",
                "it is in the trash of WordPress",
            )


def _values(element: Element) -> dict[str, str]:
    """Return the texts of the children of `element` by their names without namespace."""
    found: dict[str, str] = {}
    for child in element:
        space, _, name = str(child.tag).rpartition("}")
        if name == "encoded":
            name = "excerpt" if "excerpt" in space else "content"
        if child.text and not len(child):
            found.setdefault(name, child.text.strip())
    return found


def _item(element: Element) -> Item:
    meta = {}
    for child in element:
        if str(child.tag).endswith("}postmeta"):
            pair = _values(child)
            meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
    return Item(_values(element), element, meta)


def _writers(channel: Element) -> dict[str, Writer]:
    found = {}
    for child in channel:
        if str(child.tag).endswith("}author"):
            values = _values(child)
            full = f"{values.get('author_first_name', '')} {values.get('author_last_name', '')}".strip()
            name = values.get("author_display_name") or full or values.get("author_login", "")
            if name:
                found[values.get("author_login", name)] = Writer(name)
    return found


def _post(
    item: Item, items: list[Item], pictures: Mapping[str, Item], writers: Mapping[str, Writer]
) -> Post:
    title = " ".join(html.unescape(TAG.sub("", item.get("title"))).split())
    place = title or f"post {item.get('post_id')}"
    losses: list[Loss] = []
    reusable = {
        i.get("post_id"): i.get("content") for i in items if i.get("post_type") == "wp_block"
    }

    def gallery(numbers: str) -> Gallery:
        wanted = [n.strip() for n in numbers.split(",") if n.strip()]
        own = [i for i in pictures.values() if i.get("post_parent") == item.get("post_id")]
        return [
            _picture(i) for i in ([pictures[n] for n in wanted if n in pictures] if wanted else own)
        ]

    body = to_html(item.get("content"), place, gallery, reusable, _notes(item), losses)
    login = item.get("creator")
    comments = sum(1 for c in item.element if str(c.tag).endswith("}comment"))
    if comments:
        losses.append(Loss(place, "left out", f"{comments} comments"))
    kind = item.get("post_type")
    if kind not in ("post", "page", ""):
        losses.append(Loss(place, "guessed", f"an entry of the type `{kind}` is an article"))
    status = item.get("status")
    draft = status not in ("publish", "") or bool(item.get("post_password"))
    if item.get("post_password"):
        losses.append(Loss(place, "changed", "a post with a password is a draft"))
    elif status in ("private", "pending", "future"):
        losses.append(Loss(place, "changed", f"a post that is {status} is a draft"))
    image = pictures.get(item.meta.get("_thumbnail_id", ""))
    terms = [
        c
        for c in item.element
        if c.tag == "category" and c.get("domain") in ("category", "post_tag")
    ]
    tags = dict.fromkeys(
        " ".join((c.text or "").split()) for c in terms if c.get("nicename") != "uncategorized"
    )
    link = item.get("link")
    return Post(
        item.get("guid") or link or item.get("post_id"),
        place,
        "" if title.lower() in PLACEHOLDER else title,
        body,
        slug=unquote(item.get("post_name")).rstrip("/").rpartition("/")[2],
        summary=_plain(item.get("excerpt") or item.meta.get("_yoast_wpseo_metadesc", "")),
        date=date_in(item.get("post_date")) or date_in(item.get("pubDate")),
        writers=_authors(item, writers.get(login) or (Writer(login) if login else None)),
        tags=tuple(t for t in tags if t),
        draft=draft,
        page=kind == "page",
        url=link if not draft else "",
        image=_picture(image)[0] if image else "",
        base=link,
        others=tuple(filter(None, (item.get("guid"), link))),
        losses=tuple(losses),
    )


def _authors(item: Item, usual: Writer | None) -> tuple[Writer, ...]:
    """Return the authors of an item: those of the plug-in Co-Authors Plus, or its creator."""
    several = [
        c for c in item.element if c.tag == "category" and c.get("domain") == "author" and c.text
    ]
    if several:
        return tuple(Writer(str(c.text).strip()) for c in several)
    return (usual,) if usual else ()


def _picture(item: Item) -> tuple[str, str, str]:
    """Return the address, the description and the caption of an attachment."""
    alt = item.meta.get("_wp_attachment_image_alt", "")
    return item.get("attachment_url") or item.get("guid"), alt, item.get("excerpt")


def _notes(item: Item) -> dict[str, str]:
    """Return the footnotes of the block editor, by their names."""
    try:
        found: Any = json.loads(item.meta.get("footnotes") or "[]")
        return {str(n["id"]): str(n["content"]) for n in found}
    except (ValueError, KeyError, TypeError):
        return {}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>|\[/?\w+[^\]]*\]", " ", text).split())


def _language(written: str) -> str:
    pieces = written.replace("_", "-").split("-")
    return "-".join([pieces[0].lower(), *(p.upper() if len(p) == 2 else p for p in pieces[1:])])
