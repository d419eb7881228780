"""Marks and lines between Chinese and Japanese characters, which have no spaces that CommonMark could go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token

from handpress.core.east_asian import is_chinese_or_japanese

_WORDS = frozenset({"text", "code_text", "code_inline", "script"})


def emphasis(state: StateInline, silent: bool) -> bool:
    """Read a row of `*` or `_`, as markdown-it does, with :func:`scanned`."""
    mark = state.src[state.pos]
    if silent or mark not in "*_":
        return False
    found = scanned(state, mark == "*")
    for _ in range(found.length):
        state.push("text", "", 0).content = mark
        at = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(mark), found.length, at, -1, found.can_open, found.can_close)
        )
    state.pos += found.length
    return True


def scanned(state: StateInline, within_words: bool) -> Scanned:
    """Return the length of the row of marks at the present place, and whether it can open and close emphasis.

    CommonMark asks for a space between punctuation and a letter: without one, the marks in `**痛い。**でも` would close
    nothing. Beside Chinese and Japanese characters none is needed, and their punctuation counts as letters. Only `_` is a
    part of words there as well.
    """
    plain = state.scanDelims(state.pos, within_words)
    end = state.pos + plain.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    if not (is_chinese_or_japanese(before) or is_chinese_or_japanese(after)):
        return plain
    opens = not _space(after) and (not _mark(after) or _parts(before))
    closes = not _space(before) and (not _mark(before) or _parts(after))
    within_words = state.src[state.pos] != "_"
    return Scanned(
        opens and (within_words or not closes or _mark(before)),
        closes and (within_words or not opens or _mark(after)),
        plain.length,
    )


def _space(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _mark(character: str) -> bool:
    """Return whether a character is punctuation of another script."""
    if is_chinese_or_japanese(character):
        return False
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _parts(character: str) -> bool:
    """Return whether emphasis may begin or end between a character and punctuation."""
    return _space(character) or _mark(character) or is_chinese_or_japanese(character)


def joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield `tokens` without the ends of lines between Chinese and Japanese characters: they would become spaces."""
    for at, token in enumerate(tokens):
        if token.type == "softbreak":
            before = _shown(tokens[n] for n in range(at - 1, -1, -1))[-1:]
            after = _shown(tokens[n] for n in range(at + 1, len(tokens)))[:1]
            if is_chinese_or_japanese(before) and is_chinese_or_japanese(after):
                continue
        yield token


def _shown(tokens: Iterable[Token]) -> str:
    """Return the words of the first of `tokens` that is more than a mark; "" if it has none."""
    for token in tokens:
        if token.type in _WORDS and token.content:
            return token.content
        if not (token.nesting or token.type in ("text", "html_inline")):
            return ""
    return ""
