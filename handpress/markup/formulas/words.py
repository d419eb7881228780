"""A formula as a line of signs, for people who hear it and for titles: `x = (−b ± √(b² − 4ac))/(2a)`.

The notation is Unicode's for mathematics in plain text (Unicode Technical Note 28), which has no language.
"""

from __future__ import annotations

import re
import unicodedata

from handpress.markup.tree import Element

_UP = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SPACED = re.compile(r"[=<>≤≥≠≈≡∼~+−±∓×÷·∈∋⊂⊆∪∩∧∨→←↔⇒⇔⟹⟺↦∝∣∥]")
_SIGNED = ("+", "-", "−", "±", "∓")
_AT_FRONT = re.compile(r"(?:^|[(\[{|,=<>≤≥≈])\s*$")  # where one of these is the sign of a number
_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff]+")  # which screen readers spell out
_LARGE = ("∑", "∏", "∫", "∬", "∮")
_THING = re.compile(r"[\w√∑∏∫∬∮]")
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "\u00af": "\u0304",
    "\u203e": "\u0305",
    "→": "\u20d7",
    "˙": "\u0307",
    "¨": "\u0308",
}


def in_words(element: Element) -> str:
    """Return the line in place of a formula, or of a part of it."""
    return " ".join(_line(element).split())


def _line(element: Element) -> str:
    tag, parts = element.tag, list(element)
    if tag in ("mi", "mn", "mo", "mtext"):
        text = element.text or ""
        text = _ALPHABETS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
        return f" {text} " if tag == "mo" and _SPACED.fullmatch(text) else text
    if tag == "mspace":
        return " "
    if tag == "mfrac" and len(parts) == 2:
        over = "¦" if element.get("linethickness") == "0" else "/"
        return f"{_grouped(parts[:1])}{over}{_grouped(parts[1:])}"
    if tag == "msqrt":
        return f"√{_grouped(parts)}"
    if tag == "mroot" and len(parts) == 2:
        return f"√({in_words(parts[1])}&{in_words(parts[0])})"
    if tag in ("msub", "munder", "msup", "mover", "msubsup", "munderover") and len(parts) > 1:
        scripts = "_^" if len(parts) == 3 else "_" if tag in ("msub", "munder") else "^"
        if tag == "mover" and (accent := _ACCENTS.get(parts[1].text or "")):
            base = in_words(parts[0])
            return f"{base}{accent}" if len(base) == 1 else f"{_grouped(parts[:1])}{accent}"
        return _line(parts[0]) + "".join(map(_script, scripts, parts[1:]))
    if tag == "mtable":
        rows = (", ".join(filter(None, map(in_words, row))) for row in parts)
        if any(cell.get("columnalign") == "right" for row in parts for cell in row):
            return "; ".join(
                " ".join(map(in_words, row)) for row in parts
            )  # lines that are aligned
        return "; ".join(rows)
    return _row(parts)


def _row(parts: list[Element]) -> str:
    line, before = "", ""
    for part in parts:
        found = _line(part)
        if part.tag == "mo" and (part.text or "") in _SIGNED and _AT_FRONT.search(line):
            found = found.strip()
        elif (
            before
            and line[-1] not in "([{|"
            and _THING.match(found)
            and (_is_apart(before) or _is_apart(found))
        ):
            found = f" {found}"
        line, before = line + found, found.strip()
    return line


def _is_apart(words: str) -> bool:
    """Return whether `words` are a word such as `sin`, an operator with its limits, or a fraction, beside which is a space."""
    return (words[:2].isalpha() and len(words) > 1) or words[:1] in _LARGE or "/" in words


def _grouped(parts: list[Element]) -> str:
    """Return the line of `parts`, between brackets if it is more than one thing."""
    words = " ".join(_row(parts).split())
    return words if re.fullmatch(r"\w+|.", words) else f"({words})"


def _script(sign: str, part: Element) -> str:
    words = in_words(part)
    short = words.translate(_UP if sign == "^" else _DOWN)
    if words in ("′", "″", "‴"):
        return words
    if words == "∘":
        return "°" if sign == "^" else words
    if not set(short) & set(words):
        return short
    words = words.replace(" ", "") if len(words) < 10 else words
    return f"{sign}{words}" if len(words) == 1 else f"{sign}({words})"
