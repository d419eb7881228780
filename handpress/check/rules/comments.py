"""Comments to `check` itself: those with an unknown code, and those that ignore nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence

from handpress.check.ignored import ignored
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind
from handpress.core.problems.problem import Problem, nearest


def unknown(codes: Collection[str]) -> Callable[[Page], Iterator[Found]]:
    """Return a function that finds the codes in comments that are not among the `codes` of the rules."""

    def find(page: Page) -> Iterator[Found]:
        for each in ignored(page):
            if each.code not in codes:
                place = page.place(each.start, each.start + len(each.code))
                yield Found(place, {"written": each.code}, nearest(each.code, codes))

    return find


def unused(page: Page, problems: Sequence[Problem], tried: Container[str]) -> Iterator[Found]:
    """Yield codes in comments whose rules were `tried` and found nothing there."""
    for each in ignored(page):
        if each.code in tried and each.code != _UNUSED and not any(map(each.covers, problems)):
            yield Found(page.place(each.start, each.start + len(each.code)), {"written": each.code})


_UNKNOWN, _UNUSED = "unknown-rule", "unused-ignore"


def rules_about(codes: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules on comments about rules that have these `codes`, or about themselves."""
    return (
        Rule(
            code=_UNKNOWN,
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
            find=unknown({*codes, _UNKNOWN, _UNUSED}),
        ),
        Rule(
            code=_UNUSED,
            kind=Kind(
                "warning",
                "comment that ignores nothing",
                "`{written}` has nothing to report there",
                "delete the code from the comment, or move the comment to the line above its block",
            ),
            reason="A comment that outlives its reason hides the next problem of that kind.",
            source="the rules of `check`",
            bad=Example(
                "# Knees\n\n<!-- check: ignore repeated-word, ⟦double-space⟧ -->\n\nSit down down.\n\n"
                "<!-- check: ignore ⟦repeated-word⟧ -->\n\nLie.\n\nLie down down.\n"
            ),
            good=Example(
                "# Knees\n\n<!-- check: ignore repeated-word -->\n\nSit down down.\n\n"
                "<!-- check: ignore-file repeated-word -->\n\nLie.\n\nLie down down.\n"
            ),
            among=unused,
        ),
    )
