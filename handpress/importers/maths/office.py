"""Office MathML, the formulas of Word, as MathML.

After part 1, section 22.1 of ISO/IEC 29500. Each element is read by one function; what has none is read through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from handpress.markup.tree import Element, new_element

OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "off", "false")
_ALPHABETS = {"script": "script", "fraktur": "fraktur", "double-struck": "double-struck",
              "sans-serif": "sans-serif", "monospace": "monospace"}  # fmt: skip
_STYLES = {"p": "normal", "b": "bold", "bi": "bold-italic"}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|\S")
_WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\S")
_ALIGN, _NUMBER = "&", "#"  # signs of their own in lines of equations


def mathml_of(formula: Element, *, block: bool) -> Element:
    """Return an `m:oMath` as `math`, on lines of its own if `block`."""
    made = new_element("math", _read(formula), {"display": "block"} if block else {})
    for row in [e for e in made.iter() if e.get("number")]:
        made.set("number", row.attrib.pop("number"))
    return made


def _read(parent: Element | None, *, words: bool = False) -> list[Element]:
    """Return the content of `parent`; runs of one style that are side by side are one text."""
    made: list[Element] = []
    for style, run in groupby(parent if parent is not None else (), _style):
        if style[0]:
            made += _text(run, style, words)
        else:
            made += [part for element in run for part in _element(element)]
    return made


def _element(element: Element) -> Iterable[Element]:
    name = str(element.tag).rpartition("}")[2]
    if name.endswith("Pr") or name in ("del", "moveFrom", "ctrlPr"):
        return ()
    reader = READERS.get(name) if str(element.tag).startswith(OFFICE) else None
    return reader(element) if reader else _read(element)


def _style(element: Element) -> tuple[str, str]:
    """Return the kind of a run and its alphabet; `("", "")` for anything else."""
    if element.tag == f"{WORD}r":
        return "text", ""
    if element.tag != f"{OFFICE}r":
        return "", ""
    properties = element.find(f"{OFFICE}rPr")
    if properties is None:
        return "signs", ""
    plain = properties.find(f"{OFFICE}nor")
    if plain is not None and plain.get(f"{OFFICE}val", "on") not in _OFF:
        return "text", ""
    alphabet = _ALPHABETS.get(_value(properties, "scr"), "")
    style = _STYLES.get(_value(properties, "sty"), "")
    if alphabet:
        bold = f"bold-{alphabet}" if style.startswith("bold") else alphabet
        return "signs", bold if alphabet in ("script", "fraktur", "sans-serif") else alphabet
    return "signs", style


def _value(properties: Element | None, name: str, usual: str = "") -> str:
    """Return the value of a property; "" if it is given without one, `usual` if it is not given."""
    found = properties.find(f"{OFFICE}{name}") if properties is not None else None
    return found.get(f"{OFFICE}val", "") if found is not None else usual


def _text(runs: Iterable[Element], style: tuple[str, str], words: bool) -> Iterator[Element]:
    tags = (f"{OFFICE}t", f"{WORD}t")
    text = "".join(e.text or "" for run in runs for e in run if e.tag in tags)
    kind, variant = style
    if kind == "text":
        if text:
            yield new_element("mtext", [text])
        return
    upright = words or variant == "normal"
    for token in (_WORDS if upright else _TOKEN).findall(text):
        tag = "mn" if token[0].isdecimal() else "mi" if token.isalpha() else "mo"
        named = variant and not (tag == "mo" or (variant == "normal" and len(token) > 1))
        yield new_element(tag, [token], {"mathvariant": variant} if named else {})


def _row(parent: Element | None, *, words: bool = False) -> Element:
    """Return the content of `parent` as one element."""
    made = _read(parent, words=words)
    return made[0] if len(made) == 1 else new_element("mrow", made)


def _part(element: Element, name: str) -> Element:
    return _row(element.find(f"{OFFICE}{name}"))


def _of(element: Element) -> Element | None:
    """Return the properties of an element, such as `fPr` of `f`."""
    return element.find(f"{element.tag}Pr")


def _sign(text: str, **attributes: str) -> Element:
    return new_element("mo", [text] if text else [], attributes)


def _fraction(element: Element) -> Iterator[Element]:
    kind = _value(_of(element), "type")
    parts = [_part(element, "num"), _part(element, "den")]
    if kind == "lin":
        yield new_element("mrow", [parts[0], _sign("/"), parts[1]])
    else:
        yield new_element("mfrac", parts, {"linethickness": "0"} if kind == "noBar" else {})


def _script(tag: str, *names: str) -> Callable[[Element], Iterator[Element]]:
    def read(element: Element) -> Iterator[Element]:
        yield new_element(tag, [_part(element, name) for name in names])

    return read


def _before(element: Element) -> Iterator[Element]:
    """Yield a base with scripts to the left of it."""
    base, sub, sup = (_part(element, name) for name in ("e", "sub", "sup"))
    yield new_element("msubsup", [new_element("mrow", []), sub, sup])
    yield base


def _root(element: Element) -> Iterator[Element]:
    degree = element.find(f"{OFFICE}deg")
    hidden = _value(_of(element), "degHide", "off") not in _OFF
    if hidden or degree is None or not _read(degree):
        yield new_element("msqrt", _read(element.find(f"{OFFICE}e")))
    else:
        yield new_element("mroot", [_part(element, "e"), _row(degree)])


def _large(element: Element) -> Iterator[Element]:
    """Yield a sum, a product, an integral: its sign with its limits, then what it is over."""
    properties = _of(element)
    sign = _value(properties, "chr", "\u222b")
    beside = _value(properties, "limLoc", "undOvr" if sign != "\u222b" else "subSup") == "subSup"
    limits = {
        name: _part(element, name)
        for name in ("sub", "sup")
        if _value(properties, f"{name}Hide", "off") in _OFF
        and _read(element.find(f"{OFFICE}{name}"))
    }
    tags = ("msub", "msup", "msubsup") if beside else ("munder", "mover", "munderover")
    tag = tags[2 if len(limits) == 2 else list(limits) == ["sup"]]
    yield new_element(tag, [_sign(sign), *limits.values()]) if limits else _sign(sign)
    yield _part(element, "e")


def _fences(element: Element) -> Iterator[Element]:
    properties = _of(element)
    first, last = _value(properties, "begChr", "("), _value(properties, "endChr", ")")
    between = _value(properties, "sepChr", "|")
    inside: list[Element] = []
    for number, part in enumerate(element.findall(f"{OFFICE}e")):
        inside += [_sign(between, separator="true")] if number and between else []
        inside += _read(part)
    yield new_element("mrow", [_sign(first, fence="true"), *inside, _sign(last, fence="true")])


def _matrix(element: Element) -> Iterator[Element]:
    rows = [
        new_element("mtr", [new_element("mtd", _read(e)) for e in row.findall(f"{OFFICE}e")])
        for row in element.findall(f"{OFFICE}mr")
    ]
    yield new_element("mtable", rows)


def _lines(element: Element) -> Iterator[Element]:
    """Yield equations below one another, in columns where `&` aligns them, or one with its number after `#`."""
    lines = [_split(_read(e), _ALIGN) for e in element.findall(f"{OFFICE}e")]
    if len(lines) == 1:
        first, *rest = _split([part for cell in lines[0] for part in cell], _NUMBER)
        number = "".join(text for part in rest for e in part for text in e.itertext())
        yield new_element("mrow", first, {"number": number.strip("() ")} if number else {})
        return
    rows = [new_element("mtr", [new_element("mtd", cell) for cell in line]) for line in lines]
    aligned = any(len(line) > 1 for line in lines)
    yield new_element("mtable", rows, {"columnalign": "right left" if aligned else "left"})


def _split(parts: Iterable[Element], sign: str) -> list[list[Element]]:
    made: list[list[Element]] = [[]]
    for part in parts:
        if part.tag == "mo" and part.text == sign:
            made.append([])
        else:
            made[-1].append(part)
    return made


def _function(element: Element) -> Iterator[Element]:
    yield _row(element.find(f"{OFFICE}fName"), words=True)
    yield _part(element, "e")


def _limit(tag: str) -> Callable[[Element], Iterator[Element]]:
    def read(element: Element) -> Iterator[Element]:
        yield new_element(tag, [_part(element, "e"), _part(element, "lim")])

    return read


def _accent(element: Element) -> Iterator[Element]:
    sign = _sign(_value(_of(element), "chr", "\u0302"))
    yield new_element("mover", [_part(element, "e"), sign], {"accent": "true"})


def _bar(element: Element) -> Iterator[Element]:
    over = _value(_of(element), "pos") == "top"
    yield new_element(
        "mover" if over else "munder", [_part(element, "e"), _sign("\u203e" if over else "_")]
    )


def _brace(element: Element) -> Iterator[Element]:
    properties = _of(element)
    over = _value(properties, "pos", "bot") == "top"
    sign = _sign(_value(properties, "chr", "\u23df"))
    yield new_element("mover" if over else "munder", [_part(element, "e"), sign])


def _framed(element: Element) -> Iterator[Element]:
    properties = _of(element)
    kinds = [str(p.tag) for p in properties or () if p.get(f"{OFFICE}val", "on") not in _OFF]
    notation = "other" if any("hide" in k or "strike" in k for k in kinds) else "box"
    yield new_element("menclose", [_part(element, "e")], {"notation": notation})


def _hidden(element: Element) -> Iterator[Element]:
    shown = _value(_of(element), "show", "on") not in _OFF
    yield _part(element, "e") if shown else new_element("mphantom", [_part(element, "e")])


READERS: dict[str, Callable[[Element], Iterator[Element]]] = {
    "f": _fraction,
    "sSup": _script("msup", "e", "sup"),
    "sSub": _script("msub", "e", "sub"),
    "sSubSup": _script("msubsup", "e", "sub", "sup"),
    "sPre": _before,
    "rad": _root,
    "nary": _large,
    "d": _fences,
    "m": _matrix,
    "eqArr": _lines,
    "func": _function,
    "limLow": _limit("munder"),
    "limUpp": _limit("mover"),
    "acc": _accent,
    "bar": _bar,
    "groupChr": _brace,
    "borderBox": _framed,
    "phant": _hidden,
}
