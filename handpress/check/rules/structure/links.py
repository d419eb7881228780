"""Links: words that do not name their target, and addresses as words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.citations import is_citation
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])+)\](?:\(|\[[^\]]*\])")
_VAGUE = frozenset(
    {
        "here", "click here", "click", "read more", "more", "learn more", "link", "this link", "this", "this page",
        "this article", "this website", "website", "see here", "details", "more information", "more info", "find out more",
        "hier", "hier klicken", "klicken sie hier", "mehr", "mehr lesen", "weiterlesen", "mehr erfahren", "dieser link",
        "aquí", "haga clic aquí", "haz clic aquí", "pulse aquí", "más", "leer más", "más información", "este enlace",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>|(?<![\w(<\"'=\[/])(https?://[^\s<>)\]]*[\w/])")


def vague(page: Page) -> Iterator[Found]:
    """Yield links with words that name no target."""
    for found in _LINK.finditer(page.written):
        words = re.sub(r"[*_\s]+", " ", found[1]).strip(" .:!>→»").casefold()
        if words in _VAGUE:
            yield Found(page.place(*found.span(1)), {"written": found[1]})


def address(page: Page) -> Iterator[Found]:
    """Yield long addresses that are printed as they are."""
    most = page.limits["address-characters"]
    if "://" not in page.written:
        return
    references = [range(b.start, b.end) for b in page.blocks if is_citation(page, b)]
    for found in _ADDRESS.finditer(page.written):
        start, end = found.span(found.lastindex or 0)
        line = page.written.rfind("\n", 0, start) + 1
        before = page.written[line:start]
        if end - start > most and not (
            re.search(r"^ {0,3}\[[^\]]+\]:|\]\($", before) or any(start in r for r in references)
        ):
            yield Found(page.place(start, end), {"amount": end - start})


RULES = (
    Rule(
        code="vague-link",
        kind=Kind(
            "warning",
            "link text names no target",
            "`{written}` means nothing in a list of links, and nothing on paper",
            "name the target in the words of the link",
        ),
        reason="On paper nobody can click, and screen readers list links without their sentences.",
        source="WCAG 2.2, success criterion 2.4.4 (Link Purpose), failure F63",
        bad=Example("# Knees\n\nFor exercises [⟦click here⟧](https://example.org/knees).\n"),
        good=Example("# Knees\n\nSee [exercises for knees](https://example.org/knees).\n"),
        find=vague,
    ),
    Rule(
        code="long-address",
        kind=Kind(
            "advice",
            "long address in the text",
            "its {amount} characters are printed and read out one by one",
            "write `[words](address)`; paper shows a short form of the address",
        ),
        reason="Nobody types a long address from paper, and a screen reader spells it out.",
        source="GOV.UK, Content design: planning, writing and managing content, Links",
        bad=Example(
            "# Knees\n\nSee ⟦https://example.org/health/knees/exercises/for-beginners/at-home.html⟧.\n"
        ),
        good=Example(
            "# Knees\n\nSee https://example.org/knees and [a guide](https://example.org/health/knees/exercises/for-beginners/at-home.html).\n"
        ),
        find=address,
        limits={"address-characters": 50},
    ),
)
