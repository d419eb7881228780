"""Tick lists: a list whose items begin with a box to tick."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written
from handpress.markup.tree import Element

_TICK = re.compile(r"\s*\[([ xX])\]\s+")


def tick_list(items: Element, written: Written) -> Iterable[Problem]:
    """Turn the `items` that begin with ``[ ]`` or ``[x]`` into ticks."""
    for item in items.findall("li"):
        first = (
            item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        )
        if found := _TICK.match(first.text or ""):
            first.text = (first.text or "")[found.end() :]
            item.set("class", "tick done" if found[1] in "xX" else "tick")
            # A box to tick takes the place of a number.
            items.tag = "ul"
            items.attrib.pop("start", None)
            items.attrib.pop("reversed", None)
            items.set("class", "ticks")
    return ()
