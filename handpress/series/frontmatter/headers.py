"""Headers: settings without fences in the first paragraph of a file.

Pelican and MultiMarkdown write ``Title: x``, which may also be text, so each line must have a key that we know. Nikola writes
``.. title: x``, perhaps in a comment.
"""

from __future__ import annotations

import re

from handpress.series.frontmatter.blocks import LEAD, FrontMatter
from handpress.series.frontmatter.drafts import marks
from handpress.series.frontmatter.synonyms import READ, ROWS
from handpress.series.settings.nodes import Pair, plain, scalar

HEADER = re.compile(r"([A-Za-z][\w \-]*?)[ \t]*::?[ \t]+(\S[^\n]*)")
# Keys of these programs that have no meaning here.
THEIRS = frozenset({"slug", "affiliation", "copyright", "template", "saveas", "lang", "translation", "css",
                    "baseheaderlevel", "htmlheader", "htmlheaderlevel", "xhtmlheader", "latexheader", "latexheaderlevel",
                    "latexconfig", "latexmode", "latexinput", "latexfooter", "latexleader", "latexbegin", "latextitle",
                    "mmdheader", "mmdfooter", "odfheader", "quoteslanguage", "transcludebase", "bibliography",
                    "bibliocommand", "bibtex", "format", "email", "phone", "revision"})  # fmt: skip
DOTTED = re.compile(r"\.\. (?P<key>[A-Za-z][\w-]*):[ \t]*(?P<value>[^\n]*)\n?")
COMMENT = re.compile(r"\s*(?:<!--[ \t]*\n)?(?=\.\. )")


def find_headers(text: str) -> FrontMatter | None:
    """Return the settings in the first lines of `text`, or None if they are text."""
    return _dotted(text) or _plain(text)


def _dotted(text: str) -> FrontMatter | None:
    """Return settings such as ``.. title: x``, without the empty ones that Nikola writes."""
    opened = COMMENT.match(text)
    if not opened:
        return None
    start = at = opened.end()
    pairs: list[Pair] = []
    while found := DOTTED.match(text, at):
        if value := found["value"].rstrip():
            key = scalar(found["key"], found.start("key") - start, found.end("key") - start)
            first = found.start("value") - start
            pairs.append((key, scalar(value, first, first + len(value))))
        at = found.end()
    if "<!--" in opened[0]:
        closed = re.compile(r"\s*-->[ \t]*\n?").match(text, at)
        if not closed:
            return None
        at = closed.end()
    titled = any(plain(str(key.value)) == "title" for key, _ in pairs)
    return FrontMatter(start, at, pairs) if titled else None


def _plain(text: str) -> FrontMatter | None:
    """Return settings such as ``Title: x``."""
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
