"""Headers: settings without fences in the first paragraph of a file.

Pelican and MultiMarkdown write ``Title: x``, which may also be text, so we must know each key, or most of them below
a title. In MultiMarkdown, indented lines continue a value. Nikola writes ``.. title: x``, perhaps in a comment, and
Logseq ``title:: x`` with any keys.
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
                    "bibliocommand", "bibtex", "format", "email", "phone", "address", "revision"})  # fmt: skip
# The beginnings of keys that say how MultiMarkdown makes its files: in print they mean nothing, as those in OF_SITES.
OF_MAKING = ("latex", "xhtml", "html", "odf", "mmd", "biblio", "bibtex", "css", "baseheader", "quoteslang",
             "transclude", "usexelatex")  # fmt: skip
PROPERTY = re.compile(r"([A-Za-z][\w /.-]*?)::(?:[ \t]+([^\n]*))?")
# The marks in the values of Logseq, with the words of links.
LINKED = re.compile(r"#?\[\[([^\[\]]*)\]\]|\[([^\[\]]*)\]\([^()\s]*\)|(?<!\S)#(?=\w)")
DOTTED = re.compile(r"\.\. (?P<key>[A-Za-z][\w-]*):[ \t]*(?P<value>[^\n]*)\n?")
COMMENT = re.compile(r"\s*(?:<!--[ \t]*\n)?(?=\.\. )")


def find_headers(text: str) -> FrontMatter | None:
    """Return the settings in the first lines of `text`, or None if they are text."""
    return _dotted(text) or _properties(text) or _plain(text)


def _properties(text: str) -> FrontMatter | None:
    """Return the properties of a page of Logseq: two lines or more with two colons, and nothing else."""
    lead = LEAD.match(text)
    start = offset = lead.end() if lead else 0
    pairs: list[Pair] = []
    lines = text[start:].split("\n")
    for line in lines[: next((n for n, line in enumerate(lines) if not line.strip()), len(lines))]:
        if line.startswith(("- ", "* ")):
            break
        found = PROPERTY.fullmatch(line.rstrip())
        if not found:
            return None
        at = offset - start
        offset += len(line) + 1
        value = LINKED.sub(lambda link: link[1] or link[2] or "", found[2] or "")
        if value := value.replace("`", "").strip():
            key = scalar(found[1], at, at + found.end(1))
            pairs.append((key, scalar(value, at + found.start(2), at + found.end(2))))
    return FrontMatter(start, min(offset, len(text)), pairs) if len(pairs) > 1 else None


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
    unknown = 0
    for line in text[start:].split("\n"):
        if not line.strip():
            break
        at = offset - start
        offset += len(line) + 1
        if pairs and (line[0] in " \t" or line.startswith("</")):
            pairs[-1] = _longer(pairs[-1], line, at)
            continue
        found = HEADER.fullmatch(line.rstrip())
        if not found:
            return None
        unknown += not _is_known(plain(found[1]))
        key = scalar(found[1], at, at + found.end(1))
        pairs.append((key, scalar(found[2], at + found.start(2), at + found.end(2))))
    if unknown and unknown * 2 >= len(pairs):
        return None
    titled = len(pairs) > 1 and any(plain(str(key.value)) == "title" for key, _ in pairs)
    if not titled and not any(mark.sure for mark in marks(pairs)):
        return None
    read = [pair for pair in pairs if not plain(str(pair[0].value)).startswith(OF_MAKING)]
    return FrontMatter(start, min(offset, len(text)), read)


def _is_known(key: str) -> bool:
    return key in READ | ROWS.keys() | THEIRS or key.startswith(OF_MAKING)


def _longer(pair: Pair, line: str, at: int) -> Pair:
    """Return a setting with one more line of its value, which begins at the offset `at`."""
    key, value = pair
    whole = f"{value.value} {line.strip()}"
    return key, scalar(whole, value.start_mark.index, at + len(line.rstrip()))
