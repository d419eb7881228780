"""Notes: boxes for tips, warnings and the like, by the names of all programs that have such boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handpress.core.problems.problem import Problem
from handpress.markup.blocks.block import Written, titled_box
from handpress.markup.tree import Element, classes, copy, set_children

# By the name of a box here or in another program: the word that is its title if the author gives none.
# A danger to a reader's data is none to their health, so no name of another program is one of the levels of care.
WORDS = {
    "note": "", "aside": "", "blurb": "", "box": "", "callout": "", "admonition": "", "details": "", "disclaimer": "",
    "discussion": "", "expand": "", "notice": "", "primary": "", "prompt": "", "secondary": "", "topic": "",
    "info": "info", "information": "info", "pageinfo": "info",
    "abstract": "summary", "summary": "summary", "tldr": "summary",
    "tip": "tip", "hint": "tip",
    "important": "important",
    "check": "success", "done": "success", "success": "success",
    "faq": "question", "help": "question", "question": "question",
    "alert": "warning", "attention": "warning", "warn": "warning", "warning": "warning",
    "caution": "caution",
    "fail": "failure", "failure": "failure", "missing": "failure",
    "danger": "danger", "error": "error", "bug": "bug",
    "example": "example", "exercise": "example",
    "cite": "quote", "quote": "quote",
    "seealso": "see_also", "todo": "todo",
}  # fmt: skip
# The names that our own documentation lists.
NAMES = ("note", "tip", "hint", "important", "warning", "caution", "danger", "attention", "error")
# The names of ours that other programs have in their notation: no author means anything else by them. An exercise may
# be one of mathematics, and a diary an entry.
OURS = frozenset(["emergency", "urgent", "advice", "key-points", "do", "do-not"])
_PREFIX = re.compile(r"(\.?(callout|alert|notice|prompt|admonition|message|is)-+|\.)")


def known_name(name: str) -> str | None:
    """Return the `name` of a box without what programs put before it, or None if no program has such a box."""
    bare = _PREFIX.sub("", name.lower(), count=1)
    return bare if bare in WORDS or bare in OURS else None


def boxed_by_class(element: Element) -> str | None:
    """Return the name of the box that a theme makes of `element` by its class, as `notice--warning`."""
    if element.tag not in ("p", "blockquote", "div"):
        return None
    named = (known_name(c) for c in classes(element) if c == "notice" or _PREFIX.match(c))
    return next(filter(None, named), None)


def note(box: Element, written: Written) -> Iterable[Problem]:
    """Turn `box` into a note with its title, or with the word for its name; a quotation without a title is one."""
    word = WORDS.get(written.name, "")
    if box.tag == "p":
        set_children(box, [copy(box)])
        del box[0].attrib["class"]
    problems = titled_box(box, written, word)
    if word == "quote" and not written.title:
        box.tag = "blockquote"
        del box.attrib["class"]
        box.remove(box[0])
    return problems
