"""Quotation marks, apostrophes, dashes and dots as a language prints them, from those of a keyboard.

Python-Markdown's `smarty` sees each piece of text alone and knows one pair of marks. Here a quotation may
begin in one element and end in another, and text of the settings gets the same marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from handpress.markup.spaces import may_change, spaced
from handpress.markup.tree import CODE, PHRASING, Element


class Marks(NamedTuple):
    """The marks of a quotation, and of one within another."""

    opens: str
    closes: str
    inner_opens: str
    inner_closes: str


ENGLISH = Marks("“", "”", "‘", "’")
# The languages that quote otherwise than English, from the Unicode CLDR 48. The rows of da, de-CH, es, hr and nl
# follow the style guides of these languages instead, which differ from the CLDR.
ROWS: tuple[tuple[Marks, str], ...] = (
    (Marks("„", "“", "‚", "‘"), "de cs sk sl is et lt lb dsb hsb nds mk"),
    (Marks("„", "”", "‚", "’"), "hr bs"),
    (Marks("„", "”", "«", "»"), "pl ro"),
    (Marks("„", "”", "»", "«"), "hu"),
    (Marks("„", "”", "’", "’"), "sr"),
    (Marks("„", "“", "’", "’"), "bg"),
    (Marks("„", "“", "«", "»"), "ka"),
    (Marks("”", "”", "’", "’"), "sv fi se he yi"),
    (Marks("«\u202f", "\u202f»", "“", "”"), "fr"),
    (Marks("«\u202f", "\u202f»", "‹\u202f", "\u202f›"), "fr-ch"),
    (Marks("«", "»", "‹", "›"), "de-ch de-li it-ch rm gsw fa"),
    (Marks("«", "»", "“", "”"), "es it pt-pt ca gl eu el kk hy ar"),
    (Marks("«", "»", "„", "“"), "ru uk be ky os"),
    (Marks("«", "»", "‘", "’"), "nb nn no"),
    (Marks("»", "«", "›", "‹"), "da"),
    (Marks("”", "“", "’", "‘"), "ur"),
    (Marks("「", "」", "『", "』"), "ja yue zh-hant zh-tw zh-hk zh-mo"),
    (ENGLISH, "es-419 es-ar es-bo es-cl es-co es-cr es-ec es-mx es-pe es-us es-uy es-ve"),
)
BY_LANGUAGE = {tag: marks for marks, tags in ROWS for tag in tags.split()}


@lru_cache(maxsize=64)
def marks_of(language: str) -> Marks:
    """Return the marks of a language tag: its own, or those of the tag without its last parts."""
    tag = language.lower()
    while tag:
        if tag in BY_LANGUAGE:
            return BY_LANGUAGE[tag]
        tag = tag.rpartition("-")[0]
    return ENGLISH


# Noncharacters for what the author escaped, by its code, until the marks are set. No source contains them.
KEPT = {34: "\ufdd1", 39: "\ufdd2", 45: "\ufdd3", 46: "\ufdd4"}
_RETURNED = str.maketrans({kept: chr(code) for code, kept in KEPT.items()})

_TYPED = re.compile(r"[\"'\ufdd1-\ufdd4]|--|\.\.\.")
_DASHES = (
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
)
# Mark-up of other programs keeps its quotes: `{% include "a" %}`, `[gallery ids="1"]`.
_FOREIGN = re.compile(r"\{[^{}]*\}|[\w:-]=(?:\"[^\"]*\"|'[^']*')")
# A word that begins with an apostrophe, in several languages: 'tis, 's avonds, 'ne, and the '90s.
_ELISION = re.compile(
    r"'(?:\d\d(?:s|er)|[dkmnst]|(?i:tis|twas|twere|twill|em|ne|nen|nem))(?![\w'])"
)
_CLOSER = re.compile(r"(?<=\S)'(?!\w)")
_OPENING = frozenset("([{<¿¡-–—/“„‚‘«‹「『”’»›")  # before an opening quote; some marks are both
_CLOSING = frozenset("”’»›“‘")
APOSTROPHE = "’"


def typographic(text: str, language: str) -> str:
    """Return a line of plain text, such as a title, with the marks and spaces of `language`."""
    text = spaced(text, language)
    if not _TYPED.search(text):
        return text
    return "".join(_marked(_dashed(text), marks_of(language)))


def keep_escaped(tree: Element) -> None:
    """Mark what the author escaped in a tree of Python-Markdown, so that it stays as typed."""
    for element in tree.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and "\x02" in text:
                setattr(element, name, _ESCAPED.sub(lambda m: KEPT[int(m[1])], text))


_ESCAPED = re.compile("\x02(34|39|45|46)\x03")


# Elements whose attributes become text on a page.
DESCRIBED = frozenset(["img", "video", "audio", "iframe", "object", "embed"])


def set_quotes(body: Element, language: str) -> None:
    """Set the marks and spaces of `language` in the text of `body`, in place. Code and addresses keep what was typed."""
    for run in _runs(body, language):
        spoken = run[0].language
        if not any(_TYPED.search(p.text) or may_change(p.text, spoken) for p in run):
            continue
        for piece in run:
            if piece.prose:
                piece.text = _dashed(piece.text)
        whole = "".join(p.text if p.prose else re.sub(r"\S", "x", p.text) for p in run)
        marked = _marked(spaced(whole, spoken), marks_of(spoken))
        at = 0
        for piece in run:
            end = at + len(piece.text)
            if piece.prose:
                piece.put("".join(marked[at:end]).translate(_RETURNED))
            at = end
    for element in body.iter():
        for name in ("alt", "title") if element.tag in DESCRIBED else ():
            if name in element.attrib:
                element.set(name, typographic(element.get(name, ""), language))


class _Piece(Struct):
    """A text of an element: the one in it, or the one after it."""

    element: Element
    place: str
    text: str
    prose: bool
    language: str

    def put(self, text: str) -> None:
        setattr(self.element, self.place, text)


# Elements within a line, also those that become other ones later.
_INLINE = PHRASING | {"acronym", "big", "font", "nobr", "strike", "tt"}
_STAND_INS = {"br": "\n", "img": "x", "wbr": "x"}  # read as that
_VERBATIM = CODE | {
    "listing",
    "math",
    "plaintext",
    "script",
    "style",
    "svg",
    "textarea",
    "tt",
    "xmp",
}


def _runs(body: Element, language: str) -> Iterator[list[_Piece]]:
    """Yield the texts of `body` that are read in one go: those of a block, with the elements in its lines."""
    run: list[_Piece] = []
    waiting: list[tuple[Element, str, bool, str]] = [(body, "text", True, language)]
    while waiting:
        element, place, prose, spoken = waiting.pop()
        inline = element.tag in _INLINE
        if not inline and run:
            yield run
            run = []
        if place == "text":
            waiting.append((element, "tail", prose, spoken))
            if not isinstance(element.tag, str):  # a comment
                continue
            spoken = element.get("lang", spoken) if not inline else spoken
            prose = prose and element.tag not in _VERBATIM and not _is_address(element)
            waiting += [(child, "text", prose, spoken) for child in reversed(element)]
            if stand_in := _STAND_INS.get(element.tag):
                run.append(_Piece(element, place, stand_in, prose=False, language=spoken))
        if text := getattr(element, place):
            run.append(_Piece(element, place, text, prose=prose, language=spoken))
    if run:
        yield run


def _is_address(element: Element) -> bool:
    """Return whether `element` is a link that shows where it leads."""
    shown = (element.text or "").strip()
    return element.tag == "a" and bool(shown) and shown in element.get("href", "")


def _dashed(text: str) -> str:
    for typed, sign in _DASHES:
        text = typed.sub(sign, text)
    return text


def _marked(text: str, marks: Marks) -> list[str]:
    """Return the characters of `text` with marks in place of its quotes; a mark may be two characters."""
    shown = list(text)
    foreign = {n for found in _FOREIGN.finditer(text) for n in range(*found.span())}
    closer = max((found.start() for found in _CLOSER.finditer(text)), default=0)
    opened: list[str] = []  # the quotes that are still open, and how many of each
    count = {'"': 0, "'": 0}
    stands_for = {OPEN: "(", CLOSE: ")"}  # a mark that was set, for the quote after it
    last: tuple[int, str] = (-1, "")
    for found in re.finditer("[\"']", text):
        at, quote = found.start(), found[0]
        if at in foreign:
            continue
        before = text[at - 1 : at]
        if last[0] == at - 1:
            before = stands_for.get(last[1], before)
        after = text[at + 1 : at + 2]
        if quote == '"':
            sign = _double(before, after, count[quote] > 0)
        elif _ELISION.match(text, at) and not before.isalnum():
            sign = APOSTROPHE
        else:
            sign = _single(before, after, count[quote] > 0, at < closer)
        last = at, sign
        if sign == OPEN:
            opened.append(quote)
            count[quote] += 1
        elif sign == CLOSE and count[quote]:
            while (inner := opened.pop()) != quote:
                count[inner] -= 1
            count[quote] -= 1
        outer = quote == '"'
        shown[at] = {
            OPEN: marks.opens if outer else marks.inner_opens,
            CLOSE: marks.closes if outer else marks.inner_closes,
        }.get(sign, sign)
    return shown


OPEN, CLOSE = "open", "close"


def _double(before: str, after: str, is_open: bool) -> str:
    """Return how a double quote between two characters is set, with another one open before it or not."""
    if "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea":
        return '"'  # of an abbreviation in Hebrew
    if _can_open(before, after) and not (is_open and _is_unspaced(before)):
        return OPEN
    if is_open:
        return CLOSE
    if before.isdigit():
        return '"'  # inches
    if _is_unspaced(before) or (not before.isalnum() and _begins(after)):
        return OPEN
    return CLOSE if before.strip() else OPEN


def _single(before: str, after: str, is_open: bool, more: bool) -> str:
    """Return how a single quote is set; `more` is whether another one follows."""
    if before.isdigit() and not after.isalpha() and not is_open:
        return "'"  # feet, or minutes of an angle
    if before.isalnum() and after.isalnum() and not _is_unspaced(before):
        return APOSTROPHE
    if _can_open(before, after):
        return OPEN if more else APOSTROPHE
    return CLOSE if is_open else APOSTROPHE


def _can_open(before: str, after: str) -> bool:
    room = not before.strip() or before in _OPENING or _is_unspaced(before)
    return room and bool(after.strip()) and not (before in _CLOSING and not _begins(after))


def _begins(after: str) -> bool:
    return after.isalnum() or after in "\"'¿¡("


def _is_unspaced(character: str) -> bool:
    """Return whether a script of `character` has no spaces between words."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u3000" <= character <= "\u9fff"
        or character >= "\uf900"
    )
