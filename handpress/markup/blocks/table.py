"""Tables: a frame round each, within which a wide one may scroll."""

from __future__ import annotations

from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written
from handpress.markup.tree import Element, classes


def frame(table: Element, written: Written) -> Iterable[Problem]:
    """Put a frame round `table`, if it has none."""
    parent = written.parent
    if "table" in classes(parent):
        return ()
    around = Element("div", {"class": "table"})
    for key in ("id", "only"):
        if key in table.attrib:
            around.set(key, table.attrib.pop(key))
    around.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = around
    around.append(table)
    return ()
