"""`docs/check.md` lists the rules as they are; ``--rewrite`` writes its list."""

from __future__ import annotations

import pytest

from handpress.check.explain import listing
from handpress.check.rules import RULES
from helpers.workspaces import ROOT

PAGE = ROOT / "docs/check.md"
MARK = "test_check_page.py --rewrite -->\n\n"


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
