"""Style: the stylesheet of one medium in one style on one paper, put together from layers.

``layouts/styles/``: `tokens.css` (palette, then role), `base.css` (elements), `parts/`, `media/`,
`papers/`, `styles/`. The layers' order is declared once and decides, so that no rule has to shout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
    r"|letter-spacing|vertical-align|white-space|overflow-wrap|hyphens|-webkit-hyphens"
    r"|margin(-\w+)?|padding(-\w+)?|border(-(top|bottom|left|right|collapse|width|style))?"
    r"|width|height|max-width|max-height|display|float|clear|list-style(-type)?"
    r"|orphans|widows|page-break-\w+|break-(before|after|inside)|content)"
)
BREAKS = {"break-before": "page-break-before", "break-after": "page-break-after",
          "break-inside": "page-break-inside"}  # fmt: skip


def flattened(parts: Mapping[str, str]) -> str:
    """One plain stylesheet for e-readers: layers unwound in order, `var()` and `calc()` resolved,
    and only declarations that are safe there. Both spellings of page breaks are written.
    """
    import tinycss2

    whole = "\n".join(parts.values())
    values: dict[str, str] = {}
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for rule in tinycss2.parse_stylesheet(whole, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = " ".join(tinycss2.serialize(rule.prelude).split())
        pairs = [
            (
                d.lower_name if not d.name.startswith("--") else d.name,
                tinycss2.serialize(d.value).strip(),
            )
            for d in tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if d.type == "declaration"
        ]
        values |= {
            name: value for name, value in pairs if name.startswith("--") and selector == ":root"
        }
        rules.append((selector, [p for p in pairs if not p[0].startswith("--")]))
    lines = []
    for selector, pairs in rules:
        kept: list[str] = []
        for name, written in pairs:
            value = _resolved(written, values)
            if name.startswith("border"):  # its colour is then that of the text, dark page or light
                value = re.sub(r"\s*#[0-9a-f]{3,8}\b", "", value)
            if not value or not SAFE.fullmatch(name) or _unsafe(name, value):
                continue
            if name in BREAKS:
                kept.append(f"{BREAKS[name]}: {'always' if value in ('page', 'right') else value}")
                value = "page" if value == "right" else value
            kept.append(f"{name}: {value}")
        if kept and "::footnote" not in selector:
            lines.append(f"{selector} {{ {'; '.join(kept)} }}")
    return "\n".join(lines) + "\n"


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
    return "calc(" in value or "rgb" in value or "url(" in value or "attr(" in value


def quoted(text: str) -> str:
    """`text` as a CSS string."""
    return '"' + re.sub(r'[\\"\n]', lambda m: f"\\{ord(m.group()):x} ", text) + '"'
