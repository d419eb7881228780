"""The rules of the preflight, one module each, and their table in the order of their findings.

In: the pages. Out: the places that break a rule. A rule has its wording in its module.
Here belongs a check that needs finished pages. Not here: checks of sources, and views that rules share.
"""

from __future__ import annotations

from handpress.press.preflight.rule import Rule
from handpress.press.preflight.rules import (
    clipped,
    clipped_line,
    clipped_picture,
    does_not_fit,
    heading_at_foot,
    low_contrast,
    missing_glyph,
    moved_footnote,
    runs_over,
    small_text,
    split_card,
    table_as_lists,
)

RULES: tuple[Rule, ...] = (
    missing_glyph.RULE,
    clipped.RULE,
    table_as_lists.RULE,
    clipped_picture.RULE,
    clipped_line.RULE,
    moved_footnote.RULE,
    small_text.RULE,
    low_contrast.RULE,
    heading_at_foot.RULE,
    split_card.RULE,
    does_not_fit.RULE,
    runs_over.RULE,
)
