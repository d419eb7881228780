"""Care boxes: when to stop and when to call, in three levels."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written, titled_box
from handpress.markup.tree import Element, child_nodes, new_element, set_children

LEVELS = ("emergency", "urgent", "advice")


def care(box: Element, written: Written) -> Iterable[Problem]:
    """Turn `box` into a care box: its level in words, then title and text."""
    titled_box(box, written)
    box.set("class", f"care {written.name}")
    level = new_element("p", [], {"class": "level", "data-word": written.name})
    set_children(box, [level, *child_nodes(box)])
    return ()
