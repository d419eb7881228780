"""Ids: give every heading of an article one, and make each id global and unique."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator
from handpress.markup.tree import HEADINGS, Element, text_of
from handpress.series.anchors import Anchor
from handpress.series.article import global_id


def set_ids(
    trees: Sequence[Element], given: Set[str], locate: Locator, slug: str
) -> tuple[list[Anchor], list[Problem]]:
    """Set the global ids of an article's `trees`; those that are `given` are taken already.

    Return an anchor for each, and a problem for each id that an author set twice.
    """
    from markdown.extensions.toc import slugify_unicode

    anchors: list[Anchor] = []
    problems: list[Problem] = []
    taken = set(given)
    elements = [e for tree in trees for e in tree.iter()]
    for element in elements:
        if element.tag in HEADINGS and not element.get("id"):
            element.set("id", slugify_unicode(text_of(element), "-") or "section")
    titles = {name: text_of(e) for e in elements if e.tag in HEADINGS for name in e.iter("a")}
    set_by_hand: dict[str, int] = {}
    for element in elements:
        local = element.get("id")
        if local is None:
            continue
        if not local.strip():
            del element.attrib["id"]
            continue
        made = global_id(slug, local)
        if made in taken:
            by_hand = rf"(?:\bid=[\"']?|\{{[^}}\n]*#){re.escape(local)}(?![\w-])"
            if local not in set_by_hand:
                set_by_hand[local] = len(re.findall(by_hand, locate.text))
                locate.next(by_hand)  # the first may have the name
            if set_by_hand[local] > 1:
                problems.append(problem("duplicate-id", locate.next(by_hand), id=local))
            made = free_id(made, taken)
        taken.add(made)
        element.set("id", made)
        level = int(element.tag[1]) if element.tag in HEADINGS else 0
        title = text_of(element) if level else titles.get(element, _caption(element))
        anchors.append(Anchor(made, title, level))
    return anchors, problems


def _caption(element: Element) -> str:
    caption = element.find("figcaption") if element.tag == "figure" else element.find("caption")
    return text_of(caption) if caption is not None else ""


def free_id(wanted: str, taken: Set[str]) -> str:
    """Return `wanted`; if it is `taken`, with the lowest number at its end that makes it unused."""
    if wanted not in taken:
        return wanted
    # Doubling, then halving: a page of one name must not be searched from 1 for each of them.
    high = 1
    while f"{wanted}_{high}" in taken:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{wanted}_{middle}" in taken else (low, middle)
    return f"{wanted}_{high}"
