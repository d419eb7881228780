"""Media: addresses of pictures, formulas and code, as pages of other programs have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handpress.importers.maths.tex import is_read, tex_of_mathml
from handpress.markup.tree import Element, new_element

SOURCES = ("data-src", "data-lazy-src", "data-original", "data-image", "data-full-url", "src")
TEX = re.compile(r"[\\^_{}=]|^\S$")
WHOLE = re.compile(r"^\{\\displaystyle\s+(.*)\}$", re.S)  # as MediaWiki has it around each formula
PROSE = re.compile(r"(?<![\\\w])[A-Za-z]{3,} [A-Za-z]{3,} [a-z]{2,}")


def source_of(image: Element, has: Callable[[str], bool]) -> str:
    """Return the address of a picture: one that came along, or else the first that is not a place-holder."""
    given = [image.get(key, "").strip() for key in SOURCES if _is_address(image.get(key, ""))]
    given += filter(None, [_largest(image.get(k, "")) for k in ("srcset", "data-srcset")])
    return next(filter(has, given), next(iter(given), ""))


def _is_address(value: str) -> bool:
    """Return whether an attribute has the address of a picture, and not a place-holder."""
    value = value.strip()
    return bool(value) and not re.match(
        r"data:image/(?:gif|svg\+xml)[;,].{0,120}$|about:|javascript:", value, re.I
    )


def _largest(srcset: str) -> str:
    """Return the address of the largest picture in a `srcset`."""
    found = re.findall(r"(\S+)\s+([\d.]+)[wx]", srcset)
    return max(found, key=lambda pair: float(pair[1]))[0].strip(",") if found else ""


def tex_of(element: Element) -> str:
    """Return the TeX of a formula in MathML: what came with it, or what says the same; "" if there is neither."""
    notes = [e for e in element.iter() if e.get("encoding", "") == "application/x-tex"]
    given = (notes[0].text or "").strip() if notes else ""
    if not given:
        words = element.get("alttext", "").strip()
        given = words if TEX.search(words) and not PROSE.search(words) else ""
    given = WHOLE.sub(r"\1", given)
    return given if given and is_read(given) else tex_of_mathml(element) or given


def code_of(element: Element) -> Element:
    """Return a block of code, with the language that its classes name."""
    names = " ".join(e.get("class", "") for e in element.iter())
    named = re.search(r"(?:lang(?:uage)?-|brush:\s*)([\w+#-]+)", names)
    language = named[1] if named else element.get("lang", element.get("data-language", ""))
    text = "".join(plain_text_of(element)).replace("\r\n", "\n").strip("\n")
    return new_element("pre", [text], {"language": language} if language else {})


def plain_text_of(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str):
            yield from plain_text_of(child)
            if child.tag in ("p", "div", "li"):
                yield "\n"
        yield child.tail or ""
