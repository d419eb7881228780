"""Texts of which Git did not merge two versions: it leaves both in the file, between marks (git-merge, How conflicts are presented)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator

_BEGIN = re.compile(r"^<{7} .+$", re.M)
_END = re.compile(r"^>{7} .+$", re.M)


def unmerged(locate: Locator) -> Iterator[Problem]:
    """Yield a problem for the first mark of each conflict. Those in code are examples."""
    for found in _BEGIN.finditer(locate.text):
        if _END.search(locate.text, found.end()):
            yield problem("unmerged-text", locate.source.place(found.start(), len(found[0])))
