"""Inlines: text, emphasis, links and pictures of one line as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from handpress.markup.tree import Element, Node, child_nodes, escape

MARKS = {"em": "*", "strong": "**", "del": "~~", "mark": "=="}
# Characters with a meaning anywhere in a line, and only where they have one.
SPECIAL = re.compile(
    r"[\\`*\[]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|~(?=\S)|(?<==)=|\^(?=\S)|\{(?=[:{%#])|&(?=#?\w+;)"
    r"|\$(?=\S[^$]*\$)|(?<=\w)@(?=\w)"
)
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Characters with a meaning at the beginning of a block.
OPENING = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|:(?=\s)|:::|!!!|\?\?\?|~~~|\||=+\s*$|-+\s*$|%|[A-Z]>)"
    r"|(?P<number>\d{1,9})(?P<dot>[.)](?=\s|$))"
)
BARE = re.compile(r"https?://[^\s<>\[\]()*\\]+")
ENTITIES = {"[": "&#91;", "]": "&#93;", "(": "&#40;", ")": "&#41;", "$": "&#36;", "\\": "&#92;"}


class Way(Struct, frozen=True):
    """How careful to write: `all_marks` escapes each sign, `tags` writes emphasis as HTML."""

    all_marks: bool = False
    tags: bool = False


def line_of(parent: Element, way: Way, cell: bool = False) -> str:
    """Return the content of `parent` as one line, or as lines that end in a backslash."""
    text = _nodes(child_nodes(parent), way, cell)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text).strip()
    lines = [_opened(line) for line in text.split("\n")]
    return "\n".join(lines)


def _opened(line: str) -> str:
    """Return `line` so that its first signs are text."""
    found = OPENING.match(line)
    if not found:
        return line
    number = found["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def _nodes(nodes: Iterable[Node], way: Way, cell: bool) -> str:
    return "".join(
        text_as(node, way, cell) if isinstance(node, str) else _element(node, way, cell)
        for node in nodes
    )


def text_as(text: str, way: Way, cell: bool = False) -> str:
    """Return text with the signs escaped that would have a meaning."""
    text = re.sub(r"[ \t\r\n\f]+", " ", text)
    if way.all_marks:
        return PUNCTUATION.sub(lambda m: ENTITIES.get(m[0]) or f"\\{m[0]}", text)
    # Signs in an address are left as they are, since it becomes a link.
    pieces = BARE.split(text)
    addresses = [*BARE.findall(text), ""]
    text = "".join(SPECIAL.sub(_escaped, p) + a for p, a in zip(pieces, addresses, strict=True))
    return text.replace("|", "\\|") if cell else text


def _escaped(found: re.Match[str]) -> str:
    return "&amp;" if found[0] == "&" else f"\\{found[0]}"


def _element(element: Element, way: Way, cell: bool) -> str:
    tag = element.tag
    inside = list(child_nodes(element))
    if tag == "br":
        return "<br>" if cell else "\\\n"
    if tag == "img":
        return picture(element)
    if tag == "code":
        return code(element.text or "", cell)
    if tag == "note":
        return f"[^{element.get('label')}]"
    if tag == "tex":
        block = element.get("display") == "block"
        return f"$${element.text}$$" if block else f"${(element.text or '').strip()}$"
    if tag == "a" and BARE.fullmatch(words := "".join(element.itertext())) and not len(element):
        target = element.get("href", "").removesuffix("/")
        if target == words.removesuffix("/") and not cell:
            return f"<{words}>"
    if tag == "a":
        return f"[{_nodes(inside, way, cell)}]({address(element.get('href', ''))})"
    if (
        tag in ("sub", "sup")
        and not way.tags
        and re.fullmatch(r"[\w+-]+", element.text or "")
        and not len(element)
    ):
        mark = "~" if tag == "sub" else "^"
        return f"{mark}{element.text}{mark}"
    if tag in MARKS and not way.tags:
        return f"{MARKS[tag]}{_nodes(inside, way, cell)}{MARKS[tag]}"
    attributes = "".join(
        f' {key}="{escape(element.get(key, ""), quote=True)}"'
        for key in ("lang", "title")
        if element.get(key)
    )
    return f"<{tag}{attributes}>{_nodes(inside, way, cell)}</{tag}>"


def picture(image: Element, caption: str = "") -> str:
    """Return a picture with its description and its caption."""
    alt = re.sub(r"([\\`*\[\]<_$~^])", r"\\\1", image.get("alt", ""))
    title = ' "{}"'.format(re.sub(r'([\\"`*\[\]<_$~^])', r"\\\1", caption)) if caption else ""
    return f"![{alt}]({address(image.get('src', ''))}{title})"


def address(written: str) -> str:
    """Return an address that can be within brackets."""
    written = re.sub(r"[\r\n\t]", "", written)
    written = written.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    if re.search(r"[\s()]", written) or not written:
        return f"<{written.replace(' ', '%20') if ':' in written else written}>"
    return written.replace("*", "%2A").replace("_", r"\_") if "__" in written else written


def code(text: str, cell: bool = False) -> str:
    """Return code between more backticks than it has in a row."""
    text = re.sub(r"\s+", " ", text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    space = (
        " "
        if text.startswith("`")
        or text.endswith("`")
        or (text[:1] == text[-1:] == " " and text.strip())
        else ""
    )
    return f"{ticks}{space}{text}{space}{ticks}"


def plain(element: Element) -> bool:
    """Return whether an element is text only, so that it can be a caption."""
    return all(
        child.tag in ("em", "strong", "br", "span", "small")
        for child in element.iter()
        if child is not element
    )
