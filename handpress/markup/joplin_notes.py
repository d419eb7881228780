"""Notes of Joplin's raw export, which end in facts for Joplin alone: even the place on earth where a note was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.core.problems.problem import Problem, problem
from handpress.markup.positions import Locator

_NAME = re.compile(r"(?:.*/)?[0-9a-f]{32}\.md")
_FACTS = re.compile(r"^id: [0-9a-f]{32}\n(?:[a-z_]+: ?.*\n)*type_: \d+\s*\Z", re.M)


def joplin_notes(locate: Locator) -> Iterator[Problem]:
    """Yield a problem at the first of the facts, if a text has them."""
    if _NAME.fullmatch(locate.source.path) and (found := _FACTS.search(locate.text)):
        yield problem("joplin-note", locate.source.place(found.start(), found[0].index("\n")))
