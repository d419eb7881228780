"""Places where a line may break, in very long words and before words such as `.md`."""

from __future__ import annotations

import re

from handpress.core.east_asian import CHINESE_JAPANESE

ZERO_WIDTH_SPACE = "\u200b"


def breakable(html: str) -> str:
    """`html` with places in very long words at which a line may break.

    A word is laid out whole before it is broken, in time that grows with the square of its length, and
    a table is as wide as the longest word in it. Browsers break words by themselves. Scripts without spaces between
    words have places of their own: others would part a Japanese sentence from its full stop, or letters of a Thai word.
    """
    if any(
        not re.search(r"[\s>]", html[m.start() - PIECE : m.start()]) for m in EDGE.finditer(html)
    ):
        html = ACROSS.sub(_parted, html)
    return LONG_WORD.sub(_broken_up, html) if _may_have_long_words(html) else html


def _parted(found: re.Match[str]) -> str:
    """Return a long word of several elements with a break between them: WeasyPrint finds none within it.

    A piece with fewer letters may be a quotation mark or a full stop, which no line begins with.
    """
    if found[1]:
        return found[0]
    pieces = re.split(r"((?:<[^<>]*>)+)", found[0])
    if sum(map(len, pieces[::2])) <= WIDEST:
        return found[0]
    for n in range(1, len(pieces) - 1, 2):
        if min(len(pieces[n - 1]), len(pieces[n + 1])) >= PIECE:
            pieces[n] += ZERO_WIDTH_SPACE
    return "".join(pieces)


def before_punctuation(html: str) -> str:
    """`html` with places for a line to break between a word and one such as `.md` or `/usr/bin`.

    Unicode Standard Annex #14, rule LB13, has no break there even after a space, so a list of such words has none
    at all, and Pango follows it. Browsers break after the space. Code in a block stays as it is, to be copied.
    """
    if not re.search(PUNCTUATED, html):
        return html
    return BEFORE_PUNCTUATED.sub(lambda m: m[0] + ZERO_WIDTH_SPACE * bool(m["word"]), html)


def within_names(html: str) -> str:
    """`html` with places for a line to break in long names such as `(<code>vm_memory_high_watermark.relative</code>)`.

    WeasyPrint breaks a word that is too wide only at the beginning of a line, so not behind a parenthesis.
    """
    return NAME_BEHIND.sub(_with_breaks, html) if NAME.search(html) else html


def _with_breaks(found: re.Match[str]) -> str:
    """Return a long name with breaks behind its punctuation, or, without any, after each step."""
    name = found["name"]
    if not name:
        return found[0]
    parted = re.sub(r"(?<=\w[_./:=\\-])(?=\w)", ZERO_WIDTH_SPACE, name)
    if parted == name and (found["before"].endswith("code>") or len(name) > WIDEST):
        parted = _in_steps(name)
    return found["before"] + parted


def without_blanks(html: str) -> str:
    """`html` without the white space at the ends of lines of code, which may be wider than the page."""
    return CODE.sub(lambda m: BLANKS.sub("", m[0]), html) if BLANKS.search(html) else html


def _may_have_long_words(html: str) -> bool:
    """Return whether any text between tags has a word too long. It is much quicker than the expression."""
    first, *rest = html.split("<")
    texts = (first, *(part.partition(">")[2] for part in rest))
    long = (text for text in texts if len(text) > LONGEST_WORD)
    return any(len(word) > LONGEST_WORD for text in long for word in text.split())


LONGEST_WORD, STEP = (
    100,
    20,
)  # characters: no language has a longer word; a step fits a narrow column
# Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese.
WITHOUT_SPACES = f"\u0e00-\u109f\u1780-\u17ff{CHINESE_JAPANESE}"
INLINE = "(?:a|b|bdi|code|del|em|i|ins|kbd|mark|s|samp|small|span|strong|u|var)"
PUNCTUATED = rf"\s(?=(?:<{INLINE}\b[^>]*>)*[.,:;!?/]\w)"
BEFORE_PUNCTUATED = re.compile(
    rf"<(title|pre)\b.*?</\1>|(?P<word></{INLINE}>|[^\s<>]){PUNCTUATED}|<[^>]*>", re.S
)
WIDEST = 40  # characters of a word that fits in every column
PIECE = 4
EDGE = re.compile(
    rf"(?:</?{INLINE}\b[^<>]*>)+(?=[^\s<>]{{{PIECE}}})"
)  # found much quicker than such a word
ACROSS = re.compile(
    rf"<(title|pre)\b.*?</\1>|(?:[^\s<>{ZERO_WIDTH_SPACE}{WITHOUT_SPACES}]|</?{INLINE}\b[^<>]*>){{{WIDEST},}}",
    re.S,
)
NAME = re.compile(rf"<{INLINE}\b[^<>]*>[^\s<>]{{{STEP}}}")  # found much quicker than the next
# A long name in an element with something else than a space before it.
NAME_BEHIND = re.compile(
    rf"<(title|pre)\b.*?</\1>|(?P<before>[^\s<>](?:<{INLINE}\b[^<>]*>)+)"
    rf"(?P<name>[^\s<>{ZERO_WIDTH_SPACE}{WITHOUT_SPACES}]{{{STEP},}})",
    re.S,
)
CODE = re.compile(r"<pre\b.*?</pre>", re.S)
BLANKS = re.compile(r"[ \t]+(?=(?:[ \t]|</?\w[^<>]*>)*(?:\n|</pre>))")
LONG_WORD = re.compile(
    rf"<title>.*?</title>|<[^>]*>|(?:&#?\w+;|[^\s<>&{ZERO_WIDTH_SPACE}{WITHOUT_SPACES}]){{{LONGEST_WORD + 1},}}",
    re.S,
)


def _broken_up(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    return _in_steps(found[0])


def _in_steps(word: str) -> str:
    characters = re.findall(r"&#?\w+;|.", word)
    steps = ("".join(characters[n : n + STEP]) for n in range(0, len(characters), STEP))
    return ZERO_WIDTH_SPACE.join(steps)
