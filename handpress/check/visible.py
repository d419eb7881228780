"""Visible text: the words of a block without its mark-up, and the place of each character.

The rules need the position of each word in the source. So the mark-up is left out by a pattern here, rather than read
into a tree that has no positions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

# Replaces code, formulas, addresses and the title of a target: one character that is neither a letter nor white space.
OBJECT = "\ufffc"

_MARK = re.compile(
    r"""
    (?P<code>(?P<tick>`+)(?!`)(?s:.+?)(?<!`)(?P=tick)(?!`))
    |\\(?P<escaped>[!-/:-@\[-`{-~])
    |(?P<comment><!--(?s:.*?)-->|(?<!\d)%%[^%]+%%)
    |(?P<address><(?:https?://|mailto:)[^\s<>]+>|\b(?:https?://|www\.)(?:[^\s<>()\]]|\([^\s<>()]*\))+)
    |(?P<tag></?[A-Za-z][^<>]*>)
    |(?P<image>!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]]*\])|!\[\[[^\[\]\n]+\]\])
    |(?P<titled>\[\]\([^()\s]*\))
    |(?P<note>\[\^[^\]\s]+\])
    |(?P<wiki>\[\[(?:[^\[\]|\n]*\|)?|\]\])
    |(?P<open>\[(?=(?:[^\[\]]|\[[^\[\]]*\]|!\[[^\[\]]*\]\([^()]*\))*\](?:\(|\[[^\]]*\])))
    |(?P<target>\]\((?:[^()\n]|\([^()\n]*\)|\n(?!\n))*\)|\]\[[^\]\n]*\])
    |(?P<list>\{:?[^{}\n]*[.#=:][^{}\n]*\})
    |(?P<formula>\$\$(?s:.+?)\$\$|\$(?=[^\s\d])[^$\n]+?(?<=\S)\$(?!\d))
    |(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,32});)
    |(?P<task>\A\[[ xX]\](?=\s))
    |(?P<break>[ ]*\\?\n[ ]*)
    |(?P<mark>\*+|~~|==|(?<![^\W_])_+(?=[^\s_])|(?<=[^\s_])_+(?![^\W_]))
    """,
    re.VERBOSE,
)
_AS_OBJECT = frozenset({"code", "formula", "address", "titled"})
# Every mark begins with one of these. A match at each of them is faster than a search by the pattern of all marks.
_ANY = re.compile(r"[`\\<%!\[\]{$&\n*~=_]|(?<![ ])[ ]+(?=\\?\n)|https?://|www\.")


class Visible(NamedTuple):
    """Visible text, and the places of its runs: pairs of an offset in it and the offset in the mark-up."""

    text: str
    places: tuple[tuple[int, int], ...]


def visible(content: str) -> Visible:
    """Return the visible text of the `content` of a block, line ends as spaces."""
    if not _ANY.search(content):
        return Visible(content, ((0, 0),))
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0

    def add(text: str, offset: int) -> None:
        nonlocal length
        if text:
            places.append((length, offset))
            texts.append(text)
            length += len(text)

    for found in _marks(content):
        add(content[at : found.start()], at)
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "break":
            add(" ", found.end() - 1)
        elif kind == "escaped":
            add(found["escaped"], found.start() + 1)
        elif kind == "entity":
            add(html.unescape(found[0]), found.start())
        elif kind in _AS_OBJECT:
            add(OBJECT, found.start())
        elif kind == "mark" and _is_text(content, found):
            add(found[0], found.start())
    add(content[at:], at)
    return Visible("".join(texts), tuple(places))


def _marks(content: str) -> Iterator[re.Match[str]]:
    at = 0
    while begin := _ANY.search(content, at):
        if found := _MARK.match(content, begin.start()):
            yield found
        at = found.end() if found else begin.start() + 1


def _is_text(content: str, found: re.Match[str]) -> bool:
    """Return whether a mark is between two spaces or at an end, where it is text."""
    before = content[found.start() - 1 : found.start()] or " "
    after = content[found.end() : found.end() + 1] or " "
    return before.isspace() and after.isspace()
