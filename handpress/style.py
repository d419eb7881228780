"""Style: the stylesheet of one medium in one style on one paper, put together from layers.

``layouts/styles/``: `tokens.css` (palette, then role), `base.css` (elements), `parts/`, `media/`,
`papers/`, `styles/`. The layers' order is declared once and decides, so that no rule has to shout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from .problem import BrokenLayout, Place, problem
from .workspace import Workspace

LAYERS = ("tokens", "base", "parts", "medium", "paper", "style")


@dataclass(frozen=True)
class Style:
    """How a style begins as another one, if it does, and for which kind of file its pages are made."""

    base: str = ""
    kind: str = "pdf"


# Most styles are a stylesheet and nothing else. Six columns of dosage want 16 point on A5 at most.
OTHER_STYLES = {"large-print-acb": Style(base="large-print", kind="pdf-rows")}


def look(style: str) -> Style:
    """What is different about a style besides its stylesheet."""
    return OTHER_STYLES.get(style, Style())


class Sheets:
    """The stylesheets of a workspace, each read once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.names = [n for n in workspace.listing("layouts") if n.endswith(".css")]
        self.texts: dict[str, str] = {}

    def layers(
        self, medium: str, style: str = "", paper: str = "", grey: bool = False
    ) -> dict[str, str]:
        """The text of each layer. A file that is not there is an empty layer."""
        parts = [n for n in self.names if n.startswith("styles/parts/")]
        styles = [look(style).base, style, "grey" if grey else ""]
        return {
            "tokens": self.text("styles/tokens.css"),
            "base": self.text("styles/base.css"),
            "parts": "\n".join(map(self.text, parts)),
            "medium": self.text(f"styles/media/{medium}.css"),
            "paper": self.text(f"styles/papers/{paper}.css"),
            "style": "\n".join(filter(None, (self.text(f"styles/styles/{s}.css") for s in styles))),
        }

    def text(self, name: str) -> str:
        if name not in self.texts:
            asset = self.workspace.overlay("layouts", name) if name in self.names else None
            try:
                self.texts[name] = asset.read().decode() if asset else ""
            except UnicodeDecodeError as error:
                place = Place(f"layouts/{name}")
                raise BrokenLayout(problem("broken-layout", place, reason=error)) from None
        return self.texts[name]


def layered(parts: Mapping[str, str]) -> str:
    """One stylesheet of cascade layers, for WeasyPrint and browsers."""
    body = "".join(f"@layer {name} {{\n{text}\n}}\n" for name, text in parts.items() if text)
    return f"@layer {', '.join(LAYERS)};\n{body}"


# What e-readers know or may be trusted with. No colours, backgrounds, positions, grids: an app that
# turns the page dark or sets its own margins must be free to (EPUB Accessibility 1.1, and practice).
SAFE = re.compile(
    r"(font-(family|size|style|weight|variant)|line-height|text-(align|indent|decoration)"
    r"|letter-spacing|vertical-align|white-space|overflow-wrap|hyphens"
    r"|margin(-\w+)?|padding(-\w+)?|border(-(top|bottom|left|right|collapse|width|style))?"
    r"|width|height|max-width|max-height|display|float|clear|list-style(-type)?"
    r"|orphans|widows|page-break-\w+|break-(before|after|inside)|content)"
)
# Properties that old readers know by other names, and no others.
OLD_NAMES = {
    "break-before": ("page-break-before",),
    "break-after": ("page-break-after",),
    "break-inside": ("page-break-inside",),
    "hyphens": ("-epub-hyphens", "-webkit-hyphens"),
}
# A property that sets all of those whose names begin with its own and a hyphen, but for these.
APART = frozenset(("border-collapse",))
POINTS = {
    "pt": 1,
    "px": 0.75,
    "pc": 12,
    "in": 72,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "q": 72 / 101.6,
}
LENGTH = re.compile(rf"(?<![\w.#-])(-?[\d.]+)({'|'.join(POINTS)})\b", re.I)
EM = 12  # points of the text that our sheets' absolute lengths are meant for

Pairs = list[tuple[str, str]]  # names and values, in order


def flattened(parts: Mapping[str, str], present: Set[str] | None = None) -> str:
    """One plain stylesheet for e-readers: layers unwound in order, `var()` and `calc()` resolved, lengths
    in em, and only declarations that are safe there, in the spelling of old readers too.

    A declaration that a later one of the same selector overrules is left out, and so is a rule for
    elements that no page has: `present` has the names of tags, and of classes with a dot before.
    """
    values: dict[str, str] = {}
    rules: list[tuple[list[str], Pairs]] = []
    for selectors, pairs in _rules("\n".join(parts.values())):
        if selectors == [":root"]:
            values |= {name: value for name, value in pairs if name.startswith("--")}
        wanted = [s for s in selectors if present is None or _named(s) <= present]
        if wanted := [s for s in wanted if "::footnote" not in s]:
            rules.append((wanted, pairs))
    plain = [(selectors, _plain(pairs, values)) for selectors, pairs in rules]
    return "".join(
        f"{', '.join(selectors)} {{ {'; '.join(_spelled(pairs))} }}\n"
        for selectors, pairs in _ruling(plain)
    )


def _rules(css: str) -> Iterator[tuple[list[str], Pairs]]:
    """The rules of a stylesheet but those that begin with an at sign: selectors and declarations."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        inside = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        pairs = [
            (
                d.name if d.name.startswith("--") else d.lower_name,
                tinycss2.serialize(d.value).strip(),
            )
            for d in inside
            if d.type == "declaration"
        ]
        # No selector of ours has a comma inside brackets.
        yield [" ".join(s.split()) for s in tinycss2.serialize(rule.prelude).split(",")], pairs


def _named(selector: str) -> set[str]:
    """The tags and classes, these with a dot, that a page must have for `selector` to mean anything."""
    bare = re.sub(r"\[[^\]]*\]|::?[\w-]+(\([^)]*\))?", "", selector)
    return set(re.findall(r"\.?[A-Za-z][\w-]*", bare))


def _plain(pairs: Pairs, values: Mapping[str, str]) -> Pairs:
    """Those of the declarations that are safe, worked out."""
    found = []
    for name, written in pairs:
        value = _resolved(written, values)
        if name.startswith("border"):  # its colour is then that of the text, dark page or light
            value = re.sub(r"\s*#[0-9a-f]{3,8}\b", "", value)
        else:  # what is drawn stays thin, what is set grows with the text
            value = LENGTH.sub(_in_em, value)
        if value and SAFE.fullmatch(name) and not _unsafe(name, value):
            found.append((name, value))
    return found


def _ruling(rules: Sequence[tuple[list[str], Pairs]]) -> list[tuple[list[str], Pairs]]:
    """The rules without declarations that a later one of the same selector overrules."""
    later: set[tuple[str, str]] = set()  # selector and property
    found: list[tuple[list[str], Pairs]] = []
    for selectors, pairs in reversed(rules):
        kept: list[tuple[list[str], Pairs]] = []
        for name, value in reversed(pairs):
            over = {name, *_shorthands(name)}
            live = [s for s in selectors if not any((s, n) in later for n in over)]
            if kept and kept[-1][0] == live:
                kept[-1][1].insert(0, (name, value))
            elif live:
                kept.append((live, [(name, value)]))
            later |= {(s, name) for s in selectors}
        found += kept
    return found[::-1]


def _shorthands(name: str) -> Iterator[str]:
    """The properties that set `name` along with others: ``border`` and ``border-top`` …"""
    while name not in APART and "-" in name:
        name = name.rpartition("-")[0]
        yield name


def _spelled(pairs: Pairs) -> Iterator[str]:
    for name, value in pairs:
        for old in OLD_NAMES.get(name, ()):
            always = old.startswith("page-break") and value in ("page", "right")
            yield f"{old}: {'always' if always else value}"
        yield f"{name}: {'page' if value == 'right' and name in OLD_NAMES else value}"


def _in_em(found: re.Match[str]) -> str:
    return f"{round(float(found[1]) * POINTS[found[2].lower()] / EM, 3):g}em"


def _resolved(value: str, values: Mapping[str, str]) -> str:
    for _ in range(10):
        value, count = re.subn(r"var\((--[\w-]+)\)", lambda m: values.get(m[1], ""), value)
        if not count:
            break
    return re.sub(r"calc\(([^()]+)\)", _calculated, value)


def _calculated(found: re.Match[str]) -> str:
    """A product or quotient of one length: all that our sheets ask of `calc()`."""
    sum_ = re.fullmatch(r"\s*([\d.]+)(\w+)\s*([*/])\s*([\d.]+)\s*", found[1])
    if not sum_:
        return found[0]
    number = float(sum_[1]) * float(sum_[4]) if sum_[3] == "*" else float(sum_[1]) / float(sum_[4])
    return f"{number:g}{sum_[2]}"


def _unsafe(name: str, value: str) -> bool:
    if name == "display":
        return value not in ("block", "inline", "inline-block", "none")
    if name == "float":
        return value not in ("left", "right", "none")
    return bool(re.search(r"calc\(|rgb|url\(|attr\(|\dv[whib]|\dv(min|max)", value))


def quoted(text: str) -> str:
    """`text` as a CSS string."""
    return '"' + re.sub(r'[\\"\n]', lambda m: f"\\{ord(m.group()):x} ", text) + '"'
