"""Anchors: the targets of links in an article, by our ids and by the names that other programs give them.

GitHub, GitLab, Pandoc, VS Code, MkDocs, Docusaurus, mdBook and kramdown make names of headings by rules that differ
in hyphens, accents, signs and numbers. The letters and digits that all of them keep are enough to find a heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

# Programs put these before the name of a heading.
_PREFIX = re.compile(r"^(?:user-content-|markdown-header-|heading-)", re.I)


class Anchor(Struct, frozen=True):
    """The target of a link: its global id, and the title of its heading or its caption."""

    id: str
    title: str
    level: int  # of a heading; 0 for anything else


def _letters(text: str) -> str:
    """Return the letters and digits of `text`, folded, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def _from_first_letter(text: str) -> str:
    return re.sub(r"^\d+", "", _letters(text))


def _ascii_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _letters(plain)


def _only_ascii(text: str) -> str:
    return _from_first_letter("".join(c for c in text if c.isascii()))


NAMINGS = (
    _letters,  # GitHub, GitLab, VS Code, Docusaurus, mdBook, Hugo
    _from_first_letter,  # Pandoc
    _ascii_letters,  # MkDocs
    _only_ascii,  # kramdown, of Jekyll
)


def name_of(written: str) -> str:
    """Return the name that a link means by the anchor `written`, as :func:`names_of` has it."""
    return _letters(_PREFIX.sub("", written.rpartition("#")[2]))


def names_of(anchors: Sequence[Anchor], title: str, in_text: bool) -> dict[str, str]:
    """Return the ids of an article's `anchors` by the names that programs give them; the first of a name has it.

    The article itself has the id "", by its `title`, which counts among the headings if it is one `in_text`.
    """
    found: dict[str, str] = {}
    for anchor in anchors:
        found.setdefault(_letters(anchor.id.partition("--")[2]), anchor.id)
    titles = [(a.title, a.id) for a in anchors if a.level]
    if in_text:
        titles.insert(0, (title, ""))
    for naming in NAMINGS:
        counts: Counter[str] = Counter()
        for heading, id_ in titles:
            name = naming(heading)
            number = counts[name]
            counts[name] += 1
            if name:
                found.setdefault(f"{name}{number or ''}", id_)
    found.setdefault(_letters(title), "")
    found.setdefault("top", "")
    return found
