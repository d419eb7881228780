"""Definitions of links with attributes: `[knee]: knee.jpg "The knee" width=40px`, as in MultiMarkdown."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock

from handpress.markup.dialect.lines import indented_as_code, line_at

_DEFINITION = re.compile(
    r"\[([^\[\]\\^#?>][^\[\]\\]*)\]:[ \t]+(?:<([^<>]*)>|([^\s<]\S*))"
    r"(?:[ \t]+(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\)))?"
    r"(?:[ \t]+[a-z]+=(?:\"[^\"]*\"|[^\s\"]+))+[ \t]*",
    re.I,
)


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a link or a picture, without its attributes."""
    found = _DEFINITION.fullmatch(line_at(state, start))
    if not found or indented_as_code(state, start):
        return False
    if not silent:
        label, *parts = found.groups()
        address, title = parts[0] or parts[1], next(filter(None, parts[2:]), "")
        known = state.env.setdefault("references", {})
        known.setdefault(normalizeReference(label), {"title": title, "href": address})
        state.line = start + 1
    return True
