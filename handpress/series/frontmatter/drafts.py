"""Drafts: the marks by which an article is kept back, in the settings of any program.

Any mark keeps an article back, whatever else is set. A doubtful one does too, since publishing a draft cannot be
undone. Dates are never compared with a clock: a build must give the same files on any day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import yaml
from msgspec import Struct

from handpress.series.frontmatter.blocks import LEAD
from handpress.series.settings.nodes import DEEPEST, Pair, is_empty, name_of, pairs_of, plain


class Mark(Struct, frozen=True):
    """A mark of a draft, as offsets from `start` to `end`; `sure` unless its value cannot be read."""

    start: int
    end: int
    written: str
    sure: bool = True
    ours: bool = False  # our own `draft: true`
    drawing: bool = False  # a drawing that its program keeps as Markdown

    @property
    def reason(self) -> str:
        if self.drawing:
            return "marks a drawing of Excalidraw"
        return "marks a draft" if self.sure else "may mark a draft"


YES = frozenset({"true", "yes", "on", "1", "y", "t"})
NO = frozenset({"false", "no", "off", "0", "n", "f", "never", "none"})
# Keys that mark a draft by yes, and those that do by no, in the form of :func:`plain`.
BY_YES = frozenset(
    {"draft", "drafts", "isdraft", "hidden", "ishidden", "private", "isprivate", "unpublished", "unlisted",
     "wip", "headless", "exclude", "ignore", "eleventyexcludefromcollections"}
)  # fmt: skip
BY_NO = frozenset(
    {"published", "publish", "ispublished", "dgpublish", "public", "ispublic", "released", "visible",
     "live", "ready", "render", "permalink", "export"}
)  # fmt: skip
# Any other value of these keys is a reason to keep the article back as well; a date in two of them is not.
DOUBTFUL = frozenset(
    {"draft", "drafts", "isdraft", "published", "publish", "private", "unpublished"}
)
DATED = frozenset({"published", "publish"})
# Keys with a word for a state, and the words that mean a draft there.
STATES = frozenset(
    {"status", "state", "stage", "visibility", "poststatus", "pagestatus", "articlestatus",
     "docstatus", "publishstatus", "publicationstatus", "publicationstate", "workflow", "access"}
)  # fmt: skip
STATE = re.compile(
    r"(?i)\b(?:auto-?draft|drafts?|unpublished|not[ _-]published|not[ _-]ready|private|pending|wip|"
    r"in[ _-]?progress|hidden|unlisted|scheduled|future|trash(?:ed)?|deleted|confidential|secret|"
    r"(?:in|needs?|under)[ _-]?review|unfinished|incomplete|not[ _-]started|to[ _-]?do)\b"
)
# Keys for a kind, or for subjects: a draft only if that is the whole value.
KINDS = frozenset({"type", "kind", "layout", "posttype", "tags", "tag", "categories", "category", "keywords", "labels"})  # fmt: skip
KIND = re.compile(r"(?i)#?(?:[\w-]+/)*(?:drafts?|wip|unpublished)")
# Mappings in which Hugo, Zola and others keep settings of an article.
WITHIN = frozenset({"params", "extra", "meta", "metadata", "data", "settings", "options", "page", "post", "article", "build"})  # fmt: skip
DRAWINGS = frozenset({"excalidrawplugin"})
DRAFT = frozenset({"draft", "drafts", "isdraft"})
# A mark in text in which no key could be read: in front matter anywhere in a line, and in a body on its own.
ANYWHERE = re.compile(
    r"""(?im)^[^\n#]*?(?<![\w-])["']?_?(?:is[_-]?)?drafts?["']?[ \t]*[:=]+[ \t]*["']?(?:true|yes|on|1)\b"""
)
ALONE = re.compile(
    r"""(?im)^[ \t]*["']?_?(?:is[_-]?)?draft["']?[ \t]*[:=]+[ \t]*["']?(?:true|yes|on|1)["']?,?[ \t]*$"""
)
TOP = 40  # lines in which settings are expected
WORD = re.compile(r"(?i)draft|publish|private|hidden|\bwip\b|status")


def marks(pairs: Iterable[Pair], deep: int = 0) -> Iterator[Mark]:
    """Yield each mark of a draft in the settings `pairs`, and in the mappings below them."""
    for key_node, value in pairs:
        key = name_of(key_node)
        name = plain(key)
        if isinstance(value, yaml.MappingNode) and name not in DOUBTFUL:
            inside = pairs_of(value)
            if name not in WITHIN:
                inside = (pair for pair in inside if plain(name_of(pair[0])) in DRAFT)
            yield from marks(inside, deep + 1) if deep < DEEPEST else ()
            continue
        for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            sure = name in DRAWINGS or _mark(name, each)
            if sure is not None:
                written = each.value if isinstance(each, yaml.ScalarNode) else "…"
                start, end = key_node.start_mark.index, each.end_mark.index
                ours = sure and not deep and key.casefold() == "draft"
                yield Mark(start, end, f"{key}: {written}", sure, ours, name in DRAWINGS)


def _mark(name: str, node: yaml.Node) -> bool | None:
    """Return whether a value marks a draft for sure (True) or perhaps (False), None if it does not."""
    if not isinstance(node, yaml.ScalarNode):
        return False if name in DOUBTFUL else None
    value = " ".join(node.value.split()).casefold()
    if is_empty(node) or not value:
        return None
    yes, no = value in YES, value in NO
    if (
        (name in BY_YES and yes)
        or (name in BY_NO and no)
        or (name in STATES and STATE.search(value))
    ):
        return True
    if name in KINDS and any(
        KIND.fullmatch(part.strip()) for part in re.split(r"[,;]|\s+(?=#)", value)
    ):
        return True
    if name in DOUBTFUL and not (yes or no) and not (name in DATED and re.search(r"\d{4}", value)):
        return bool(STATE.search(value))
    misspelt = name not in DRAFT and (
        sorted(name) == sorted("draft") or SequenceMatcher(None, name, "draft").ratio() > 0.85
    )
    return False if misspelt and yes else None


def stray_mark(text: str, body: int) -> Mark | None:
    """Return a line such as ``draft: true`` above `body`, or in the first lines of a body without settings."""
    lead = LEAD.match(text)
    found = ANYWHERE.search(text, 0, body or (lead.end() if lead else 0))
    if not found and not body:
        first = "".join(text.splitlines(keepends=True)[:TOP])
        found = ALONE.search(re.split(r"(?m)^[ \t]*(?:```|~~~)", first)[0])
    return Mark(found.start(), found.end(), found[0].strip(), sure=False) if found else None
