"""Citations: blocks that name a study or book, where other rules hold than in running text."""

from __future__ import annotations

import re

from handpress.check.blocks import Block
from handpress.check.page import Page

# A year or "no date" in brackets, several authors, or a number of a study.
_CITATION = re.compile(
    r"\((?:\d{4}[a-z]?|n\.d\.)\)|\bet al\b|\bdoi\b|\bpp?\. \d|\bISBN\b|\bVol\. \d|\b\d{4};\d"
)


def is_citation(page: Page, block: Block) -> bool:
    """Return whether a block is a note, or an item that reads like a reference."""
    if "note" in block.within.kinds:
        return True
    return block.kind == "item" and bool(_CITATION.search(page.text, block.first, block.last))


def has_citations(page: Page) -> bool:
    return any(is_citation(page, block) for block in page.blocks)
