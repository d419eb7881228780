"""Anchor look-up: find the place that an anchor means, by our id or by the name that another program gives it.

GitHub, GitLab, Pandoc, VS Code, MkDocs, Docusaurus, mdBook and kramdown make names of headings by rules that differ
in hyphens, accents, signs and numbers. The letters and digits that all of them keep are enough to find a heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from handpress.markup.dialect.obsidian import BLOCK

if TYPE_CHECKING:
    from handpress.series.article import Article

# Programs put these before the name of a heading.
_PREFIX = re.compile(r"^(?:user-content-|markdown-header-|heading-)", re.I)


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


def place_of(article: Article, anchor: str) -> str | None:
    """Return the id in `article` that `anchor` means, "" for all of the article, or None if there is none."""
    ids = {a.id for a in article.anchors}
    if anchor.startswith("^"):
        anchor = f"{BLOCK}{anchor[1:]}"
    own = article.own_id(anchor)
    if own in ids:
        return own
    bare = _PREFIX.sub("", anchor.rpartition("#")[2])
    name = _letters(bare)
    return article.names.get(name, article.other_names.get(name))


def names_of(article: Article) -> dict[str, str]:
    """Return the ids of an article by the names that programs give them; the first of a name has it."""
    found: dict[str, str] = {}
    for anchor in article.anchors:
        found.setdefault(_letters(anchor.id.partition("--")[2]), anchor.id)
    titles = [(a.title, a.id) for a in article.anchors if a.title]
    if not article.settings.get("title"):  # its first heading gives the title, and counts
        titles.insert(0, (article.title, ""))
    for naming in NAMINGS:
        counts: Counter[str] = Counter()
        for title, id_ in titles:
            name = naming(title)
            number = counts[name]
            counts[name] += 1
            if name:
                found.setdefault(f"{name}{number or ''}", id_)
    found.setdefault(_letters(article.title), "")
    found.setdefault("top", "")
    return found
