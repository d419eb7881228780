"""Google Docs' export as a web page: looks in a stylesheet, flat lists, links by way of a redirect."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qs, urlsplit

from handpress.importers.beside import pictures_beside
from handpress.importers.html import find_all, has_class, parents_of, parse_page, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post
from handpress.importers.source import Source
from handpress.markup.tree import (
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    serialize,
    set_children,
    text_of,
)

MARKS = (
    b"lst-kix_",
    b"https://www.google.com/url?q=",
    b"themes.googleusercontent.com",
    b'doc-content"',  # a class of the body
    b'<meta content="text/html; charset=UTF-8" http-equiv="content-type">',
)
RULE = re.compile(r"\.(c\d+)\s*\{([^}]*)\}")
LOOKS = (
    ("strong", r"font-weight:\s*(?:bold|[67]00)"),
    ("em", r"font-style:\s*italic"),
    ("del", r"text-decoration:\s*line-through"),
    ("sup", r"vertical-align:\s*super"),
    ("sub", r"vertical-align:\s*sub"),
    ("code", r"font-family:[^;]*(?:Courier|Consolas|Mono)"),
)
LIST = re.compile(r"(lst-kix_\w+)-(\d)$")


def detect(source: Source) -> bool:
    return bool(_pages(source))


def _pages(source: Source) -> list[str]:
    return [
        n
        for n in source.ending(".html", ".htm")
        if sum(mark in source.read(n) for mark in MARKS) > 1
    ]


def read(source: Source) -> Export:
    posts: list[Post] = []
    losses: list[Loss] = []
    for name in _pages(source):
        try:
            posts.append(_post(parse_page(text_from(source.read(name))), name))
        except ImportRefused as error:
            losses.append(Loss(name, "left out", error.reason))
    title = "" if len(posts) != 1 else posts[0].title
    return Export(
        "Google Docs",
        tuple(posts),
        title,
        picture=pictures_beside(source),
        ordered=True,
        losses=tuple(losses),
    )


def _post(page: Element, name: str) -> Post:
    body = page.find("body")
    if body is None:
        raise ImportRefused("the page has no body")
    rules = {m[1]: m[2] for style in page.iter("style") for m in RULE.finditer(style.text or "")}
    losses = _without_comments(body, name)
    titles = [e for e in body.iter("p") if has_class(e, "title")]
    subtitles = [text_of(e) for e in body.iter("p") if has_class(e, "subtitle")]
    title = text_of(titles[0]) if titles else ""
    for parent in list(body.iter()):
        taken = [c for c in parent if c.tag == "p" and has_class(c, "title", "subtitle")]
        if taken:
            set_children(parent, [n for n in child_nodes(parent) if n not in taken])
    _links(body)
    _looks(body, rules)
    _nest(body)
    stem = posixpath.splitext(posixpath.basename(name))[0]
    found = page.find("head/title")
    title = title or (text_of(found) if found is not None else "") or re.sub(r"[_-]+", " ", stem)
    return Post(
        name,
        name,
        title,
        serialize(body),
        slug=stem,
        summary=(subtitles or [""])[0],
        base=name,
        losses=tuple(losses),
    )


def _without_comments(body: Element, name: str) -> list[Loss]:
    losses = []
    for link in [e for e in body.iter("a") if re.match(r"#cmnt(?:_ref)?\d+$", e.get("href", ""))]:
        parents = parents_of(body)
        back = link.get("href", "").startswith("#cmnt_ref")
        element = link
        while (
            element in parents
            and (parents[element].tag != "body")
            and (back or text_of(parents[element]) == text_of(link))
        ):
            element = parents[element]
        if back:
            losses.append(Loss(name, "left out", "a comment", text_of(element)[:120]))
        if element in parents:
            parent = parents[element]
            set_children(parent, [n for n in child_nodes(parent) if n is not element])
    return losses


def _links(body: Element) -> None:
    for link in body.iter("a"):
        pieces = urlsplit(link.get("href", ""))
        if pieces.hostname == "www.google.com" and pieces.path == "/url":
            link.set("href", (parse_qs(pieces.query).get("q") or [link.get("href", "")])[0])


def _looks(body: Element, rules: dict[str, str]) -> None:
    """Turn the looks that classes give to spans into elements, in place."""
    for span in [e for e in body.iter("span") if text_of(e)]:
        style = ";".join([*(rules.get(c, "") for c in classes(span)), span.get("style", "")])
        inside: list[Node] = list(child_nodes(span))
        only_note = len(span) == 1 and span[0].tag == "sup"
        for tag, pattern in LOOKS:
            if re.search(pattern, style) and not (tag == "sup" and only_note):
                inside = [new_element(tag, inside)]
        span.attrib.pop("style", None)
        set_children(span, inside)


def _nest(body: Element) -> None:
    """Put lists of a deeper level into the item above, in place: the export has them one after the other."""
    for parent in {
        parents_of(body).get(e) for e in find_all(body, lambda e: _level(e) is not None)
    } - {None}:
        assert parent is not None
        open_: list[tuple[int, Element]] = []
        nodes: list[Node] = []
        for node in list(child_nodes(parent)):
            level = _level(node) if isinstance(node, Element) else None
            if level is None or isinstance(node, str):
                if not isinstance(node, str) or node.strip():
                    open_ = []
                nodes.append(node)
                continue
            while open_ and open_[-1][0] > level:
                open_.pop()
            if open_ and open_[-1][0] == level and open_[-1][1].tag == node.tag:
                open_[-1][1].extend(list(node))
                continue
            while open_ and open_[-1][0] >= level:
                open_.pop()
            if open_ and len(open_[-1][1]):
                open_[-1][1][-1].append(node)
                node.tail = None
            else:
                nodes.append(node)
            open_.append((level, node))
        set_children(parent, nodes)


def _level(element: Element) -> int | None:
    if element.tag not in ("ul", "ol"):
        return None
    found = next((m for c in classes(element) if (m := LIST.match(c))), None)
    return int(found[2]) if found else None
