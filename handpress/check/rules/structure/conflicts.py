"""Conflicts: the marks that Git leaves in a text of which two versions were not merged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_BEGIN = re.compile(r"^<{7} .+$", re.M)
_END = re.compile(r"^>{7} .+$", re.M)


def unmerged(page: Page) -> Iterator[Found]:
    """Yield the first mark of each conflict. Those in code are examples."""
    if "\n>>>>>>> " not in page.source:
        return
    code = {n for t in page.code if t.type in ("fence", "code_block") for n in page.lines_of(t)}
    for found in _BEGIN.finditer(page.source):
        line = page.source.count("\n", 0, found.start())
        if line not in code and _END.search(page.source, found.end()):
            yield Found(page.place(*found.span()))


RULES = (
    Rule(
        code="unmerged-text",
        kind=Kind(
            "error",
            "two versions of a text, not merged",
            "both are printed, one after the other, with the marks of Git",
            "keep one version, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
        ),
        reason="Readers cannot tell which of two instructions or doses is meant.",
        source="Git, git-merge (How conflicts are presented)",
        bad=Example(
            "# Knees\n\n⟦<<<<<<< HEAD⟧\nBend it ten times.\n=======\nBend it five times.\n>>>>>>> main\n\nRest.\n"
        ),
        good=Example(
            "# Knees\n\nGit marks a conflict so:\n\n```\n<<<<<<< HEAD\nTen.\n=======\nFive.\n>>>>>>> main\n```\n"
        ),
        find=unmerged,
    ),
)
