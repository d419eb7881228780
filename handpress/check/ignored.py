"""Ignored places: the comments `<!-- check: ignore CODE -->` of an article, and the lines that they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from handpress.check.page import Page
from handpress.core.problems.problem import Problem

COMMENT = re.compile(r"<!--\s*check:\s*(ignore(?:-file)?)\s+([\w, \t-]+?)\s*-->")


class Ignored(Struct, frozen=True):
    """One code in a comment: its range in the source, and the lines that it covers, from 0."""

    code: str
    start: int
    lines: range

    def covers(self, p: Problem) -> bool:
        """Return whether the comment is for this problem, which is in the same article."""
        return p.code == self.code and p.place.line - 1 in self.lines


def ignored(page: Page) -> Iterator[Ignored]:
    """Yield each code in the comments of a page; those in code are examples."""
    if "check:" not in page.source:
        return
    for found in COMMENT.finditer(page.source, page.article.start):
        line = page.article.source.line_at(found.start())
        if any(t.type in ("fence", "code_block") and line in page.lines_of(t) for t in page.code):
            continue
        lines = range(10**9) if found[1] == "ignore-file" else _next_block(page, line)
        for code in re.finditer(r"[\w-]+", found[2]):
            yield Ignored(code[0], found.start(2) + code.start(), lines)


def _next_block(page: Page, line: int) -> range:
    """Return the lines from a comment to the end of the next block: a paragraph, a list, a table, a box."""
    after = (page.lines_of(t) for t in page.tokens if t.map and t.type != "html_block")
    end = next((lines.stop for lines in after if lines.start > line), line + 1)
    return range(line, end)
