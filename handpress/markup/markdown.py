"""Markdown to a tree of HTML, parsed by the rules of HTML5 and not yet sanitized."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from handpress.core.disk import SEPARATOR
from handpress.core.source import CONTROL
from handpress.markup.tree import Element

if TYPE_CHECKING:
    import markdown


# Replaces a `<` that is text until the HTML parser is done. It is a noncharacter, which no source contains
# (see `source.CONTROL`) and which Markdown leaves unchanged everywhere, also in code.
LESS_THAN = "\ufdd0"
DEPTH = 60  # levels of elements; a list of ten levels has 20


def _markdown() -> markdown.Markdown:
    """A new Markdown reader for one article. A reader that failed keeps its state, and making one takes
    only a third of a millisecond.
    """
    import markdown
    from markdown.extensions.toc import slugify_unicode

    made = markdown.Markdown(
        extensions=["extra", "admonition", "toc", "sane_lists", "smarty"],
        extension_configs={"toc": {"slugify": slugify_unicode}},
        output_format="html",
    )
    processors: Any = made.parser.blockprocessors
    _keep_whole_rows(processors["table"])
    # A definition needs a label: `[]: text` is text.
    reference = processors["reference"]
    reference.RE = re.compile(reference.RE.pattern.replace(r"\[([", r"\[(?=[^\]]*[^\s\]])(["), re.M)
    return made


def _keep_whole_rows(table: Any) -> None:
    """Make the table reader keep cells beyond the last heading of the table."""
    build_row = table._build_row

    def build_whole_row(row: str, parent: Any, align: Any) -> None:
        build_row(row, parent, align)
        cells = [cell.strip(" ") for cell in table._split_row(row)[len(align) :]]
        for text in cells if any(cells) else ():
            SubElement(parent[-1], "td").text = text

    table._build_row = build_whole_row


def to_tree(text: str) -> Element:
    """Return the body of the page that `text` (Markdown) makes, as a tree without namespaces.

    Raises RecursionError when it is nested more than DEPTH levels deep.
    """
    from tinyhtml5.parser import HTMLParser

    written = _markdown().convert(text)
    # Parsed as the content of a body: in a full page, the parser would move text into the head and lose it.
    body: Element = HTMLParser(namespace_html_elements=False).parse_fragment(
        written, container="body"
    )
    body.tag = "body"
    depth, level = 0, [body]
    while level:
        for element in level:
            element.text, element.tail = _sound(element.text), _sound(element.tail)
            for key, value in element.attrib.items():
                element.set(key, _sound(value) or "")
        depth, level = depth + 1, [child for element in level for child in element]
        if depth > DEPTH:
            raise RecursionError
    return body


# Placeholders of Python-Markdown, for an escaped character and for finished mark-up. Within an e-mail
# address and within nested brackets it sometimes leaves one behind.
_ESCAPED = re.compile("\x02(\\d{1,6})\x03")
_STANDS_FOR = re.compile("[\x02_]?(?:klzzwxh|wzxhzdk):\\d+[\x03_]?|\x02\\w+:\\d+\x03")


def _sound(text: str | None) -> str | None:
    """Return `text` without control characters: ``&#1;`` makes them, and so do leftover placeholders.

    Unicode's line and paragraph separators, which come with pasted text, become ordinary ones.
    """
    if not text:
        return text
    text = SEPARATOR.sub("\n", text.replace(LESS_THAN, "<"))
    if not (CONTROL.search(text) or _STANDS_FOR.search(text)):
        return text
    text = _ESCAPED.sub(lambda m: chr(int(m[1])), text)
    return CONTROL.sub("", _STANDS_FOR.sub("", text))
