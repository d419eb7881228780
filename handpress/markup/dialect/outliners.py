"""Marks of programs for notes.

Roam and Logseq have tasks `{{[[TODO]]}}`, `{{embed [[Note]]}}` and `{{cloze words}}`, Bear and Roam marked text, Bear and
Obsidian links to notes, and HackMD the author of a quotation, `[name=Ada]`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote

from markdown_it.rules_inline import StateInline

from handpress.markup.dialect.commands import read_words
from handpress.markup.dialect.lines import last_of
from handpress.markup.dialect.obsidian import EMBED, WIKI
from handpress.markup.dialect.unread import is_verbatim

# `^^words^^` of Roam and `::words::` of Bear; not `std::vector::size`, and no list of colons.
_MARKED = re.compile(
    r"(?<![\w:^])(\^\^|::)(?=[^\s:^])(?P<words>(?:(?!\1)[^\n]){1,400}?)(?<=[^\s:^])\1(?![\w:^])"
)
_TASK = re.compile(r"\{\{(?:\[\[)?(TODO|DONE)(?:\]\])?\}\}[ \t]*")
_EMBED = re.compile(r"\{\{(?:\[\[)?embed(?:\]\])?:?[ \t]*\[\[([^\[\]\n]+)\]\][ \t]*\}\}")
_CLOZE = re.compile(r"\{\{cloze[ \t]+(?P<words>[^{}\n]{1,400}?)[ \t]*\}\}")
# A link by which an app opens one of its notes.
_TO_NOTE = re.compile(
    r"\[(?P<words>[^\[\]\n]+)\]\((?P<address>(?:bear|obsidian|logseq)://[^\s()<>]+)\)"
)
_NAMES = ("title", "file", "page")  # values of such an address that name the note
_HEADING = "header"
_OF_QUOTATION = re.compile(r"\[(name|time|color)=([^\[\]\n]{1,200})\](?![\[(:])")


def marked(state: StateInline, silent: bool) -> bool:
    """Read text that Roam or Bear marks."""
    found = _MARKED.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        start, end = found.span("words")
        last, state.pos, state.posMax = state.posMax, start, end
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = last
    state.pos = found.end()
    return True


def command(state: StateInline, silent: bool) -> bool:
    """Read a task as the item of a tick list, a note that is embedded, and words to learn as words."""
    at, src = state.pos, state.src
    if not src.startswith("{{", at) or last_of("}}", src) < at or is_verbatim(state, at):
        return False
    task = None if at else _TASK.match(src, at, state.posMax)
    embed = _EMBED.match(src, at, state.posMax)
    cloze = _CLOZE.match(src, at, state.posMax)
    found = task or embed or cloze
    if not found:
        return False
    if not silent:
        if task:
            state.push("text", "", 0).content = "[x] " if task[1] == "DONE" else "[ ] "
        elif embed and not state.linkLevel:
            state.push("link_open", "a", 1).attrs = {"href": f"{EMBED}{embed[1]}"}
            state.push("link_close", "a", -1)
        else:
            state.push("text", "", 0).content = (embed or found)[1]
    state.pos = found.end()
    return True


def note_link(state: StateInline, silent: bool) -> bool:
    """Read the link of an app to one of its notes, which it names, or whose title is its words."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = _TO_NOTE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {
            "href": f"{WIKI}{_named(found['address'], found['words'])}"
        }
        read_words(state, *found.span("words"))
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def about_quotation(state: StateInline, silent: bool) -> bool:
    """Read whose quotation it is, and of when, as the words; its colour is not printed."""
    found = _OF_QUOTATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent and found[1] == "color":
        state.pending = state.pending.rstrip()
    elif not silent:
        state.push("text", "", 0).content = found[2].strip()
    state.pos = found.end()
    return True


def _named(address: str, words: str) -> str:
    """Return the name of the note at an `address`, and the heading in it."""
    values = parse_qs(address.partition("?")[2])
    name = next((values[key][0] for key in _NAMES if key in values), words)
    heading = values.get(_HEADING, [""])[0]
    return unquote(name) + (f"#{heading}" if heading else "")
