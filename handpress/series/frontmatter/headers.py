"""Headers: settings without fences, as Pelican and MultiMarkdown have them in the first paragraph of a file.

``Title: x`` may also be text, so each line must have a key that we know.
"""

from __future__ import annotations

import re

from handpress.series.frontmatter.blocks import LEAD, FrontMatter
from handpress.series.frontmatter.drafts import marks
from handpress.series.frontmatter.synonyms import READ, ROWS
from handpress.series.settings.nodes import Pair, plain, scalar

HEADER = re.compile(r"([A-Za-z][\w \-]*?)[ \t]*::?[ \t]+(\S[^\n]*)")
# Keys of these programs that have no meaning here.
THEIRS = frozenset({"slug", "affiliation", "copyright", "template", "save as", "lang", "translation", "css"})  # fmt: skip


def find_headers(text: str) -> FrontMatter | None:
    """Return the settings in the first lines of `text`, or None if they are text."""
    lead = LEAD.match(text)
    start = offset = lead.end() if lead else 0
    pairs: list[Pair] = []
    for line in text[start:].split("\n"):
        if not line.strip():
            break
        found = HEADER.fullmatch(line.rstrip())
        if not found or plain(found[1]) not in READ | ROWS.keys() | THEIRS:
            return None
        at = offset - start
        key = scalar(found[1], at, at + found.end(1))
        pairs.append((key, scalar(found[2], at + found.start(2), at + found.end(2))))
        offset += len(line) + 1
    titled = len(pairs) > 1 and any(plain(str(key.value)) == "title" for key, _ in pairs)
    if not titled and not any(mark.sure for mark in marks(pairs)):
        return None
    return FrontMatter(start, min(offset, len(text)), pairs)
