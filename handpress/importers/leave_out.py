"""Leaving out: the parts of a page that are not its article, each with its kind.

A row names the elements of one kind: by tag, by role, and by words in their classes and ids.
"""

from __future__ import annotations

import re

from msgspec import Struct

from handpress.importers.html import excerpt_of, words_of
from handpress.importers.model import Loss
from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children, text_of

FORM = 60  # words: a form with more of them is around a whole page
MOST = 0.5  # of the words of a tree: a part with more of them is the article, whatever its name


class Row(Struct, frozen=True):
    """The elements of one kind; `only_pages`, if they may be content within the body of an article."""

    kind: str
    names: str
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    only_pages: bool = False


ROWS = (
    Row("cookie notice", r"cookies?|consent|gdpr|cmplz|onetrust|cky|cc-banner|borlabs", ("dialog",), ("dialog", "alertdialog")),
    Row("share buttons", r"share|sharing|sharedaddy|sharethis|addtoany|addthis|a2a|social-?(?:share|links?|icons?|media)?|jp-relatedposts-share|ssba|heateor|post-actions|clap"),
    Row("related posts", r"related|jp-relatedposts|yarpp|recommended|recommendations|more-posts|you-may-also-like|read-next|outbrain|taboola|recent-posts|popular-posts|latest-posts|summary-v2|summary-block"),
    Row("comments", r"comments?|commentlist|comment-respond|respond|disqus|disqus_thread"),
    Row("newsletter form", r"newsletter|subscribe|subscription|signup|sign-up|mc4wp|mailchimp|optin|opt-in|subscription-widget|subscribe-widget|kg-signup-card", ("form",)),
    Row("advertisement", r"ads?|advert|advertisement|adsbygoogle|ad-container|sponsored|promo"),
    Row("navigation", r"nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|skip-link|toc-toggle|site-nav|main-navigation", ("nav",), ("navigation", "menu", "menubar"), only_pages=True),
    Row("header of the site", r"site-header|masthead|header-announcement-bar|page-header-bar", (), ("banner",), only_pages=True),
    Row("footer of the site", r"site-footer|footer-sections|colophon", (), ("contentinfo",), only_pages=True),
    Row("sidebar", r"sidebar|widget-area|widget|secondary", (), ("complementary", "search"), only_pages=True),
    Row("categories and tags", r"post-categories|post-tags|tags-links|cat-links|entry-categories|blog-item-category-wrapper|blog-item-tag-wrapper|tag-list|entry-footer|post-footer-meta", only_pages=True),
    Row("date and author", r"entry-meta|post-meta|blog-item-meta-wrapper|byline|posted-on|entry-date|post-date|author-date|reading-time|meta-info", only_pages=True),
    Row("text for screen readers", r"visually-hidden|screen-reader-text|sr-only|screen-reader-shortcut"),
)  # fmt: skip
HIDDEN_TEXT, WORTH = "hidden text", 8  # words: more may be the answers of questions that fold
CODE = frozenset({"script", "style", "template"})
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
PATTERNS = {row.kind: re.compile(rf"(?:^|__)(?:{row.names})(?:$|[-_]{{1,2}}(?:wrapper|container|section|block|area|list|box|bar|buttons?|banner|popup|notice|title|inner|holder|widget|item|items|form|links?)$)", re.I) for row in ROWS}  # fmt: skip


def leave_out_code(tree: Element, place: str) -> list[Loss]:
    """Remove scripts and stylesheets, whose text is not that of an article, in place."""
    number = 0
    for parent in list(tree.iter()):
        if any(child.tag in CODE for child in parent):
            number += sum(child.tag == "script" for child in parent)
            nodes = list(child_nodes(parent))
            set_children(parent, [n for n in nodes if isinstance(n, str) or n.tag not in CODE])
    return [Loss(place, "left out", "scripts", f"{number} times")] if number else []


def leave_out(tree: Element, place: str, page: bool, mark: bool = False) -> list[Loss]:
    """Remove the parts of `tree` that are not its article, in place; return each of them.

    More kinds are removed from a whole `page` than from the body of an article. A `mark` strikes them out instead.
    """
    losses: list[Loss] = []
    rows = [row for row in ROWS if page or not row.only_pages]
    total = max(len(words_of(tree)), 1)
    stack = [tree]
    while stack:
        parent = stack.pop()
        nodes = list(child_nodes(parent))
        kept: list[Node] = []
        for node in nodes:
            kind = "" if isinstance(node, str) else _kind(node, rows)
            words = len(words_of(node)) if kind and isinstance(node, Element) else 0
            if kind == HIDDEN_TEXT and words >= WORTH and isinstance(node, Element):
                losses.append(Loss(place, "changed", "hidden text is shown", excerpt_of(node)))
                kind = ""
            if not isinstance(node, str) and node.tag == "form" and words > FORM:
                kind = ""
            if isinstance(node, str) or not kind or (words > MOST * total and words > 30):
                kept.append(node)
                stack += [] if isinstance(node, str) else [node]
                continue
            if text_of(node) or node.find(".//img") is not None:
                losses.append(Loss(place, "left out", kind, excerpt_of(node)))
            if mark:
                set_children(node, [new_element("del", list(child_nodes(node)))])
            kept.append(node if mark else " ")
        if any(a is not b for a, b in zip(nodes, kept, strict=True)):
            set_children(parent, kept)
    return losses


def _kind(element: Element, rows: list[Row]) -> str:
    if not isinstance(element.tag, str):
        return ""
    role = element.get("role", "")
    names = [*element.get("class", "").split(), element.get("id", "")]
    for row in rows:
        if element.tag in row.tags or (role and role in row.roles):
            return row.kind
        if any(PATTERNS[row.kind].search(name) for name in names if name):
            return row.kind
    if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")):
        return HIDDEN_TEXT
    return ""
