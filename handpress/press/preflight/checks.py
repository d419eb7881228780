"""Preflight: checks of the laid-out pages before they are written.

Each rule looks at the finished pages, independent of their sources, so it works for every layout,
including a workspace's own. Findings have a page but no source line; :mod:`.build.source_map` adds it.
The build judges them: by the levels of the series, a finding may be an error, with which nothing is written.
"""

from __future__ import annotations

from handpress.press.options import RenderOptions
from handpress.press.pages.boxes import PageBoxes
from handpress.press.preflight.rules import RULES
from handpress.press.result import Finding


def preflight(laid: PageBoxes, options: RenderOptions) -> tuple[Finding, ...]:
    """Return everything that is wrong with the pages, rule by rule, in reading order."""
    return tuple(Finding(rule.code, *found) for rule in RULES for found in rule.find(laid, options))
