"""`docs/check.md` lists the rules as they are; ``--rewrite`` writes its list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handpress.check.explain import level_of
from handpress.check.rule import Rule
from handpress.check.rules import GROUPS, RULES
from helpers.workspaces import ROOT

PAGE = ROOT / "docs/check.md"
MARK = "test_check_page.py --rewrite -->\n\n"
TITLES = {"structure": "Structure", "health": "Health sheets", "language": "Plain language"}


def listing() -> str:
    """Return all rules as Markdown."""
    return "\n".join(line for group, rules in GROUPS.items() for line in _section(group, rules))


def _section(group: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"### {TITLES[group]}"
    yield ""
    yield "| code | level | finds | reason |"
    yield "| --- | --- | --- | --- |"
    for rule in rules:
        languages = f" ({', '.join(sorted(rule.languages))})" if rule.languages else ""
        limits = "".join(f"; limit `{name}: {value}`" for name, value in rule.limits.items())
        what = (
            rule.kind.what.replace("`{", "{").replace("}`", "}").replace("{", "*").replace("}", "*")
        )
        reason = f"{rule.reason} ({rule.source})"
        cells = (f"`{rule.code}`", level_of(rule), f"{what}{languages}{limits}", reason)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def test_the_page_lists_the_rules(pytestconfig: pytest.Config) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, mark, listed = text.partition(MARK)
    if pytestconfig.getoption("rewrite"):
        PAGE.write_text(f"{before}{mark}{listing().rstrip()}\n", encoding="utf-8")
        return
    assert listed == f"{listing().rstrip()}\n"


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_on_the_page(code: str) -> None:
    assert f"`{code}`" in PAGE.read_text(encoding="utf-8")
