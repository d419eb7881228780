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


# Stands for a `<` that is text until the HTML parser is done: a noncharacter, which no source contains
# (see `source.CONTROL`) and which Markdown leaves alone everywhere, in code as well.
LESS_THAN = "\ufdd0"
DEPTH = 60  # levels of elements; a list of ten levels has 20


def _markdown() -> markdown.Markdown:
    """A reader of Markdown for one article: one that has failed keeps the state that it was in, and
    making one takes a third of a millisecond.
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
    # A definition without a label defines nothing: `[]: text` is text.
    reference = processors["reference"]
    reference.RE = re.compile(reference.RE.pattern.replace(r"\[([", r"\[(?=[^\]]*[^\s\]])(["), re.M)
    return made


def _keep_whole_rows(table: Any) -> None:
    """Let the reader of tables keep the cells of a row that no heading stands over."""
    build_row = table._build_row

    def build_whole_row(row: str, parent: Any, align: Any) -> None:
        build_row(row, parent, align)
        cells = [cell.strip(" ") for cell in table._split_row(row)[len(align) :]]
        for text in cells if any(cells) else ():
            SubElement(parent[-1], "td").text = text

    table._build_row = build_whole_row


def to_tree(text: str) -> Element:
    """The body of the page that `text` (Markdown) makes, as a tree without namespaces.

    Raises RecursionError when it is nested more than DEPTH levels deep.
    """
    from tinyhtml5.parser import HTMLParser

    written = _markdown().convert(text)
    # As what stands in a body: of a whole page, the head would be gone without a word.
    body: Element = HTMLParser(False).parse_fragment(written, container="body")
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


# What stands for an escaped character, and for a piece of finished mark-up, while Python-Markdown
# works. In an e-mail address and in brackets within brackets it is sometimes left so.
_ESCAPED = re.compile("\x02(\\d{1,6})\x03")
_STANDS_FOR = re.compile("[\x02_]?(?:klzzwxh|wzxhzdk):\\d+[\x03_]?|\x02\\w+:\\d+\x03")


def _sound(text: str | None) -> str | None:
    """`text` without control characters: ``&#1;`` makes them, and so does what was left behind.

    Unicode's own ends of lines and paragraphs, which come with pasted text, become plain ones.
    """
    if not text:
        return text
    text = SEPARATOR.sub("\n", text.replace(LESS_THAN, "<"))
    if not (CONTROL.search(text) or _STANDS_FOR.search(text)):
        return text
    text = _ESCAPED.sub(lambda m: chr(int(m[1])), text)
    return CONTROL.sub("", _STANDS_FOR.sub("", text))
