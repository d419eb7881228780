"""The signs of a formula: to compare two notations of it, and to show it as text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from handpress.markup.tree import Element

UNSEEN = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\ufeff")
# Characters that are one sign: by their meaning, or as an accent.
_SAME = str.maketrans({"−": "-", "∗": "*", "∣": "|", "∥": "‖", "⋅": "·", "∆": "Δ", "'": "′", "〈": "⟨", "〉": "⟩", "∼": "~",
                       "\u02c6": "^", "\u0302": "^", "\u02dc": "~", "\u0303": "~", "\u20d7": "→", "\u0307": "\u02d9",
                       "\u20d6": "←", "\u20e1": "↔", "\u0301": "\u00b4", "\u0300": "`", "\u030c": "\u02c7",
                       "\u0306": "\u02d8", "≔": ":=", "∕": "/",
                       "︷": "⏞", "︸": "⏟",
                       "\u0308": "\u00a8"} | dict.fromkeys("¯‾―ˉ\u0304\u0305\u0331\u0332_ˍ▁"))  # fmt: skip


def signs_of(math: Element) -> Counter[str]:
    """Return the signs of a formula, in one form each."""
    text = "".join(e.text or "" for e in _seen(math)).translate(_SAME)
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    return Counter(c for c in text if not c.isspace() and c not in UNSEEN)


def signs_in_line(math: Element) -> str:
    """Return the signs of a formula as text, for one that has no TeX."""
    return " ".join("".join(_text_in_line(e) for e in _seen(math)).split())


def _text_in_line(element: Element) -> str:
    text = element.text or ""
    return f" {text} " if element.tag in ("mtext", "mtd") or len(text) > 1 else text


def _seen(math: Element) -> Iterable[Element]:
    """Yield the elements of a formula, without those that repeat it in another form."""
    stack = [math]
    while stack:
        element = stack.pop()
        if element.tag not in ("annotation", "annotation-xml"):
            yield element
        if element.tag == "semantics":
            stack += list(element)[:1]
        elif element.tag not in ("annotation", "annotation-xml"):
            stack += reversed(element)
