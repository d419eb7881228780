"""Notes of Joplin's raw export, which end in facts for Joplin alone: even the place on earth where a note was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator

_NAME = re.compile(r"(?:.*/)?[0-9a-f]{32}\.md")
_FACTS = re.compile(r"\n*(id: [0-9a-f]{32})\n(?:[a-z_]+: ?.*\n)*type_: \d+\s*\Z")


def joplin_notes(locate: Locator) -> Iterator[Problem]:
    """Yield a problem at the first of the facts, if the last paragraph of a text has them."""
    if _NAME.fullmatch(locate.source.path):
        last = max(0, locate.text.rstrip().rfind("\n\n"))
        if found := _FACTS.match(locate.text, last):
            yield problem("joplin-note", locate.source.place(found.start(1), len(found[1])))
