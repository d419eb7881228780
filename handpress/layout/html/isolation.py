"""Isolation: what is read from left to right within text that runs from right to left keeps its order.

In Arabic, the Unicode Bidirectional Algorithm (UAX 9) shows `38 °C` as `C° 38`, `-5` as `5-`, and the groups of a telephone
number last first, because digits and signs have no direction of their own. Such runs become elements with a direction. A number
alone, and one word or several in Latin letters, are right as they are, unless a line may end at a sign in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.core.direction import direction
from handpress.markup.tree import VOID

SPACE = "[ \n\u00a0\u202f]"
LETTER = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u03bc"
DIGIT = "0-9٠-٩۰-۹"
FIRST = f"[{LETTER}{DIGIT}]"
# A sign belongs to the number right after it, unless it is the hyphen after a prefix, as in Hebrew.
SIGN = rf"(?:(?<!\w)(?:[-+±\u2212]|(?:[~≈≤≥$€£¥]|&[lg]t;){SPACE}?)(?=[-+({DIGIT}])|(?<!\w)[@#](?={FIRST}))"
# Punctuation is within a run if there is no space after it; brackets are if both are in it.
WITHIN = (
    rf"(?:[{LETTER}{DIGIT}°%‰$€£¥′″²³½¼¾+*/#@_~=≈≤≥±×÷^|\\–—\u2212-]|{SPACE}(?!{SPACE})|[.,:;!?'’٫٬](?=[{LETTER}{DIGIT}/])"
    rf"|&(?:amp|[lg]t);|\([{LETTER}{DIGIT} .,/+–-]{{1,12}}\))"
)
AREA = r"\([0-9+]{1,5}\)(?=[ \u00a0]?[0-9])"  # of a telephone number
LAST = rf"(?:[{LETTER}{DIGIT}°%‰$€£¥′″²³½¼¾+*]|\([{LETTER}{DIGIT} .,/+–-]{{1,12}}\)|(?<=\w)/)"
RUN = re.compile(rf"(?P<run>{SIGN}*(?:{FIRST}|{AREA})(?:{WITHIN}*{LAST})?)|&#?\w+;")
# The algorithm has these right. Digits of the script without a unit follow its own rules, also with a sign.
OWN_DIGITS = re.compile("[^A-Za-z°]*[٠-٩۰-۹][^A-Za-z°]*")
NUMBER = re.compile("[0-9]+(?:[.,:/\u00a0][0-9]+)*")
WORDS = re.compile(rf"[{LETTER}](?:[^/–—-]*(?:{FIRST}|\)))?")
# Numbers beside each other, such as those of a scale, follow the text; the groups of a long number do not.
NUMBERS = re.compile(f"[0-9]{{1,2}}(?:{SPACE}[0-9]{{1,2}})+")
PARTS = re.compile(
    r"<(?P<plain>title|style|script|svg|math|textarea)\b.*?</(?P=plain)>|<!--.*?-->|<!.*?>|<\?.*?\?>"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>[^>]*)>|(?P<text>[^<]+|<)",
    re.S,
)
DIRECTION = re.compile(r"\sdir=\"(\w+)\"")
EMPTY = VOID | {"area", "base", "col", "embed", "input", "link", "meta", "source", "track"}


def isolated(html: str, language: str) -> str:
    """Return a page, or a part of one in `language`, with an element around each such run."""
    if direction(language) != "rtl" and 'dir="rtl"' not in html:
        return html
    return "".join(_parts(html, direction(language)))


def _parts(html: str, outside: str) -> Iterator[str]:
    around: list[tuple[str, str]] = []  # the open elements, and the direction of each
    for part in PARTS.finditer(html):
        tag = part["tag"]
        if part["text"]:
            way = around[-1][1] if around else outside
            yield RUN.sub(_in_element, part[0]) if way == "rtl" else part[0]
            continue
        yield part[0]
        if tag and part["end"]:
            last = next((n for n in range(len(around), 0, -1) if around[n - 1][0] == tag), 0)
            del around[last - 1 if last else len(around) :]
        elif tag and tag not in EMPTY and not part["attributes"].endswith("/"):
            own = DIRECTION.search(part["attributes"])
            way = own[1] if own else around[-1][1] if around else outside
            around.append((tag, way))


def _in_element(found: re.Match[str]) -> str:
    run = found["run"]
    right = (NUMBER, WORDS, OWN_DIGITS)
    if not run or any(known.fullmatch(run) for known in right) or _is_scale(run):
        return found[0]
    return f'<bdi dir="ltr">{run}</bdi>'


def _is_scale(run: str) -> bool:
    """Return whether `run` is a row of numbers that follow the direction of the text."""
    return NUMBERS.fullmatch(run) is not None and not re.match("0[0-9]", run)
