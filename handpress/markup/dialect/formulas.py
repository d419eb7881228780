r"""Short formulas in TeX, set as text that every medium shows: `\frac{m}{h^2}` as *m*/*h*² with letters, signs and scripts.

A matrix, a root and whatever else a line of text cannot show without a doubt is not set here, but by `markup.formulas`.
"""

from __future__ import annotations

import re
from typing import TypeGuard
from xml.etree.ElementTree import Element

from markdown.util import AtomicString
from msgspec import Struct, field

from handpress.markup.tree import Node, new_element

DEPTH = 6  # groups within one another
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_&~]|\d+(?:[.,]\d+)*|[^\W\d_]|\s+|.", re.S)
_MARKS = re.compile(
    r"\\begin\{((?:equation|displaymath|math)\*?)\}(?P<tex>.*)\\end\{\1\}|\{\$\$\}([^\n]*)\{/\$\$\}|\$\$(.*)\$\$|\$(.*)\$|\\\((.*)\\\)|\\\[(.*)\\\]",
    re.S,
)
_LINES = re.compile(r"\\begin\{((?:align|aligned|gather|gathered|split)\*?)\}(.*)\\end\{\1\}", re.S)
# Signs between two things, with a space on either side.
_BETWEEN = {
    "=": "=", "<": "<", ">": ">", "+": "+", "-": "−", "*": "·", "\\cdot": "·", "\\times": "×", "\\div": "÷", "\\pm": "±",
    "\\le": "≤", "\\leq": "≤", "\\ge": "≥", "\\geq": "≥", "\\ne": "≠", "\\neq": "≠", "\\approx": "≈", "\\to": "→",
    "\\rightarrow": "→", "\\lt": "<", "\\gt": ">", "\\sim": "~", "\\mp": "∓", "\\equiv": "≡",
}  # fmt: skip
_SIGNED = frozenset("+−±∓")  # before which nothing may be: the sign of a number
_ALONE = {
    "\\%": "%", "\\$": "$", "\\#": "#", "\\&": "&", "\\_": "_", "\\{": "{", "\\}": "}", "\\ldots": "…", "\\dots": "…",
    "\\infty": "∞", "\\degree": "°", "\\Omega": "Ω", "\\ohm": "Ω", "\\mu": "μ", "\\prime": "′", "'": "′", "/": "/", ":": ":",
    ",": ", ", ";": "; ", "!": "!", "%": "%", ".": ".", "°": "°", "·": " · ", "×": " × ", "−": "−", "±": "±", "≤": " ≤ ",
    "≥": " ≥ ", "≈": " ≈ ",
}  # fmt: skip
_SPACES = {
    "\\,": "\xa0",
    "\\;": " ",
    "\\:": " ",
    "\\ ": " ",
    "\\quad": " ",
    "\\qquad": " ",
    "~": "\xa0",
    "\\!": "",
}
_OPENING = {"(": "(", "[": "[", "|": "|"}
_CLOSING = {")": ")", "]": "]"}
_ENDS = frozenset([*")],.;}", "\\right"])
_FUNCTIONS = frozenset(["sin", "cos", "tan", "log", "ln", "exp", "max", "min"])
_UPRIGHT = frozenset(
    [
        "\\text",
        "\\mathrm",
        "\\mbox",
        "\\operatorname",
        "\\textrm",
        "\\mathit",
        "\\textit",
        "\\mathbf",
    ]
)
_FRACTIONS = frozenset(["\\frac", "\\dfrac", "\\tfrac"])
_GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "varepsilon",
            "vartheta",
            "varphi",
        ],
        "αβγδεζηθικλνξπρστυφχψωΓΔΘΛΞΠΣΦΨεϑφ",
        strict=True,
    )
)


class _Unknown(Exception):
    """A formula that a line of text cannot show."""


class _Line(Struct):
    """The nodes that are set so far; `things` counts what a fraction line would have to embrace."""

    nodes: list[Node] = field(default_factory=list)
    things: int = 0
    joined: bool = False  # whether the last is a thing that the next one would multiply
    fraction: bool = False  # whether it is a fraction

    def put(self, *nodes: Node) -> None:
        for node in nodes:
            last = self.nodes[-1] if self.nodes else None
            if isinstance(node, str) and isinstance(last, str):
                self.nodes[-1] = last + node
            elif _is_letter(node) and _is_letter(last):
                last.text = AtomicString(f"{last.text}{node.text}")
            else:
                self.nodes.append(node)


def set_formula(written: str) -> list[Node] | None:
    """Return a formula, `written` with its marks, as text and elements; None if it cannot be set in a line.

    One of several lines is set in lines.
    """
    found = _MARKS.fullmatch(written.strip())
    tex = (found["tex"] or found[found.lastindex or 0]) if found else written
    lines = _LINES.fullmatch(tex.strip())
    if not (found or lines):
        return None
    parts = [part.replace("&", " ") for part in lines[2].split("\\\\")] if lines else [tex]
    nodes: list[Node] = []
    try:
        for part in filter(str.strip, parts):
            tokens = [t for t in _TOKEN.findall(part) if not t.isspace()]
            line = _Setter(tokens, part).line(0, end=None)
            if not line.things:
                return None
            nodes += [Element("br"), *line.nodes] if nodes else line.nodes
    except _Unknown:
        return None
    return nodes or None


class _Setter:
    def __init__(self, tokens: list[str], tex: str) -> None:
        self.tokens, self.tex, self.at = tokens, tex, 0

    def next(self) -> str:
        if self.at >= len(self.tokens):
            raise _Unknown
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def line(self, depth: int, end: str | None) -> _Line:
        """Set what comes up to the `end` of a group, or to that of the formula."""
        if depth > DEPTH:
            raise _Unknown
        line = _Line()
        while self.peek() != (end or ""):
            self.one(line, depth)
        if end:
            self.next()
        return line

    def one(self, line: _Line, depth: int) -> None:
        """Set one token, with the group and the scripts that belong to it, at the end of `line`."""
        token = self.next()
        if token in ("\\left", "\\right"):
            token = self.next()
            if token not in _OPENING | _CLOSING:
                raise _Unknown
        if sign := _BETWEEN.get(token):
            if not line.joined and sign not in _SIGNED:
                if line.nodes:
                    raise _Unknown
                line.put(f"{sign} ")
            else:
                line.put(f" {sign} " if line.joined else sign)
            line.things += line.joined
            line.joined = line.fraction = False
        elif token in _SPACES:
            line.put(_SPACES[token])
        elif token in _OPENING:
            line.put(" (" if line.fraction and token == "(" else _OPENING[token])
            line.things += 1
            line.joined = line.fraction = False
        elif token in _FRACTIONS:
            self.fraction(line, depth)
        else:
            nodes = self.thing(token, depth)
            if line.fraction and token not in _CLOSING:
                line.put(" ")
            line.put(*nodes)
            line.things += 1
            line.joined, line.fraction = token not in (",", ";"), False
        if line.joined and self.peek() and self.peek() in "^_":
            self.scripts(line, depth)

    def thing(self, token: str, depth: int) -> list[Node]:
        """Return a letter, a number, a sign, a word, a root or a group."""
        if token in _CLOSING:
            return [_CLOSING[token]]
        if token in _ALONE:
            return [_ALONE[token]]
        if token[0].isdigit():
            return [token]
        if len(token) == 1 and token.isalpha():
            return [_letter(token)]
        name = token[1:]
        if name in _GREEK:
            return [_letter(_GREEK[name])]
        if name in _FUNCTIONS:
            return [f"{name} " if self.peek() not in ("(", "^", "_", "\\left") else name]
        if token in _UPRIGHT and self.peek() == "{":
            return [self.words()]
        if token == "{":
            group = self.line(depth + 1, "}")
            if not group.nodes or (group.things > 1 and self.peek() in ("^", "_")):
                raise _Unknown
            return group.nodes
        raise _Unknown

    def words(self) -> str:
        """Return the words in a group, with their spaces, which no other group has."""
        self.next()
        words = []
        while (token := self.next()) != "}":
            if not (token.isalnum() or token in "-–/.,%°()" or token == "\\%" or token in _SPACES):
                raise _Unknown
            words.append("%" if token == "\\%" else _SPACES.get(token, token))
        text = "".join(words)
        written = (m[1] for m in re.finditer(r"\\\w+\{([^{}]*)\}", self.tex))
        return next((w for w in written if re.sub(r"\s", "", w) == text), text)

    def fraction(self, line: _Line, depth: int) -> None:
        if self.next() != "{":
            raise _Unknown
        above = self.line(depth + 1, "}")
        if self.next() != "{":
            raise _Unknown
        below = self.line(depth + 1, "}")
        follows = self.peek()
        before = line.nodes[-1] if line.nodes else ""
        divides = isinstance(before, str) and before.rstrip().endswith(("÷", "/"))
        ends = not follows or follows in _BETWEEN or follows in _SPACES or follows in _ENDS
        alone = ends and not line.joined and not divides
        nodes = [*_one(above), "/", *_one(below)]
        if line.joined:
            line.put(" ")
        line.put(*(nodes if alone else ["(", *nodes, ")"]))
        line.things += 2
        line.joined, line.fraction = True, not alone

    def scripts(self, line: _Line, depth: int) -> None:
        while self.peek() and self.peek() in "^_":
            tag = "sup" if self.next() == "^" else "sub"
            token = self.next()
            if tag == "sup" and token == "\\circ":
                line.put("°")
                continue
            if tag == "sup" and token == "{" and self.peek() == "\\circ":
                self.next()
                if self.next() != "}":
                    raise _Unknown
                line.put("°")
                continue
            if token == "{":
                inside = self.line(depth + 1, "}").nodes
            elif token == "-":
                raise _Unknown
            else:
                inside = self.thing(token, depth)
            if any(isinstance(n, Element) and n.tag in ("sup", "sub") for n in inside):
                raise _Unknown  # a script of a script
            tight = [n.replace(" ", "") if isinstance(n, str) else n for n in inside]
            line.put(new_element(tag, tight))


def _is_letter(node: Node | None) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.tag == "var" and not len(node)


def _letter(letter: str) -> Element:
    made = Element("var")
    made.text = AtomicString(letter)
    return made


def _one(line: _Line) -> list[Node]:
    """Return the content of `line`, which is one thing: others would need brackets."""
    if line.things != 1:
        raise _Unknown
    return line.nodes
