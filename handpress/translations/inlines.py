"""Inlines: the text of a block as words and codes, and back to Markdown.

A code is mark-up that translators keep: a pair around words, such as a link, or one that is alone, such as the call of
a note. The reader of the dialect finds them, so words are words exactly where they would be printed as words.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from handpress.markup.dialect.attributes import LIST
from handpress.markup.dialect.inlines import label_end
from handpress.markup.dialect.reader import blocks_of, environment, reader

OPEN, CLOSE, ALONE = "open", "close", "alone"
BREAK = "break"


class Code(Struct, frozen=True):
    """Mark-up within a text. Both ends of a pair have one `id`; `written` is the Markdown."""

    id: str
    kind: str
    written: str
    side: str = ALONE


Piece = str | Code
Pieces = tuple[Piece, ...]

# By the rules of the reader: pairs, and codes that are alone. All others, except those that may read words, read a code.
_PAIRS = {"link": "link", "loose_link": "link", "wiki_link": "link", "command_link": "link", "span": "span",
          "inline_note": "note", "role": "role"}  # fmt: skip
_ALONE = {"call": "note", "autolink": "link", "bare_address": "link", "html_inline": "tag", "foreign_tag": "tag",
          "of_picture": "attributes", "backticks": "code", "unread": "code", "wiki_link": "link",
          "command_link": "link", "player": "link", "role": "role"}  # fmt: skip
_LIST = re.compile(LIST)
# Written with a backslash or as a reference, these stay as they are: no dashes, quotation marks, or ellipsis.
_FIXED = "\"'-."
_MARKS = re.compile(r"[\\`*_{}\[<>|~=^$@#&%!]|:(?=\S)|(?<=[/w])\.")
_FIRST = re.compile(r"[-+?:]|\d{1,9}(?=[.)])")  # may begin a block
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_SPACE = re.compile(r"[ \t\r\n]+")
_AND_READ = False  # not only look whether there is something
FREE = frozenset(
    {"strong", "em", "del", "mark", BREAK}
)  # translators may leave these out, or add them


class _Found(Struct):
    """The place where a rule read something, the range of the words within it, and the token of a delimiter."""

    rule: str
    start: int
    end: int
    inside: tuple[int, int] | None = None
    token: Token | None = None

    def moved(self, by: int) -> _Found:
        inside = self.inside and (self.inside[0] + by, self.inside[1] + by)
        return replace(self, start=self.start + by, end=self.end + by, inside=inside)


class _Traced(StateInline):
    """The state of a reading, which knows where each rule read something."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.found: list[_Found] = []
        self.ranges: list[tuple[int, int]] = []


@cache
def _tracer() -> MarkdownIt:
    """Return a reader of the dialect that traces its rules."""
    made = reader.__wrapped__()
    names = made.inline.ruler.get_active_rules()
    rules = tuple(zip(names, made.inline.ruler.getRules(""), strict=True))

    def tokenize(state: StateInline) -> None:
        assert isinstance(state, _Traced)
        state.ranges.append((state.pos, state.posMax))
        depth = len(state.ranges)
        deep = state.level >= made.options["maxNesting"]
        while state.pos < state.posMax:
            start = state.pos
            state.env["label"] = []
            for name, rule in () if deep else rules:
                if rule(state, _AND_READ):
                    inside = state.ranges[-1] if len(state.ranges) > depth else None
                    del state.ranges[depth:]
                    _note(state, _Found(name, start, state.pos, inside))
                    break
            else:
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(src: str, md: MarkdownIt, env: dict[str, Any], tokens: list[Token]) -> list[Token]:
        state = _Traced(src, md, env, tokens)
        tokenize(state)
        for rule in made.inline.ruler2.getRules(""):
            rule(state)
        env["label"] = state.found  # of a picture, whose words are read by themselves
        return state.tokens

    made.inline.tokenize = tokenize  # type: ignore[method-assign]
    made.inline.parse = parse  # type: ignore[method-assign, assignment]
    return made


def _note(state: _Traced, found: _Found) -> None:
    """Keep what a rule found."""
    written = state.src[found.start : found.end]
    if found.rule in ("emphasis", "pair"):
        parts = len(written) if found.rule == "emphasis" else 1
        width = len(written) // parts
        for number, token in enumerate(state.tokens[len(state.tokens) - parts :]):
            at = found.start + number * width
            state.found.append(_Found(found.rule, at, at + width, token=token))
    elif written.startswith("!["):
        label = state.env["label"]
        closed = label_end(state, found.start + 1) if label is not None else -1
        if found.rule in ("image", "loose_link") and closed > 0:
            inside = (found.start + 2, closed)
            state.found.append(replace(found, rule="image", inside=inside))
            state.found += [f.moved(found.start + 2) for f in label]
        else:
            state.found.append(found)
    elif found.rule != "text":
        state.found.append(replace(found, token=state.tokens[-1] if state.tokens else None))


def read(text: str, env: dict[str, Any]) -> Pieces:
    """Return the words and codes of `text`, which may need the notes and addresses that `env` has of its article."""
    made = _tracer()
    own = env | {"notices": [], "inline": Token("inline", "", 0)}
    state = _Traced(text, made, own, [])
    made.inline.tokenize(state)
    for rule in made.inline.ruler2.getRules(""):
        rule(state)
    spans = sorted(s for f in state.found for s in _spans(text, f))
    pieces: list[Piece] = []
    at = 0
    for start, end, piece in spans:
        if start < at:
            continue
        pieces += [*_words(text[at:start]), piece]
        at = end
    return numbered([*pieces, *_words(text[at:])])


def _spans(text: str, found: _Found) -> Iterator[tuple[int, int, Piece]]:
    """Yield the places of the codes that a rule found, and of characters that are written in another way."""
    start, end, rule, token = found.start, found.end, found.rule, found.token
    written = text[start:end]
    if rule in ("emphasis", "pair"):
        assert token is not None
        if token.nesting:
            if token.type.startswith("strong"):
                start, end = (start - 1, end) if token.nesting > 0 else (start, end + 1)
            side = OPEN if token.nesting > 0 else CLOSE
            yield start, end, Code("", token.tag, text[start:end], side)
    elif rule == "newline" or written == "\\\n":
        hard = token is not None and token.type == "hardbreak"
        yield start, end, Code("", BREAK, "\\\n") if hard else " "
    elif rule in ("escape", "entity"):
        yield start, end, _character(text, start, end)
    elif found.inside and rule in (*_PAIRS, "image"):
        first, last = found.inside
        kind = _PAIRS.get(rule, rule)
        closing = text[last:end]
        if closing in ("]", "][]") and rule in ("link", "image"):  # a reference by its words
            closing = f"][{text[first:last]}]"
        yield start, first, Code("", kind, text[start:first], OPEN)
        yield last, end, Code("", kind, closing, CLOSE)
    elif rule == "wiki_link" and not written.startswith("!"):
        target, _, words = written[2:-2].partition("|")
        yield start, end - 2 - len(words or target), Code("", "link", f"[[{target}|", OPEN)
        yield end - 2, end, Code("", "link", "]]", CLOSE)
    elif rule == "inline_note":
        yield start, start + 2, Code("", "note", "^[", OPEN)
        yield end - 1, end, Code("", "note", "]", CLOSE)
    else:
        yield start, end, Code("", _ALONE.get(rule, "code"), written)


def _character(text: str, start: int, end: int) -> Piece:
    """Return the character that is written with a backslash or as a reference, or a code if that makes a difference."""
    written = text[start:end]
    if written.startswith("&"):
        char = html.unescape(written)
    else:
        char = written[1:] if _ESCAPED.fullmatch(written) else written
    if char.isspace():
        return Code("", "space", written)
    alone = char in "-." and not {text[start - 1 : start], text[end : end + 1]} & {*"-.\\"}
    plain = char.isprintable() and (char not in _FIXED or alone)
    return char if plain else Code("", "character", written)


def _words(text: str) -> Iterator[Piece]:
    """Yield the words of `text` and the attributes between them."""
    at = 0
    for found in _LIST.finditer(text) if "{" in text else ():
        yield text[at : found.start()]
        yield Code("", "attributes", found[0])
        at = found.end()
    yield text[at:]


def numbered(pieces: Iterable[Piece]) -> Pieces:
    """Return `pieces` with an id for each code, and one text between two codes, without spaces around breaks."""
    made: list[Piece] = []
    opened: list[str] = []
    count = 0
    for piece in joined(pieces):
        if isinstance(piece, str):
            made.append(piece)
        elif piece.side == CLOSE:
            made.append(replace(piece, id=opened.pop() if opened else "0"))
        else:
            count += 1
            opened += [str(count)] if piece.side == OPEN else []
            made.append(replace(piece, id=str(count)))
    return trimmed(made)


def joined(pieces: Iterable[Piece]) -> Pieces:
    """Return `pieces` with one text between two codes, and one space for each run of spaces and ends of lines."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        elif piece:
            made.append(piece)
    return tuple(_SPACE.sub(" ", p) if isinstance(p, str) else p for p in made)


def trimmed(pieces: Sequence[Piece]) -> Pieces:
    """Return `pieces` without spaces at the beginning, at the end and around breaks."""
    made = list(pieces)
    for n, piece in enumerate(made):
        if isinstance(piece, str):
            if n == 0 or _is_break(made[n - 1]):
                piece = piece.lstrip(" ")
            if n == len(made) - 1 or _is_break(made[n + 1]):
                piece = piece.rstrip(" ")
            made[n] = piece
    return tuple(filter(None, made))


def _is_break(piece: Piece) -> bool:
    return isinstance(piece, Code) and piece.kind == BREAK


def write(pieces: Pieces, env: dict[str, Any]) -> str:
    """Return the Markdown of `pieces`: as plain as it is read in the same way, else with a backslash before each mark."""
    plain = _joined(pieces, _plain)
    same = [p if isinstance(p, str) else replace(p, id="") for p in pieces]
    again = [p if isinstance(p, str) else replace(p, id="") for p in read(plain, env)]
    if same == again and _is_paragraph(plain, env):
        return plain
    return _joined(pieces, _escaped)


def _joined(pieces: Pieces, change: Callable[[str, bool], str]) -> str:
    made = []
    for n, piece in enumerate(pieces):
        first = n == 0 or _is_break(pieces[n - 1])
        made.append(change(piece, first) if isinstance(piece, str) else piece.written)
    return "".join(made)


def _plain(text: str, first: bool) -> str:
    return text


def _escaped(text: str, first: bool) -> str:
    # A bracket with a backslash would end a formula.
    made = _MARKS.sub(r"\\\g<0>", text).replace("]", "&#93;")
    return (
        _FIRST.sub(lambda m: m[0] + "\\" if m[0].isdigit() else "\\" + m[0], made, count=1)
        if first and _FIRST.match(made)
        else made
    )


def _is_paragraph(text: str, env: dict[str, Any]) -> bool:
    """Return whether `text` is read as a paragraph, and not as another block."""
    known = {key: env.get(key, {}) for key in ("references", "notes")}
    tokens = blocks_of(text, environment() | {key: type(v)(v) for key, v in known.items()})
    return len(tokens) == 3 and tokens[0].type == "paragraph_open" and tokens[1].content == text


def codes(pieces: Pieces) -> Counter[str]:
    """Count the codes that a translation must have as its original has them."""
    kept = (p for p in pieces if isinstance(p, Code) and p.kind not in FREE)
    return Counter(p.written for p in kept if p.kind != "attributes" or p.side == ALONE)
