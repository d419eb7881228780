"""Stylesheets of pages in two directions: rules with a left or a right side are there once for each.

Cells that run against the sheet have a class, and everything in them gets the mirrored rule. `:where()` adds nothing
to the weight of a selector, so the cascade stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from handpress.core.direction import Direction
from handpress.layout.css.rtl import UPRIGHT, mirrored

TURNED = "turned"  # the class of what runs against its sheet


@lru_cache(maxsize=64)
def two_ways(css: str, way: Direction) -> str:
    """`css` for a page that runs `way`, in which turned elements run the other way."""
    import tinycss2

    sheet = css if way == "ltr" else mirrored(css)
    inside, outside = f":where(.{TURNED} *)", f":where(:not(.{TURNED} *))"
    both = "".join(_both(rule, inside, outside) for rule in tinycss2.parse_stylesheet(sheet))
    upright = tinycss2.parse_stylesheet(UPRIGHT, skip_whitespace=True)
    from_right = inside if way == "ltr" else outside
    return both + "".join(
        f"{_with(rule.prelude, from_right)} {{{tinycss2.serialize(rule.content)}}}\n"
        for rule in upright
    )


def _both(rule: Any, inside: str, outside: str) -> str:
    import tinycss2

    if rule.type == "at-rule" and rule.lower_at_keyword in ("layer", "media") and rule.content:
        rules = tinycss2.parse_rule_list(rule.content)
        within = "".join(_both(each, inside, outside) for each in rules)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{within}}}"
    if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() == ":root":
        return str(rule.serialize())
    written = tinycss2.serialize(rule.content)
    other = mirrored(written)
    if other == written:
        return str(rule.serialize())
    return (
        f"{_with(rule.prelude, outside)} {{{written}}}\n{_with(rule.prelude, inside)} {{{other}}}\n"
    )


def _with(prelude: Sequence[Any], condition: str) -> str:
    """Return the selectors of a rule with a condition for their subjects, before pseudo-elements."""
    import tinycss2

    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    parted = (tinycss2.serialize(s).strip().partition("::") for s in selectors)
    return ", ".join(f"{subject}{condition}{mark}{pseudo}" for subject, mark, pseudo in parted)
