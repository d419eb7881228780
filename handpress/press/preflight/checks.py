"""Preflight: checks of the laid-out pages before they are written.

Each rule looks at the finished pages, independent of their sources, so it works for every layout,
including a workspace's own. Findings have a page but no source line; :mod:`.build.source_map` adds it.
"""

from __future__ import annotations

from collections.abc import Iterable

from handpress.press.options import RenderOptions
from handpress.press.pdf.boxes import PageBoxes
from handpress.press.preflight.rules import RULES
from handpress.press.result import Finding

FATAL = frozenset(rule.code for rule in RULES if rule.fatal)


def preflight(laid: PageBoxes, options: RenderOptions) -> tuple[Finding, ...]:
    """Return everything that is wrong with the pages, rule by rule, in reading order."""
    return tuple(Finding(rule.code, *found) for rule in RULES for found in rule.find(laid, options))


def any_fatal(findings: Iterable[Finding]) -> bool:
    """Return whether a reader would lose something: the artefact is not made."""
    return any(found.code in FATAL for found in findings)
