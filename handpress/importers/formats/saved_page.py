"""Saved web pages: "save complete page" with its folder, one `.html` of SingleFile, `.mhtml`, or a folder of them."""

from __future__ import annotations

import email
import email.policy
import json
import posixpath
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urljoin

from handpress.importers.dates import date_in
from handpress.importers.html import (
    by_class,
    excerpt_of,
    find,
    find_all,
    parents_of,
    parse_page,
    text_from,
    words_of,
)
from handpress.importers.leave_out import leave_out, leave_out_code
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.recognise.author_box import take_author_boxes
from handpress.importers.recognise.main_text import main_text, trim_links
from handpress.importers.recognise.pager import links_in_head, take_pager
from handpress.importers.source import Source
from handpress.markup.tree import Element, child_nodes, copy, new_element, serialize, text_of

PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
PARTS = re.compile(r"[^/]+(?:_files|_fichiers|-Dateien|_archivos|\.assets)/")  # of a page beside it
SAVED_FROM = (r"saved from url=\(\d+\)(\S+)", r"Page saved with SingleFile\s+url:\s*(\S+)")
SHARED = re.compile(r"""(--sf-img-\d+):\s*url\(["']?(data:[^"')]+)["']?\)""")


def detect(source: Source) -> bool:
    return bool(_pages(source))


def _pages(source: Source) -> list[str]:
    return [name for name in source.ending(*PAGES) if not PARTS.search(name)]


def read(source: Source) -> Export:
    """Return each page of `source` as a post."""
    posts: list[Post] = []
    losses: list[Loss] = []
    archives: dict[str, bytes] = {}
    site, language = "", ""
    pages = _pages(source)
    for name in pages:
        data = source.read(name)
        if name.lower().endswith((".mhtml", ".mht")):
            markup, parts = _from_mhtml(data, name)
            archives |= parts
        else:
            markup = text_from(data)
        page = parse_page(markup)
        _fill_variables(page, markup)
        address = _address(page, markup)
        try:
            post, names = _post(page, name, address, pages)
        except ImportRefused as error:
            losses.append(Loss(name, "left out", error.reason))
            continue
        posts.append(post)
        site, language = site or names, language or post.language

    def picture(address: str) -> bytes | None:
        if address in archives:
            return archives[address]
        path = posixpath.normpath(unquote(address.partition("?")[0].partition("#")[0]))
        return source.read(path) if source.has(path) else None

    return Export(
        "saved pages",
        tuple(posts),
        site,
        language=language,
        picture=picture,
        losses=tuple(losses),
        web=True,
    )


def _post(page: Element, name: str, address: str, pages: list[str]) -> tuple[Post, str]:
    """Return the article of a page, and the name of its site."""
    body = page.find("body")
    if body is None:
        raise ImportRefused("the page has no body")
    head = page.find("head")
    facts = _facts(page)
    linked = links_in_head(head)
    before, after = take_pager(body)
    heading = next((h for h in find_all(body, lambda e: e.tag == "h1") if text_of(h)), None)
    title = text_of(heading) if heading is not None else ""
    title = facts.get("headline", "") or title or facts.get("og:title", "") or _title(head)
    site = facts.get("og:site_name", "")
    title = re.sub(rf"\s+[|–—-]\s+{re.escape(site)}$", "", title) if site else title
    by = text_of(next(iter(by_class(body, "author-name", "byline", "p-author")), Element("i")))
    named = [
        n
        for n in (facts.get("author", ""), re.sub(r"^(?:by|written by)\s+", "", by, flags=re.I))
        if 0 < len(n) < 60
    ]
    boxes = take_author_boxes(body, tuple(dict.fromkeys(named)))
    writers = boxes or tuple(Writer(n) for n in named[:1])
    time = find(body, lambda e: e.tag == "time" and bool(e.get("datetime")))
    date = date_in(
        facts.get("datePublished", "")
        or facts.get("article:published_time", "")
        or (time.get("datetime", "") if time is not None else "")
    )
    code = leave_out_code(body, name)
    whole = new_element("body", [copy(n) for n in child_nodes(body)])
    leave_out(whole, name, page=True, mark=True)
    original = serialize(whole)
    losses = leave_out(body, name, page=True)
    article, more = _article(body, name, title)
    html = serialize(article)
    base = address or name
    summary = facts.get("description", "")
    opening = " ".join(words_of(article)[:12])
    if summary and opening.startswith(" ".join(words_of(new_element("p", [summary]))[:6])):
        summary = ""
    tags = tuple(filter(None, (t.strip() for t in facts.get("keywords", "").split(","))))
    return Post(
        address or name,
        name,
        title or posixpath.splitext(posixpath.basename(name))[0],
        html,
        slug=_slug(address, name),
        summary=summary,
        date=date,
        writers=writers,
        tags=tags,
        url=address,
        image="",
        language=(page.get("lang") or "").replace("_", "-"),
        base=name,
        before=_neighbour(before or linked[0], name, base, pages),
        after=_neighbour(after or linked[1], name, base, pages),
        original=original,
        losses=(*code, *losses, *more),
    ), site


def _neighbour(written: str, name: str, base: str, pages: list[str]) -> str:
    """Return the address of a neighbour: a page that was saved as well, or one on the web; "" if there is none."""
    if not written:
        return ""
    here = posixpath.normpath(urljoin(name, unquote(written.partition("#")[0])))
    return here if here in pages else urljoin(base, written)


def _slug(address: str, name: str) -> str:
    path = address.partition("?")[0].partition("#")[0].rstrip("/") if address else ""
    stem = posixpath.basename(path.partition("://")[2].partition("/")[2]) if path else ""
    return posixpath.splitext(stem or posixpath.basename(name))[0]


def _article(body: Element, name: str, title: str) -> tuple[Element, list[Loss]]:
    """Return the element with the article, and a loss for each text outside it."""
    best = main_text(body)
    outside = [t for t in _outside(body, best) if t != title]
    losses = [Loss(name, "left out", "text outside the article", t) for t in outside]
    return best, [*losses, *trim_links(best, name)]


def _outside(body: Element, article: Element) -> Iterator[str]:
    inside = set(article.iter())
    parents = parents_of(body)
    around: set[Element] = set()
    element: Element | None = article
    while element is not None:
        around.add(element)
        element = parents.get(element)
    for element in around - {article}:
        for node in child_nodes(element):
            if isinstance(node, str):
                if node.strip():
                    yield " ".join(node.split())
            elif node not in inside and node not in around and text_of(node):
                yield excerpt_of(node)


def _title(head: Element | None) -> str:
    title = head.find("title") if head is not None else None
    return text_of(title) if title is not None else ""


def _facts(page: Element) -> dict[str, str]:
    """Return what the head of a page and its JSON-LD state about it."""
    facts: dict[str, str] = {}
    for meta in page.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if key and meta.get("content"):
            facts.setdefault(key, meta.get("content", "").strip())
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                found = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for thing in _things(found):
                if re.search(r"Article|BlogPosting", str(thing.get("@type", ""))):
                    author = thing.get("author")
                    author = author[0] if isinstance(author, list) and author else author
                    name = author.get("name") if isinstance(author, dict) else author
                    values = {
                        "headline": thing.get("headline"),
                        "datePublished": thing.get("datePublished"),
                        "author": name,
                    }
                    facts |= {
                        k: " ".join(v.split())
                        for k, v in values.items()
                        if isinstance(v, str) and v
                    }
    return facts


def _things(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, list):
        for part in found:
            yield from _things(part)
    elif isinstance(found, dict):
        yield found
        yield from _things(found.get("@graph", []))


def _address(page: Element, markup: str) -> str:
    """Return the address that a page was saved from, "" if it does not have one."""
    for link in page.iter("link"):
        if "canonical" in link.get("rel", "").split() and link.get("href", "").startswith("http"):
            return link.get("href", "")
    for pattern in SAVED_FROM:
        if (found := re.search(pattern, markup[:4000])) and found[1].startswith("http"):
            return found[1]
    url = next(
        (m.get("content", "") for m in page.iter("meta") if m.get("property") == "og:url"), ""
    )
    return url if url.startswith("http") else ""


def _fill_variables(page: Element, markup: str) -> None:
    """Put the pictures of SingleFile that several elements share where they are shown, in place."""
    shared = dict(SHARED.findall(markup))
    for image in page.iter("img") if shared else ():
        if (name := re.search(r"var\((--sf-img-\d+)\)", image.get("style", ""))) and name[
            1
        ] in shared:
            image.set("src", shared[name[1]])


def _from_mhtml(data: bytes, name: str) -> tuple[str, dict[str, bytes]]:
    """Return the page of a web archive, and its other files by their addresses."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    markup, parts = "", {}
    for part in message.walk():
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and not markup:
            markup = text_from(content, part.get_content_charset() or "")
            continue
        if part.get_content_maintype() == "image":
            for address in (
                part.get("Content-Location", ""),
                f"cid:{part.get('Content-ID', '').strip('<>')}",
            ):
                if address not in ("", "cid:"):
                    parts[address] = content
    if not markup:
        raise ImportRefused(f"`{name}` has no page in it", "save the page again")
    location = message.get("Snapshot-Content-Location", "")
    return (
        f"<!-- saved from url=({len(location):04}){location} -->{markup}" if location else markup,
        parts,
    )
