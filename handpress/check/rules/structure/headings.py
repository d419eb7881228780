"""Headings: duplicate, empty, or too far apart."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.check.page import WORD, Page
from handpress.check.rule import Example, Found, Rule
from handpress.check.visible import OBJECT
from handpress.core.problems.catalogue import Kind


def duplicate(page: Page) -> Iterator[Found]:
    """Yield headings with the same words as an earlier one of the same section and level."""
    path: list[tuple[int, str]] = []
    known: dict[tuple[tuple[int, str], ...], int] = {}
    for block in page.headings:
        level = block.within.level
        words = " ".join(page.words_of(block).split())
        if OBJECT in words:  # code or a formula: its text is what differs
            words = page.source[block.start : block.end].strip(" #\n").replace("`", "")
        path = [*((n, w) for n, w in path if n < level), (level, words.casefold())]
        if not words:
            continue
        if (first := known.get(tuple(path))) is not None:
            line = page.article.source.line_at(first) + 1
            yield Found(page.at(block.first, block.last), {"written": words, "line": line})
        else:
            known[tuple(path)] = block.start


def empty(page: Page) -> Iterator[Found]:
    """Yield headings without words or picture."""
    for block in page.headings:
        if not page.words_of(block).strip() and "![" not in page.source[block.start : block.end]:
            start = page.start_of(block.within.first)
            yield Found(page.place(start, start + len(page.line(block.within.first))))


def far_apart(page: Page) -> Iterator[Found]:
    """Yield the first paragraph after more words than the limit without a heading."""
    most = page.limits["words-without-heading"]
    count, since = 0, None
    for block in page.blocks:
        if block.kind == "heading":
            count, since = 0, None
        elif block.kind in ("paragraph", "item") and "note" not in block.within.kinds:
            since = since or block
            before = count
            count += len(WORD.findall(page.text, block.first, block.last))
            if before <= most < count and block is not since:
                yield Found(page.at(block.first, _first_word(page, block.first)), {"amount": count})


def _first_word(page: Page, at: int) -> int:
    found = WORD.search(page.text, at)
    return found.end() if found else at + 1


RULES = (
    Rule(
        code="duplicate-heading",
        kind=Kind(
            "warning",
            "duplicate heading `{written}`",
            "line {line} has the same words, in the same section",
            "change one of the two so that each names its own subject",
        ),
        reason="A reader who looks for a section in the contents cannot tell which of the two is meant.",
        source="WCAG 2.2, success criterion 2.4.6 (Headings and Labels)",
        bad=Example("# Knees\n\n## Rest\n\nSit.\n\n## ⟦Rest⟧\n\nLie.\n"),
        good=Example("# Knees\n\n## Rest\n\nSit.\n\n## Rest at night\n\nLie.\n"),
        find=duplicate,
    ),
    Rule(
        code="empty-heading",
        kind=Kind(
            "warning",
            "empty heading",
            "it has no words, so the contents have an empty line",
            "write its words, or delete the line",
        ),
        reason="A screen reader announces a heading and then nothing.",
        source="WCAG 2.2, technique G130 (Providing descriptive headings)",
        bad=Example("# Knees\n\nSit.\n\n⟦## ⟧\n\nLie.\n"),
        good=Example("# Knees\n\nSit.\n\n## Rest\n\nLie.\n"),
        find=empty,
    ),
    Rule(
        code="few-headings",
        kind=Kind(
            "advice",
            "long text without a heading",
            "{amount} words have no heading between them",
            "add a heading here that names what follows",
        ),
        reason="Readers look for their question before they read. Headings let them find it.",
        source="CDC, Simply Put (2009), section 4; AHRQ PEMAT-P, item 9",
        bad=Example(
            "# Knees\n\n" + "The knee bends. " * 60 + "\n\n⟦The⟧ leg is " + "very " * 40 + "long.\n"
        ),
        good=Example("# Knees\n\n" + "The knee bends. " * 60 + "\n\n## Legs\n\nThe leg is long.\n"),
        find=far_apart,
        limits={"words-without-heading": 200},
    ),
)
