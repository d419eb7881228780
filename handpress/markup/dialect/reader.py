"""The reader: markdown-it-py with the rules of all notations, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.ruler import RuleOptionsType
from markdown_it.token import Token

from handpress.core.caches.recent import Recent
from handpress.markup.dialect import (
    abbreviations,
    admonitions,
    attributes,
    commands,
    definitions,
    definitions_of_links,
    directives,
    drawn_tables,
    east_asian,
    fenced_divs,
    groups,
    inlines,
    kramdown,
    markdown_in_html,
    markua,
    maths,
    mdx,
    multimarkdown,
    notes,
    obsidian,
    outliners,
    pasted,
    players,
    roles,
    shortcodes,
    spans,
    tables,
    unread,
)
from handpress.markup.dialect.by_character import ByCharacter
from handpress.markup.dialect.callouts import callouts

NESTING = 100  # levels of blocks and inlines, more than `markdown.DEPTH` lets pass

_ANYWHERE: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_IN_QUOTES: RuleOptionsType = {"alt": ["blockquote"]}
_IN_TEXT: RuleOptionsType = {"alt": ["paragraph", "reference"]}
_ALONE: RuleOptionsType = {"alt": []}
# Each block rule of ours, the rule of CommonMark before which it is tried, and what it may interrupt.
_BLOCKS = (
    ("contents", unread.contents, "fence", _ANYWHERE),
    ("tags", unread.tags, "fence", _ANYWHERE),
    ("comment_block", obsidian.comment_block, "fence", _ANYWHERE),
    ("formula", maths.formula, "fence", _ANYWHERE),
    ("directive", directives.directive, "fence", _ANYWHERE),
    ("drawn_table", drawn_tables.drawn_table, "fence", _IN_TEXT),
    ("admonition", admonitions.admonition, "fence", _ANYWHERE),
    ("tab", admonitions.tab, "fence", _ANYWHERE),
    ("label", spans.label, "fence", _IN_TEXT),
    ("fenced_div", fenced_divs.fenced_div, "fence", _ANYWHERE),
    ("lettered_box", markua.lettered_box, "fence", _ANYWHERE),
    ("named_box", markua.named_box, "fence", _ANYWHERE),
    ("attributes", kramdown.attributes, "fence", _IN_QUOTES),
    ("hidden", kramdown.comment, "fence", _ANYWHERE),
    ("boxed_block", kramdown.boxed_block, "fence", _ANYWHERE),
    ("shortcode", shortcodes.shortcode, "fence", _ANYWHERE),
    ("group", groups.group, "fence", _ANYWHERE),
    ("abbreviation", abbreviations.abbreviation, "blockquote", _IN_TEXT),
    ("long_form", multimarkdown.abbreviation, "reference", _IN_TEXT),
    ("note", notes.definition, "reference", _IN_TEXT),
    ("definition_of_link", definitions_of_links.definition, "reference", _ALONE),
    ("markdown_in_html", markdown_in_html.markdown_in_html, "html_block", _ANYWHERE),
    ("line_of_html", markdown_in_html.line_of_html, "html_block", _ANYWHERE),
    ("definitions", definitions.definitions, "lheading", _IN_TEXT),
)
# The characters with which rules can begin, those of CommonMark among them. The others can begin with any.
BEGINNINGS = {
    "contents": "[{$\\*+-1",
    "tags": "#",
    "comment_block": "%",
    "formula": "$\\{",
    "directive": "`~",
    "admonition": "!?",
    "tab": "=",
    "label": "(",
    "fenced_div": ":",
    "lettered_box": "ABDEIQTWX!?{",
    "named_box": "{",
    "attributes": "{",
    "hidden": "{",
    "boxed_block": "{",
    "shortcode": "{",
    "group": "{",
    "abbreviation": "*",
    "long_form": "[",
    "note": "[",
    "definition_of_link": "[",
    "markdown_in_html": "<",
    "line_of_html": "<",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
# Likewise for inlines.
_INLINES = (
    ("of_picture", attributes.of_picture, "escape"),
    ("unread_line", unread.unread_line, "text"),
    ("command_link", commands.command_link, "escape"),
    ("role", roles.role, "escape"),
    ("picture_in_line", shortcodes.picture_in_line, "escape"),
    ("player", players.player, "escape"),
    ("command_of_outliner", outliners.command, "escape"),
    ("marked", outliners.marked, "escape"),
    ("unread", unread.unread, "escape"),
    ("comment", obsidian.comment, "escape"),
    ("pattern", inlines.pattern, "backticks"),
    ("call", notes.call, "link"),
    ("call_of_multimarkdown", multimarkdown.call, "link"),
    ("heading_link", multimarkdown.heading_link, "link"),
    ("wiki_link", obsidian.wiki_link, "link"),
    ("note_link", outliners.note_link, "link"),
    ("about_quotation", outliners.about_quotation, "link"),
    ("inline_note", notes.inline_note, "link"),
    ("bare_address", inlines.bare_address, "backticks"),
    ("script", inlines.script, "emphasis"),
    ("pair", inlines.pair, "emphasis"),
    ("picture_of_mdx", mdx.picture, "autolink"),
    ("foreign_tag", inlines.foreign_tag, "autolink"),
    ("loose_link", inlines.loose_link, "autolink"),
    ("address_in_link", inlines.address_in_link, "autolink"),
    ("span", spans.span, "autolink"),
)


def _as_written(url: str) -> str:
    return url


def _any(url: str) -> bool:
    return True


class _Helpers:
    """The helpers of markdown-it-py, with our own reading of labels."""

    parseLinkLabel = staticmethod(inlines.label_end)  # noqa: N815
    parseLinkDestination = staticmethod(parseLinkDestination)  # noqa: N815
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815


@cache
def reader() -> MarkdownIt:
    """Return the reader, which keeps nothing of what it reads."""
    made = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
    made.block.ruler.at("table", tables.table, {"alt": ["paragraph", "reference"]})
    made.inline.ruler.at("text", inlines.text)
    made.inline.ruler.at("emphasis", east_asian.emphasis)
    for name, block, before, where in _BLOCKS:
        made.block.ruler.before(before, name, block, where)
    made.block.ruler = ByCharacter(made.block.ruler, BEGINNINGS)
    for name, inline, before in _INLINES:
        made.inline.ruler.before(before, name, inline)
    made.inline.ruler2.after("emphasis", "finish_pairs", inlines.finish_pairs)
    made.helpers = _Helpers()  # type: ignore[assignment]
    # Links are looked at, and their addresses put right, once all media are known.
    for name, function in (
        ("validateLink", _any),
        ("normalizeLink", _as_written),
        ("normalizeLinkText", _as_written),
    ):
        setattr(made, name, function)
    return made


# The tokens and abbreviations of the texts that will be read once more; None if no text will.
_KEPT: Recent[str, tuple[list[Token], dict[str, str]]] | None = None
_MOST_KEPT = 1000  # texts; an article of 1,000 words takes 0.1 MB


@contextmanager
def reading_twice() -> Iterator[None]:
    """Within it, keep the blocks of each text until they are asked for again: no rule is tried twice on a line."""
    global _KEPT  # noqa: PLW0603
    _KEPT = Recent(_MOST_KEPT)
    try:
        yield
    finally:
        _KEPT = None


def environment() -> dict[str, Any]:
    """Return what the rules know at the beginning of an article, and write into."""
    return {
        "notes": set(),
        "divs": {},
        "open divs": set(),
        "closing lines": {},
        "abbreviations": {},
        "headings": {},
        "notices": [],
        "verbatim": [],
        "patterns": [],
        "from right": False,
    }


def blocks_of(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of the blocks of `text`. Those of kind `inline` hold text that is read by `inlines_of`."""
    if _KEPT is not None and (kept := _KEPT.pop(text, None)):
        env["abbreviations"] |= kept[1]
        env["headings"] |= multimarkdown.headings_of(kept[0])
        return kept[0]
    tokens: list[Token] = []
    made = reader()
    made.block.parse(pasted.with_lists(text, env["notices"]), made, env, tokens)
    tokens = callouts(markua.titles_of_code(spans.heading_ids(tokens)))
    env["headings"] |= multimarkdown.headings_of(tokens)
    if _KEPT is not None:
        _KEPT[text] = tokens, dict(env["abbreviations"])
    return tokens


def inlines_of(text: str, env: dict[str, Any]) -> list[Token]:
    made = reader()
    return made.inline.parse(text, made, env, [])
