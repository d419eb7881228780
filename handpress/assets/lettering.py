"""Lettering: set the HTML labels of a drawing as SVG text.

Mermaid, draw.io and others write their labels as HTML within `<foreignObject>`, which only browsers
render. Labels of plain words become lines of SVG text at the same position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from handpress.assets.formats import HTML, SVG

INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "code",
        "em",
        "font",
        "i",
        "kbd",
        "label",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
BLOCK = frozenset(
    ["body", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "ul"]
)

SIZE = 16.0  # font size in pixels, as in browsers
LEADING = 1.2  # line height as a multiple of the font size
BREADTH = 0.5  # average width of a letter in sans serifs, as a multiple of the font size
# CSS properties copied to the text, by their names in SVG.
TAKEN = {
    "color": "fill",
    "font-family": "font-family",
    "font-style": "font-style",
    "font-weight": "font-weight",
}
ANCHORS = {"center": "middle", "right": "end", "end": "end"}


def words(foreign: Element) -> str:
    """Return the words of the HTML in `foreign`, with single spaces. Other mark-up in it is a program's data."""
    return " ".join(" ".join(line for line in _lines(foreign)).split())


def lettered(foreign: Element) -> Element | None:
    """Return the words of `foreign` as SVG text; None if it contains more than words."""
    html = [e for e in foreign.iter() if isinstance(e.tag, str) and e.tag.startswith(HTML)]
    if any(e.tag.removeprefix(HTML) not in INLINE | BLOCK for e in html):
        return None
    style: dict[str, str] = {}
    for element in _chain(foreign):
        style |= declarations(element.get("style", ""))
    size = _pixels(style.get("font-size", "")) or SIZE
    x, y, width, height = _box(foreign, style)
    lines = _lines(foreign)
    if width and "nowrap" not in style.get("white-space", ""):
        lines = [part for line in lines for part in wrapped(line, width, size)]
    anchor = ANCHORS.get(style.get("text-align", ""), "start")
    left = x + width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    leading = size * LEADING
    top = y + (height - leading * len(lines)) / 2 if _centred(style) else y
    text = Element(f"{SVG}text", {"font-size": f"{size:g}", "text-anchor": anchor})
    text.set("fill", "currentColor")
    for name in TAKEN.keys() & style.keys():
        text.set(TAKEN[name], style[name])
    if transform := foreign.get("transform"):
        text.set("transform", transform)
    set_lines(text, lines, left, top + size, leading)
    return text


def set_lines(text: Element, lines: list[str], x: float, y: float, leading: float) -> None:
    """Fill `text` with `lines`, the first on the base line `y`."""
    text.text = None
    for child in list(text):
        text.remove(child)
    for number, line in enumerate(lines):
        place = {"x": f"{x:g}", "y": f"{y + number * leading:g}"}
        SubElement(text, f"{SVG}tspan", place).text = line


def wrapped(line: str, width: float, size: float) -> list[str]:
    """Return `line` in parts about as long as `width`."""
    most = max(1, int(width / (size * BREADTH)))
    parts: list[str] = []
    for word in line.split():
        if parts and len(parts[-1]) + 1 + len(word) <= most:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def declarations(style: str) -> dict[str, str]:
    """Return the properties of a `style` attribute by name."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def _lines(foreign: Element) -> list[str]:
    """Return the words of `foreign`, with a line for each block and after each break."""
    lines = [""]

    def read(element: Element) -> None:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        ours = element is foreign or (isinstance(element.tag, str) and element.tag.startswith(HTML))
        if name in BLOCK or name == "br":
            lines.append("")
        if ours:
            lines[-1] += element.text or ""
            for child in element:
                read(child)
                lines[-1] += child.tail or ""
        if name in BLOCK:
            lines.append("")

    read(foreign)
    return [" ".join(line.split()) for line in lines if line.strip()]


def _chain(foreign: Element) -> Iterator[Element]:
    """Yield the elements around the first words of `foreign`, outermost first."""
    element: Element | None = foreign
    while element is not None:
        yield element
        if (element.text or "").strip():
            return
        element = next((child for child in element if "".join(child.itertext()).strip()), None)


def _box(foreign: Element, style: dict[str, str]) -> tuple[float, float, float, float]:
    """Return the position of the words: x, y, width and height, 0 if unspecified."""
    x, y, width, height = (_pixels(foreign.get(k, "")) for k in ("x", "y", "width", "height"))
    if (
        not width or not height
    ):  # draw.io's form: a box as large as the drawing, and another within it
        x += _pixels(style.get("margin-left", ""))
        y += _pixels(style.get("padding-top", ""))
        width = _pixels(style.get("width", ""))
    return x, y, width, height


def _centred(style: dict[str, str]) -> bool:
    return "center" in style.get("align-items", "") or style.get("vertical-align") == "middle"


def _pixels(written: str) -> float:
    """Return a length in pixels; 0 for a relative one."""
    found = re.fullmatch(r"\s*(-?\d*\.?\d+)\s*(px|pt)?\s*", written)
    return float(found[1]) * (4 / 3 if found[2] == "pt" else 1) if found else 0.0
