"""Pagers: the links to the previous and the next article, which give the order."""

from __future__ import annotations

import re

from handpress.importers.html import ancestors, has_class, parents_of
from handpress.markup.tree import Element, child_nodes, set_children, text_of

PREVIOUS = re.compile(
    r"^\W*(?:previous|prev|older|vorheriger?|zurück|anterior|précédent|vorige)\b", re.I
)
NEXT = re.compile(r"^\W*(?:next|newer|nächster?|weiter|siguiente|suivant|volgende)\b", re.I)
SIDES = (
    ("before", "prev", PREVIOUS, re.compile(r"(?:^|[-_\s])prev(?:ious)?(?:$|\s)")),
    ("after", "next", NEXT, re.compile(r"(?:^|[-_\s])next(?:$|\s)")),
)
PAGERS = ("item-pagination", "post-navigation", "nav-links", "post-nav", "pagination", "navigation", "pager",
          "blog-pager", "post-pagination", "entry-navigation", "previous-next", "prev-next")  # fmt: skip


def take_pager(tree: Element) -> tuple[str, str]:
    """Remove the links to the neighbours of an article, in place; return their addresses, previous and next."""
    parents = parents_of(tree)
    found = {"before": "", "after": ""}
    taken: list[Element] = []
    for link in [e for e in tree.iter("a") if e.get("href")]:
        side = _side(link, parents)
        if side and not found[side]:
            found[side] = link.get("href", "")
            taken.append(link)
    for link in taken:
        around = [link, *ancestors(link, parents)]
        boxes = [e for e in around if has_class(e, *PAGERS) or e.tag == "nav"]
        links = len([b for b in boxes[-1:] for _ in b.iter("a")])
        box = boxes[-1] if boxes and links <= 3 else link
        parent = parents.get(box)
        if parent is not None and box in list(parent):
            set_children(parent, [n for n in child_nodes(parent) if n is not box])
    return found["before"], found["after"]


def links_in_head(head: Element | None) -> tuple[str, str]:
    """Return the addresses of both neighbours that the head of a page gives."""
    sides = {"prev": "", "next": ""}
    for link in head.iter("link") if head is not None else ():
        if link.get("rel") in sides:
            sides[link.get("rel", "")] = link.get("href", "")
    return sides["prev"], sides["next"]


def _side(link: Element, parents: dict[Element, Element]) -> str:
    """Return the side that a link leads to, by its relation, its words, or the classes that only it has."""
    around = [link, *ancestors(link, parents)]
    in_pager = any(has_class(e, *PAGERS) or e.tag == "nav" for e in around)
    own = [e for e in around[:3] if len(list(e.iter("a"))) == 1]
    names = " ".join(e.get("class", "") for e in own)
    for side, rel, words, name in SIDES:
        if link.get("rel") == rel or (
            in_pager and (words.match(text_of(link)) or name.search(names))
        ):
            return side
    return ""
