"""Comments to `check` itself: those with an unknown code."""

from __future__ import annotations

from collections.abc import Iterator

from handpress.check.ignored import ignored
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.catalogue import Kind
from handpress.core.problem import nearest


def unknown(page: Page) -> Iterator[Found]:
    """Return codes in comments that no rule has."""
    from handpress.check.rules import RULES

    for each in ignored(page):
        if each.code not in RULES:
            place = page.place(each.start, each.start + len(each.code))
            yield Found(place, {"written": each.code}, nearest(each.code, RULES))


RULES = (
    Rule(
        code="unknown-rule",
        kind=Kind(
            "warning",
            "unknown rule in a comment",
            "no rule of `check` has the code `{written}`, so nothing is ignored",
            "write the code as in the brackets of its message, such as `few-headings`",
        ),
        reason="A misspelt comment ignores nothing, and its author believes that it does.",
        source="the rules of `check`",
        bad=Example("# Knees\n\n<!-- check: ignore ⟦few-heading⟧ -->\n\nSit.\n"),
        good=Example("# Knees\n\n<!-- check: ignore few-headings -->\n\nSit.\n"),
        find=unknown,
    ),
)
