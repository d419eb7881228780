r"""MathML to TeX, in the notation that an author would write.

The result is read again: a formula is only written if Handpress understands its TeX, with the same signs. Others are left
to be text, which a report lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from handpress.importers.maths.signs import UNSEEN, signs_of
from handpress.markup.formulas.mathml import to_mathml
from handpress.markup.formulas.tex import LONGEST, read_tex
from handpress.markup.tree import Element

# Operators whose limits are above and below them.
_LIMITS = frozenset("∑∏∐⋂⋃⋁⋀⨁⨂⨀⨆⨄")
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_NAMED_LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr"})
_OVER = {"^": r"\hat", "\u02c6": r"\hat", "\u0302": r"\hat", "~": r"\tilde", "\u02dc": r"\tilde", "\u0303": r"\tilde",
         "\u00af": r"\bar", "\u0304": r"\bar", "\u02c9": r"\bar", "\u203e": r"\overline", "\u0305": r"\overline",
         "_": r"\overline", "\u2015": r"\overline", "→": r"\vec", "\u20d7": r"\vec", "\u02d9": r"\dot", "\u0307": r"\dot",
         "\u00a8": r"\ddot", "\u0308": r"\ddot", "\u20db": r"\dddot", "\u02c7": r"\check", "\u030c": r"\check",
         "\u02d8": r"\breve", "\u0306": r"\breve", "\u00b4": r"\acute", "\u0301": r"\acute", "`": r"\grave",
         "\u0300": r"\grave", "⏞": r"\overbrace", "︷": r"\overbrace", "←": r"\overleftarrow", "\u20d6": r"\overleftarrow",
         "↔": r"\overleftrightarrow", "\u20e1": r"\overleftrightarrow"}  # fmt: skip
# The same above more than one letter.
_WIDE = {
    r"\hat": r"\widehat",
    r"\tilde": r"\widetilde",
    r"\bar": r"\overline",
    r"\vec": r"\overrightarrow",
}
_UNDER = {"_": r"\underline", "\u0332": r"\underline", "\u2581": r"\underline", "\u203e": r"\underline",
          "\u00af": r"\underline", "\u0331": r"\underline", "⏟": r"\underbrace", "︸": r"\underbrace"}  # fmt: skip
_FENCES = {"": ".", "{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle",
           "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor", "‖": r"\|", "∥": r"\|", "∣": "|",
           "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/"}  # fmt: skip
_MATRICES = {
    "()": "pmatrix",
    "[]": "bmatrix",
    "{}": "Bmatrix",
    "||": "vmatrix",
    "‖‖": "Vmatrix",
    "∥∥": "Vmatrix",
}
_ALPHABETS = {"bold": r"\mathbf", "bold-italic": r"\boldsymbol", "script": r"\mathcal", "fraktur": r"\mathfrak",
              "double-struck": r"\mathbb", "sans-serif": r"\mathsf", "monospace": r"\mathtt",
              "normal": r"\mathrm"}  # fmt: skip
_SIGNS = {"−": "-", "*": "*", "′": "'", "″": "''", "‴": "'''", "∣": "|", "\u00a0": r"\ ", "~": r"\sim", "\\": r"\backslash", "∼": r"\sim",
          "·": r"\cdot", "⋅": r"\cdot", "…": r"\dots", "→": r"\to", "∕": "/", "∗": "*", "≔": ":=", "∆": r"\Delta",
          "\u2002": r"\ ", "\u2003": r"\quad", "‖": r"\|", "∥": r"\|"}  # fmt: skip
_ESCAPED = {c: f"\\{c}" for c in "#$%&_{}"}
_SPACED = re.compile(r"[=<>≤≥≠≈≡∼~+−±∓×÷·⋅∈∋⊂⊆⊃⊇∪∩∧∨→←↔⇒⇔⟹⟺↦∝-]")
_TALL = frozenset({"mfrac", "mtable", "munder", "mover", "munderover", "mroot", "msqrt"})
# Text that takes scripts without braces.
_ONE = re.compile(r"\\[A-Za-z]+|[^\\{}]|\\(?:math[a-z]+|boldsymbol)\{\\?[^{}\\]*\}|\(([^()]*)\)")
_COMMAND_AT_END = re.compile(r"\\[A-Za-z]+$")


class _Unwritable(Exception):
    """Something in a formula that has no notation here."""


def tex_of_mathml(math: Element) -> str:
    """Return the TeX of a formula in MathML, "" if it cannot be written with all its signs."""
    if sum(len(text) for text in math.itertext()) > LONGEST:
        return ""
    try:
        tex = _row(list(math)).strip()
    except _Unwritable:
        return ""
    if number := math.get("number"):
        tex = rf"{tex} \tag{{{number}}}"
    return tex if tex and is_read(tex) and _signs_of_tex(tex) == signs_of(math) else ""


@lru_cache(maxsize=1000)
def is_read(tex: str) -> bool:
    """Return whether Handpress understands a formula in TeX."""
    found = read_tex(f"$${tex}$$")
    return found is not None and to_mathml(found) is not None


def _signs_of_tex(tex: str) -> Counter[str]:
    found = read_tex(f"$${tex}$$")
    made = to_mathml(found) if found else None
    return signs_of(made) if made is not None else Counter()


def _joined(parts: Iterable[str]) -> str:
    made: list[str] = []
    for part in filter(None, parts):
        if made and re.match("[A-Za-z]", part) and _COMMAND_AT_END.search(made[-1]):
            made.append(" ")
        made.append(part)
    return "".join(made)


def _written(element: Element) -> str:
    writer = _WRITERS.get(element.tag)
    if writer is None:
        raise _Unwritable
    return writer(element)


def _row(parts: Sequence[Element]) -> str:
    fenced = _fenced(parts)
    if fenced is not None:
        return fenced
    made: list[str] = []
    for number, part in enumerate(parts):
        text = _written(part)
        infix = part.tag == "mo" and 0 < number < len(parts) - 1 and parts[number - 1].tag != "mo"
        made.append(f" {text} " if infix and _SPACED.fullmatch(_text(part)) else text)
    return re.sub(" {2,}", " ", _joined(made)) if "\\text" not in "".join(made) else _joined(made)


def _fenced(parts: Sequence[Element]) -> str | None:
    """Return what is between two fences, None if there are none."""
    if len(parts) < 2 or not (_is_fence(parts[0], 0) and _is_fence(parts[-1], 1)):
        return None
    first, last = ((p.text or "").strip() for p in (parts[0], parts[-1]))
    inside = list(parts[1:-1])
    while len(inside) == 1 and inside[0].tag == "mrow":
        inside = list(inside[0])
    table = inside[0] if len(inside) == 1 and inside[0].tag == "mtable" else None
    if table is not None and (first, last) == ("{", ""):
        return _environment("cases", table)
    if table is not None and first + last in _MATRICES:
        return _environment(_MATRICES[first + last], table)
    left, right = (_FENCES.get(sign) or _sign(sign) for sign in (first, last))
    within = _row(inside).strip()
    if "." in (left, right) or any(e.tag in _TALL for part in inside for e in part.iter()):
        return _joined(
            [r"\left", left, " " if left[-1:].isalpha() else "", within, r" \right", right]
        )
    return _joined([left, within, right])


def _is_fence(element: Element, side: int) -> bool:
    if element.tag != "mo" or len(element):
        return False
    text = (element.text or "").strip()
    return element.get("fence") == "true" or text in ("([{⟨⌈⌊", ")]}⟩⌉⌋")[side]


def _group(element: Element) -> str:
    return _row(list(element) if element.tag == "mrow" else [element]).strip()


def _base(element: Element) -> str:
    text = _group(element)
    return text if _ONE.fullmatch(text) else f"{{{text}}}"


def _argument(element: Element) -> str:
    text = _group(element)
    return text if re.fullmatch(r"[A-Za-z0-9]", text) else f"{{{text}}}"


def _scripts(element: Element) -> str:
    """Write `msub`, `msup`, `msubsup`."""
    base, *scripts = _parts(element, 3 if element.tag == "msubsup" else 2)
    marks = {"msub": "_", "msup": "^"}.get(element.tag, "_^")
    text = _base(base)
    for mark, script in zip(marks, scripts, strict=True):
        if mark == "^" and script.tag == "mo" and re.fullmatch("[′'″]+", script.text or ""):
            text += "'" * len(unicodedata.normalize("NFKC", (script.text or "").replace("'", "′")))
        elif len(script) or (script.text or "").strip():
            text += f"{mark}{_argument(script)}"
    return text


def _above_and_below(element: Element) -> str:
    """Write `munder`, `mover`, `munderover`: limits, accents, braces, or one thing above another."""
    base, *scripts = _parts(element, 3 if element.tag == "munderover" else 2)
    marks = {"munder": "_", "mover": "^"}.get(element.tag, "_^")
    sign = (base.text or "").strip() if not len(base) else ""
    if sign in _LIMITS or sign in _INTEGRALS or sign in _NAMED_LIMITS:
        limits = r"\limits" if sign in _INTEGRALS else ""
        shown = [f"{m}{_argument(s)}" for m, s in zip(marks, scripts, strict=True)]
        return "".join([_written(base).strip(), limits, *shown])
    text = _group(base)
    for mark, script in zip(marks, scripts, strict=True):
        table = _OVER if mark == "^" else _UNDER
        command = table.get((script.text or "").strip()) if script.tag == "mo" else None
        if command:
            wide = len(list(base.iter())) > 1 or len(sign) > 1
            text = f"{_WIDE.get(command, command) if wide else command}{{{text}}}"
        elif text.startswith((r"\overbrace", r"\underbrace")):
            text += f"{mark}{{{_group(script)}}}"
        else:
            name = "underset" if mark == "_" else "overset"
            text = rf"\{name}{{{_group(script)}}}{{{text}}}"
    return text


def _fraction(element: Element) -> str:
    over, under = (_group(e) for e in _parts(element, 2))
    if element.get("bevelled") == "true":
        return f"{{{over}}}/{{{under}}}"
    if re.fullmatch(r"0(?:\.0*)?(?:\w+|%)?", element.get("linethickness", "1")):
        return rf"{{{over} \atop {under}}}"
    return rf"\frac{{{over}}}{{{under}}}"


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return rf"\sqrt{{{_row(list(element)).strip()}}}"
    base, degree = _parts(element, 2)
    return rf"\sqrt[{_group(degree)}]{{{_group(base)}}}"


def _parts(element: Element, number: int) -> list[Element]:
    if len(element) != number:
        raise _Unwritable
    return list(element)


def _table(element: Element) -> str:
    aligned = element.get("columnalign", "").split()[:2] == ["right", "left"]
    shown = element.get("displaystyle") == "true" and "columnalign" in element.attrib
    return _environment("aligned" if aligned or shown else "matrix", element)


def _environment(name: str, table: Element) -> str:
    rows = []
    for row in table:
        if row.tag != "mtr" or any(c.tag != "mtd" or c.get("columnspan", "1") != "1" for c in row):
            raise _Unwritable
        rows.append(" & ".join(_row(list(cell)).strip() for cell in row))
    lines = r" \\ ".join(rows)
    return rf"\begin{{{name}}}{lines}\end{{{name}}}"


def _framed(element: Element) -> str:
    if element.get("notation", "").strip() not in ("box", "roundedbox"):
        raise _Unwritable
    return rf"\boxed{{{_row(list(element)).strip()}}}"


def _before_and_after(element: Element) -> str:
    """Write `mmultiscripts`: a base with pairs of scripts after it, and of others before it."""
    base, *rest = list(element) or [Element("none")]
    marks = [e.tag for e in rest]
    at = marks.index("mprescripts") if "mprescripts" in marks else len(rest)
    after, before = rest[:at], rest[at + 1 :]
    if max(len(after), len(before)) > 2 or len(after) % 2 or len(before) % 2:
        raise _Unwritable

    def scripts(pair: Sequence[Element]) -> str:
        shown = zip("_^", pair, strict=False)
        return "".join(
            f"{mark}{_argument(e)}" for mark, e in shown if e.tag != "none" and not _is_empty(e)
        )

    return (
        f"{{}}{scripts(before)}{_base(base)}{scripts(after)}"
        if before
        else f"{_base(base)}{scripts(after)}"
    )


def _is_empty(element: Element) -> bool:
    return not len(element) and not (element.text or "").strip()


def _identifier(element: Element) -> str:
    text, variant = _text(element), element.get("mathvariant", "")
    if not text:
        return ""
    if len(text) > 1 and text in _functions() and variant in ("", "normal"):
        return rf"\{text} "
    letters, alphabet = _plain(text)
    if not any(map(str.isalpha, letters)):
        variant = ""
    command = _ALPHABETS.get(variant or alphabet)
    if variant in ("italic", "") and not alphabet and (len(text) == 1 or not text.isalpha()):
        return _joined(_sign(c) for c in text)
    if command is None and len(letters) > 1:
        command = r"\mathit" if variant == "italic" else r"\mathrm"
    if command is None:
        raise _Unwritable
    return f"{command}{{{_joined(_sign(c) for c in letters)}}}"


def _plain(text: str) -> tuple[str, str]:
    """Return letters of a mathematical alphabet as plain letters, with its name; "" for plain letters."""
    names = {
        re.sub(r"MATHEMATICAL (.*?) ?(?:CAPITAL|SMALL|DIGIT).*", r"\1", unicodedata.name(c, ""))
        for c in text
    }
    name = names.pop() if len(names) == 1 else ""
    known = {"BOLD": "bold", "BOLD ITALIC": "bold-italic", "SCRIPT": "script", "FRAKTUR": "fraktur", "ITALIC": "italic",
             "DOUBLE-STRUCK": "double-struck", "SANS-SERIF": "sans-serif", "MONOSPACE": "monospace"}  # fmt: skip
    return (unicodedata.normalize("NFKC", text), known[name]) if name in known else (text, "")


@cache
def _functions() -> frozenset[str]:
    from latex2mathml import commands

    names = (*commands.FUNCTIONS, *commands.LIMIT, r"\det", r"\gcd", r"\Pr")
    return frozenset(name[1:] for name in names)


@cache
def _commands() -> dict[str, str]:
    """Return the usual command of each sign that has one, by the table of the library that reads them."""
    from latex2mathml.symbols_parser import SYMBOLS

    found: dict[str, str] = {}
    for command, code in SYMBOLS.items():
        if re.fullmatch(r"\\[A-Za-z]{2,}", command) and re.fullmatch("[0-9A-Fa-f]+", code):
            found.setdefault(chr(int(code, 16)), command)
    return found


def _sign(text: str) -> str:
    """Return a sign as TeX has it."""
    if text in _SIGNS or text in _ESCAPED:
        return _SIGNS.get(text) or _ESCAPED[text]
    if len(text) != 1 or text.isascii():
        if "^" in text:
            raise _Unwritable
        return text if len(text) == 1 else _joined(_sign(c) for c in text)
    if unicodedata.category(text).startswith("L") and not unicodedata.name(text, "").startswith(
        "GREEK"
    ):
        return text
    return _commands().get(text, text)


def _operator(element: Element) -> str:
    text = _text(element)
    if len(text) > 1 and text.isalpha():
        return rf"\{text} " if text in _functions() else rf"\operatorname{{{text}}} "
    return _sign(text) if text else ""


def _words(element: Element) -> str:
    """Write words in the letters of the text; signs with a meaning in TeX are between them."""
    text = re.sub(r"[\s\u00a0]+", " ", "".join(element.itertext()))
    if re.search(r"[\\^~$]", text):
        raise _Unwritable
    parts = re.split(r"([#%&_{}])", text)
    return _joined(
        _ESCAPED[part] if number % 2 else rf"\text{{{part}}}"
        for number, part in enumerate(parts)
        if part
    )


def _space(element: Element) -> str:
    found = re.fullmatch(r"(-?\d*\.?\d+)em", element.get("width", "").strip())
    width = float(found[1]) if found else 0
    return r"\qquad " if width >= 2 else r"\quad " if width >= 0.9 else r"\ " if width > 0.1 else ""


def _text(element: Element) -> str:
    text = "".join(c for c in "".join(element.itertext()) if c not in UNSEEN)
    return " ".join(text.split()) if text.strip() else ""


def _number(element: Element) -> str:
    text = "".join(_text(element).split())
    letters, alphabet = _plain(text)
    command = _ALPHABETS.get(element.get("mathvariant", "") or alphabet)
    plain = re.sub(r"(?<=\d),(?=\d)", "{,}", "".join(_ESCAPED.get(c, c) for c in letters))
    return f"{command}{{{plain}}}" if command and command != r"\mathrm" else plain


def _old_fences(element: Element) -> str:
    """Write `mfenced`, which MathML had before version 4."""
    first, last = element.get("open", "("), element.get("close", ")")
    between = element.get("separators", ",").strip()
    inside: list[Element] = []
    for number, part in enumerate(element):
        if number and between:
            inside.append(_mo(between[min(number, len(between)) - 1]))
        inside.append(part)
    return _row([_mo(first), *inside, _mo(last)])


def _mo(sign: str) -> Element:
    made = Element("mo", {"fence": "true"})
    made.text = sign
    return made


def _content(element: Element) -> str:
    return _row(list(element))


def _first(element: Element) -> str:
    return _written(element[0]) if len(element) else ""


_WRITERS: dict[str, Callable[[Element], str]] = {
    "mrow": _content,
    "mstyle": _content,
    "mpadded": _content,
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
    "semantics": _first,
    "maction": _first,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _above_and_below,
    "mover": _above_and_below,
    "munderover": _above_and_below,
    "mmultiscripts": _before_and_after,
    "mtable": _table,
    "menclose": _framed,
    "mfenced": _old_fences,
    "mphantom": lambda element: rf"\phantom{{{_content(element)}}}",
}
