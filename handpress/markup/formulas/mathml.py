"""MathML: a formula in TeX to a tree of MathML Core, by latex2mathml, in the form that browsers and e-readers draw."""

from __future__ import annotations

import html
import re
import unicodedata

from handpress.core.files.source import CONTROL
from handpress.core.limits import TooSlow
from handpress.markup.formulas.tex import Tex
from handpress.markup.tree import Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
MOST = 15_000  # the cost of one formula, see `_cost`: a fifth of a second
TOKENS = frozenset(["mi", "mn", "mo", "mtext"])
# Elements that have a number of parts.
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_ELEMENTS = TOKENS | _PARTS.keys() | {
    "math", "mrow", "mspace", "msqrt", "mtable", "mtr", "mtd", "mphantom", "mpadded", "mstyle", "menclose",
}  # fmt: skip
_ATTRIBUTES = frozenset(
    ["stretchy", "fence", "form", "accent", "accentunder", "width", "height", "depth", "linethickness", "columnalign", "minsize",
     "maxsize", "displaystyle", "scriptlevel", "notation", "columnlines", "rowlines"]
)  # fmt: skip
# Signs that are things, not relations or operations.
_THINGS = frozenset("∂∇∞∅∀∃∄∎√∠∡∢△▽")
# The first capital letter, small letter and digit of an alphabet, in the Mathematical Alphanumeric Symbols.
_ALPHABETS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE), "italic": (0x1D434, 0x1D44E, 0), "bold-italic": (0x1D468, 0x1D482, 0),
    "script": (0x1D49C, 0x1D4B6, 0), "bold-script": (0x1D4D0, 0x1D4EA, 0), "fraktur": (0x1D504, 0x1D51E, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8), "bold-fraktur": (0x1D56C, 0x1D586, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2), "bold-sans-serif": (0x1D5D4, 0x1D5EE, 0x1D7EC),
    "sans-serif-italic": (0x1D608, 0x1D622, 0), "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}  # fmt: skip
# Letters that Unicode had before those alphabets.
_OLDER = {0x1D455: "ℎ", 0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ", 0x1D4A7: "ℒ", 0x1D4A8: "ℳ",
          0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ", 0x1D4C4: "ℴ", 0x1D506: "ℭ", 0x1D50B: "ℌ", 0x1D50C: "ℑ", 0x1D515: "ℜ",
          0x1D51D: "ℨ", 0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ"}  # fmt: skip


class _Unknown(Exception):
    """A formula with a command that has no meaning here."""


def to_mathml(tex: Tex) -> Element | None:
    """Return the tree of a formula, without a namespace; None if some of it is not understood."""
    from latex2mathml.converter import Converter

    try:
        made = Converter(display="block" if tex.block else "inline").convert_to_element(tex.source)
        math = _mended(made)
    except (TooSlow, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - it has a dozen for what it cannot read, and some are Python's own
        return None
    math.attrib = {"display": "block" if tex.block else "inline"}
    return math if "".join(math.itertext()).strip() and _cost(math) <= MOST else None


def _cost(element: Element, level: int = 0) -> int:
    """Return the cost of drawing a formula: ziamath takes twice as long for each level of its elements."""
    return sum(_cost(part, level + 1) for part in element) or 2**level


def _mended(made: Element) -> Element:
    tag = "mrow" if made.tag in TOKENS and len(made) else made.tag
    if tag not in _ELEMENTS or made.get("linebreak") or len(made) != _PARTS.get(tag, len(made)):
        raise _Unknown
    kept = {k: v for k, v in made.attrib.items() if k in _ATTRIBUTES}
    return _token(tag, made, kept) if tag in TOKENS else _group(tag, made, kept)


def _group(tag: str, made: Element, kept: dict[str, str]) -> Element:
    """Return an element of several parts, or its only part."""
    if tag == "mstyle" and not kept:
        tag = "mrow"
    mended = Element(tag, kept)
    parts = [_mended(child) for child in made]
    mended.extend(_joined(parts) if tag == "mrow" else parts)
    if tag == "mrow" and len(mended) == 1:
        return mended[0]  # a group of one thing
    if tag == "mtable":
        mended.set("displaystyle", made.get("displaystyle", "false"))
        if made.get("columnspacing"):  # of aligned lines: none before the sign
            mended.set("columnspacing", "0em 1em")
    if mended.get("accent") and mended[-1].text == "^":
        mended[-1].set("stretchy", "false")
    return mended


def _token(tag: str, made: Element, kept: dict[str, str]) -> Element:
    """Return an element of signs; raise `_Unknown` if they are a command that the converter did not know."""
    text = html.unescape(made.text or "")
    command = text.startswith("\\") or "$" in text[1:] or text == "&"
    if command or CONTROL.search(text) or "\ufffd" in text:
        raise _Unknown
    variant = made.get("mathvariant", "")
    if variant == "normal" and tag == "mi":
        kept["mathvariant"] = variant
    text = "".join(_styled(c, variant) for c in text) if variant in _ALPHABETS else text
    sign = len(text) == 1 and unicodedata.category(text) == "Sm"
    mended = Element("mo" if tag == "mi" and sign and text not in _THINGS else tag, kept)
    mended.text = {"\u2015": "\u203e"}.get(text, text)
    return mended


def _joined(made: list[Element]) -> list[Element]:
    """Join upright letters side by side, which are a word."""
    joined: list[Element] = []
    for element in made:
        last = joined[-1] if joined else None
        upright = (
            element.tag == "mi"
            and element.get("mathvariant") == "normal"
            and re.fullmatch(r"[^\W\d_]", element.text or "")
        )
        if upright and last is not None and last.tag == "mi" and last.get("joined"):
            last.text = f"{last.text}{element.text}"
        else:
            if upright:
                element.set("joined", "yes")
            joined.append(element)
    for element in joined:
        if element.attrib.pop("joined", None) and len(element.text or "") > 1:
            del element.attrib["mathvariant"]
    return joined


def _styled(character: str, variant: str) -> str:
    for first, span, at in zip("Aa0", (26, 26, 10), _ALPHABETS[variant], strict=True):
        if at and 0 <= ord(character) - ord(first) < span:
            code = at + ord(character) - ord(first)
            return _OLDER.get(code, chr(code))
    return character
