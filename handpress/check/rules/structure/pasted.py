"""Pasted and half deleted text: what Markdown reads as something else than its author saw."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import normalizeReference

from handpress.check.page import WORD, Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_WORDS = 6  # of prose in a row, which few lines of code have
_PROSE = re.compile(r"[^\W\d_][^{}=<>;_\\|$`]*[^\W\d_][.,:!?)”\"’]?")
_HEADING = 8  # words of a heading, as a rule
_BOLD = re.compile(r"(?P<marks>\*\*|__)(?P<words>[^*_\n]*[^\W_][^*_\n]*[^\W_]\??)(?P=marks)")
_ROW = re.compile(r"[^\t\n]*\w[^\t\n]*(?:\t+[^\t\n]*\w[^\t\n]*)+")
_UNDEFINED = re.compile(
    r"(?<![\w\[\]\\])\[(?P<words>(?!\^)[^\[\]\n]*[^\W\d_][^\[\]\n]*)\]\[(?P<label>(?!\^)[^\[\]\n]*)\](?![\[\](:])"
)
_DEFINED = re.compile(r"^[ \t>]*\[([^\[\]\n]+)\]:", re.M)


def indented(page: Page) -> Iterator[Found]:
    """Yield prose that is code because its lines begin with four spaces or a tab."""
    for token in page.code:
        if token.type != "code_block":
            continue
        lines = [line.strip() for line in token.content.splitlines() if line.strip()]
        words = WORD.findall(" ".join(lines))
        if len(words) >= _WORDS and all(map(_PROSE.fullmatch, lines)):
            number = page.lines_of(token).start
            start, line = page.start_of(number), page.line(number)
            yield Found(page.place(start + len(line) - len(line.lstrip()), start + len(line)))


def tabbed(page: Page) -> Iterator[Found]:
    """Yield rows of a table that was pasted with tabs between its cells: two of them, with as many tabs each."""
    for block in page.blocks:
        if block.kind != "paragraph" or "\t" not in page.source[block.start : block.end]:
            continue
        rows = page.source[block.start : block.end].split("\n")
        alike = {len(re.findall(r"\t+", row)) for row in rows}
        if len(rows) > 1 and len(alike) == 1 and all(_ROW.fullmatch(r.strip()) for r in rows):
            yield Found(page.place(block.start, block.start + len(rows[0])))


def bold(page: Page) -> Iterator[Found]:
    """Yield bold lines with a paragraph of their own, in place of headings: those above another paragraph or a list."""
    for block, below in zip(page.blocks, page.blocks[1:], strict=False):
        written = page.source[block.start : block.end]
        found = _BOLD.fullmatch(written)
        if (
            found
            and block.kind == "paragraph"
            and not block.within.inside
            and below.kind in ("paragraph", "item")
            and not _BOLD.fullmatch(page.source[below.start : below.end])
            and len(WORD.findall(found["words"])) <= _HEADING
        ):
            yield Found(page.place(block.start, block.end), {"words": found["words"]})


def undefined(page: Page) -> Iterator[Found]:
    """Yield links to an address that no line defines, which are printed with their brackets."""
    defined = {normalizeReference(found[1]) for found in _DEFINED.finditer(page.written)}
    for found in _UNDEFINED.finditer(page.written, page.article.start):
        label = found["label"] or found["words"]
        if normalizeReference(label) not in defined:
            yield Found(page.place(*found.span()), {"label": label})


def unclosed_comment(page: Page) -> Iterator[Found]:
    """Yield the beginning of a comment that is printed, since no end follows."""
    at = page.written.find("<!--", page.article.start)  # it has no comment that ends
    if at >= 0:
        yield Found(page.place(at, at + len("<!--")))


_SEE = "See [the knee][knee]."
RULES = (
    Rule(
        code="indented-text",
        kind=Kind(
            "warning",
            "text is printed as code",
            "lines that begin with four spaces or a tab are code",
            "delete the spaces at the beginning of its lines; if it is code, put a line of three backticks above and below it",
        ),
        reason="Word processors indent the first line of a paragraph. Code has another typeface, and its lines do not wrap.",
        source="CommonMark 0.31, section 4.4 (Indented code blocks)",
        bad=Example("# Knees\n\n    ⟦Rest the knee for a day, then begin to walk.⟧\n"),
        good=Example("# Knees\n\nRest.\n\n    handpress check --explain long-sentence my-clinic\n"),
        find=indented,
    ),
    Rule(
        code="tabs-as-table",
        kind=Kind(
            "warning",
            "table with tabs is printed as one paragraph",
            "Markdown knows no table with tabs between its cells",
            "write `| Food | Days |`, and `| --- | --- |` below the first row",
        ),
        reason="Cells of a table that run into each other pair a dose with the wrong day.",
        source="GitHub Flavored Markdown, section 4.10 (Tables)",
        bad=Example("# Knees\n\n⟦Food\tDays⟧\nBread\t3\n"),
        good=Example("# Knees\n\n| Food | Days |\n| --- | --- |\n| Bread\t| 3 |\n"),
        find=tabbed,
    ),
    Rule(
        code="bold-as-heading",
        kind=Kind(
            "advice",
            "bold line in place of a heading",
            "contents, bookmarks and screen readers do not know it as one",
            "write `## {words}` if it names what follows",
        ),
        reason="Readers who hear a page or search its contents jump from heading to heading, and past bold text.",
        source="WCAG 2.2, failure F2 (changes in text presentation that convey information)",
        bad=Example("# Knees\n\n⟦**The first week**⟧\n\nWalk for ten minutes.\n"),
        good=Example("# Knees\n\n**Walk** for ten minutes.\n\n**Do not run.**\n\nRest.\n"),
        find=bold,
    ),
    Rule(
        code="undefined-link",
        kind=Kind(
            "warning",
            "link without its address",
            "it is printed as written: no line begins with `[{label}]:`",
            "write `[{label}]: https://example.org/`, with its address, on a line of its own",
        ),
        reason="Readers see brackets, and no link.",
        source="CommonMark 0.31, section 6.3 (Links)",
        bad=Example(f"# Knees\n\n{_SEE.replace('[the knee][knee]', '⟦[the knee][knee]⟧')}\n"),
        good=Example(f"# Knees\n\n{_SEE}\n\n[knee]: https://example.org/knee\n"),
        find=undefined,
    ),
    Rule(
        code="unclosed-comment",
        kind=Kind(
            "warning",
            "comment without its end",
            "it is printed, since no `-->` follows",
            "write `-->` where it ends, or delete it",
        ),
        reason="A note that its author hid is printed for readers.",
        source="HTML Living Standard, section 13.1.6 (Comments)",
        bad=Example("# Knees\n\n⟦<!--⟧ ask Ada\n\nRest.\n"),
        good=Example("# Knees\n\n<!-- ask Ada -->\n\nRest.\n"),
        find=unclosed_comment,
    ),
)
