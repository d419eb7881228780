r"""TeX as authors write it: the marks around it, its number, and environments that mean the same as others."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 4000  # characters of one formula
DEPTH = 24  # groups and environments within one another
_TOKENS = re.compile(r"\\(?:begin|left|end|right)\b|\\.|[{}]", re.S)
_OPENING, _CLOSING = ("{", "\\begin", "\\left"), ("}", "\\end", "\\right")
_MARKS = re.compile(
    r"(?:\$\$(?P<block>.*)\$\$|\\\[(?P<bracket>.*)\\\]|\$`(?P<ticks>.*)`\$|\$(?P<inline>.*)\$|\\\((?P<round>.*)\\\)"
    r"|\{\$\$\}(?P<braces>.*)\{/\$\$\}|(?P<own>\\begin\{.*))[ \t]*(?:\(?\\?\{?#?[\w:-]*\}?\)?)",
    re.S,
)
_IN_LINE = ("ticks", "inline", "round")
_NUMBER = re.compile(r"\\tag(\*?)[ ]?\{([^{}]*)\}")
# Of a label, of a package and of a number that is not wanted nothing is seen.
_UNSEEN = re.compile(
    r"\(\\#[\w:-]+\)|\\(?:label|require)[ ]?\{[^{}]*\}|\\(?:nonumber|notag|allowbreak|displaylimits)\b|(?<!\\)%[^\n]*\n?"
)
# Macros could make a formula of any length.
_MACRO = re.compile(
    r"\\(?:def|gdef|edef|let|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment)\b"
)
_TEXT = re.compile(r"(\\(?:text|mbox|textrm)[ ]?)\{((?:[^{}$]*\$[^$]*\$)+[^{}$]*)\}")
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|aligned|flalign|split)\*?\}")
_COUNTED = re.compile(
    r"\\begin\{(?:alignat|alignedat)\*?\}[ ]?\{\d+\}|\\(end)\{(?:alignat|alignedat)\*?\}"
)
_CENTRED = re.compile(r"\\(begin|end)\{(?:gather|gathered|multline)\*?\}")
_ARRAY = re.compile(r"\\(begin|end)\{eqnarray\*?\}")
# Matrices in brackets, and one with a script: latex2mathml would give that to the first bracket.
_FENCED = re.compile(r"\\(begin|end)\{[bBpvV]matrix\}")
_SCRIPTED = re.compile(r"\\end\{[bBpvV]matrix\}\s*[\^_]")
_STYLES = re.compile(r"\\(math[a-z]+)\{")  # latex2mathml reads the group only after a space
_NEGATED = {r"\not=": r"\neq ", r"\not\in ": r"\notin ", r"\not\subset ": r"\nsubset "}
# Short names that KaTeX and Wikipedia have for commands.
_ALIASES = {
    "rarr": "rightarrow", "larr": "leftarrow", "uarr": "uparrow", "darr": "downarrow", "harr": "leftrightarrow",
    "rArr": "Rightarrow", "Rarr": "Rightarrow", "lArr": "Leftarrow", "Larr": "Leftarrow", "hArr": "Leftrightarrow",
    "Harr": "Leftrightarrow", "infin": "infty", "isin": "in", "sub": "subset", "sube": "subseteq", "supe": "supseteq",
    "empty": "emptyset", "exist": "exists", "plusmn": "pm", "sdot": "cdot", "thetasym": "vartheta", "alef": "aleph",
    "and": "land", "or": "lor", "bull": "bullet", "lang": "langle", "rang": "rangle", "real": "Re", "image": "Im",
    "R": "mathbb{R}", "reals": "mathbb{R}", "Reals": "mathbb{R}", "N": "mathbb{N}", "natnums": "mathbb{N}",
    "Z": "mathbb{Z}", "cnums": "mathbb{C}", "Complex": "mathbb{C}",
}  # fmt: skip
_ALIAS = re.compile(rf"(?<!\\)\\({'|'.join(_ALIASES)})(?![A-Za-z])")
_WHOLE = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}")


class Tex(NamedTuple):
    """A formula in the TeX that is read; `number` is printed beside it."""

    source: str
    block: bool
    number: str = ""


def read_tex(written: str) -> Tex | None:
    """Return the TeX of a formula, `written` with its marks; None if it is too long or too deep, or defines macros."""
    found = _MARKS.fullmatch(written.strip())
    kind = found.lastgroup if found else None
    source = found[kind] if found and kind else written
    if len(source) > LONGEST or _MACRO.search(source) or _depth(source) > DEPTH:
        return None
    source = _TEXT.sub(_split_text, _WHOLE.sub("", _UNSEEN.sub("", source)))
    source = _ALIAS.sub(lambda m: rf"\{_ALIASES[m[1]]}", source)
    number, numbers = "", _NUMBER.findall(source)
    if len(numbers) == 1:
        star, number = numbers[0]
        number = number if star else f"({number})"
        source = _NUMBER.sub("", source)
    else:
        source = _NUMBER.sub(lambda m: rf"\qquad\text{{{m[2] if m[1] else f'({m[2]})'}}}", source)
    source = _ALIGNED.sub(r"\\\1{align*}", source)
    source = _COUNTED.sub(lambda m: rf"\{m[1] or 'begin'}{{align*}}", source)
    source = _CENTRED.sub(r"\\\1{matrix}", source)
    source = _ARRAY.sub(
        lambda m: r"\begin{array}{rcl}" if m[1] == "begin" else r"\end{array}", source
    )
    if _SCRIPTED.search(source):
        source = _FENCED.sub(lambda m: f"{{{m[0]}" if m[1] == "begin" else f"{m[0]}}}", source)
    source = _STYLES.sub(r"\\\1 {", source).strip()
    for negated, sign in _NEGATED.items():
        source = source.replace(negated, sign)
    if _is_of_lines(source):
        source = rf"\begin{{matrix}}{source}\end{{matrix}}"
    block = kind not in _IN_LINE and not (kind == "braces" and "\n" not in written.strip())
    return Tex(source, block, number) if source else None


def _split_text(found: re.Match[str]) -> str:
    r"""Return words with formulas in them, `\text{of $x$}`, as words and formulas in turn."""
    parts = found[2].split("$")
    if len(parts) % 2 == 0:
        return found[0]
    return "".join(p if n % 2 else rf"{found[1]}{{{p}}}" for n, p in enumerate(parts) if p)


def _is_of_lines(source: str) -> bool:
    """Return whether there is an end of a line outside all groups."""
    level = 0
    for token in _TOKENS.findall(source):
        level += (token in _OPENING) - (token in _CLOSING)
        if token == r"\\" and not level:
            return True
    return False


def _depth(source: str) -> int:
    deepest = level = 0
    for token in _TOKENS.findall(source):
        level += (token in _OPENING) - (token in _CLOSING)
        deepest = max(deepest, level)
    return deepest
