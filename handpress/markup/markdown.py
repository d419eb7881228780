"""Markdown to a tree of HTML, parsed by the rules of HTML5 and not yet sanitized."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError, fromstring

from handpress.core.direction import direction
from handpress.core.files.disk import SEPARATOR
from handpress.core.files.source import CONTROL
from handpress.core.html_parser import html_parser
from handpress.markup.quotes import set_quotes
from handpress.markup.tree import Element

if TYPE_CHECKING:
    from handpress.markup.dialect.players import Player
    from handpress.markup.dialect.slips import Slip
    from handpress.markup.dialect.unread import Unread


# Replaces a `<` that is text until the HTML parser is done. It is a noncharacter, which no source contains
# (see `source.CONTROL`) and which Markdown leaves unchanged everywhere, also in code.
LESS_THAN = "\ufdd0"
DEPTH = 60  # levels of elements; a list of ten levels has 20


def to_tree(text: str, language: str = "en") -> Element:
    """Return the body of the page that `text` (Markdown) makes, as a tree without namespaces.

    Its quotation marks are those of `language`.

    Raises RecursionError when it is nested more than DEPTH levels deep.
    """
    return read(text, language).tree


class Reading(NamedTuple):
    """The tree of a text, what to report of its mark-up, and the lines that are code."""

    tree: Element
    notices: list[Player | Slip | Unread]
    code: list[range]


def read(text: str, language: str = "en") -> Reading:
    """Return the tree of `text` as :func:`to_tree` does, with what its reader noticed."""
    from handpress.markup.components import set_components
    from handpress.markup.dialect.mdx import imported_pictures
    from handpress.markup.dialect.obsidian import name_blocks
    from handpress.markup.dialect.spans import settle_labels

    # One that failed keeps its state, so only a reader that came to the end is used again.
    reader = _READERS.pop() if _READERS else _new_reader()
    reader.dialect.from_right = direction(language) == "rtl"
    written = reader.convert(text)
    raw = bool(reader.htmlStash.rawHtmlBlocks)
    dialect = reader.dialect
    notices, code = dialect.notices, dialect.code
    reader.reset()
    _READERS.append(reader)
    body = _parsed(written, raw)
    name_blocks(body)
    settle_labels(body)
    imported_pictures(text, body)
    if raw:
        set_components(body, lambda words: read(words, language).tree)
    set_quotes(body, language)
    # References such as `&#1;` make characters that are not in the text itself.
    odd = raw or "&#" in written or bool(_ODD.search(written))
    depth, level = 0, [body]
    while level:
        for element in level if odd else ():
            element.text, element.tail = _sound(element.text), _sound(element.tail)
            for key, value in element.attrib.items():
                element.set(key, _sound(value) or "")
        depth, level = depth + 1, [child for element in level for child in element]
        if depth > DEPTH:
            raise RecursionError
    return Reading(body, notices, code)


# One that is ready, since making it takes longer than reading a short article.
_READERS: list[Any] = []


def _new_reader() -> Any:
    """Return a reader of Python-Markdown for the dialect."""
    import markdown
    from markdown.extensions.abbr import AbbrExtension
    from markdown.extensions.toc import TocExtension, slugify_unicode

    from handpress.markup.dialect.attributes import Attributes
    from handpress.markup.dialect.build import Dialect, serialize

    dialect = Dialect()
    contents = TocExtension(slugify=slugify_unicode, marker="")
    reader: Any = markdown.Markdown(extensions=[dialect, Attributes(), AbbrExtension(), contents])
    reader.serializer = serialize
    reader.dialect = dialect
    return reader


def _parsed(written: str, raw: bool) -> Element:
    """Return the tree of an article in HTML, of which some is `raw`, as its author wrote it."""
    if not raw:  # all of it is XML as well, which is read forty times as fast
        with contextlib.suppress(ParseError):
            tree = fromstring(f"<body>{written}</body>")
            # The call of a note within a link: only HTML's parser ends the link there.
            if all(link.find(".//a") is None for link in tree.iter("a")):
                return tree
    # Parsed as the content of a body: in a full page, the parser would move text into the head and lose it.
    body: Element = html_parser().parse_fragment(written, container="body")
    body.tag = "body"
    return body


# Placeholders of Python-Markdown, for an escaped character and for finished mark-up. Within an e-mail
# address and within nested brackets it sometimes leaves one behind.
_ESCAPED = re.compile("\x02(\\d{1,6})\x03")
_STANDS_FOR = re.compile("[\x02_]?(?:klzzwxh|wzxhzdk):\\d+[\x03_]?|\x02\\w+:\\d+\x03")


# Characters that few texts have.
_ODD = re.compile(f"{CONTROL.pattern}|{SEPARATOR.pattern}|klzzwxh|wzxhzdk")


def _sound(text: str | None) -> str | None:
    """Return `text` without control characters: ``&#1;`` makes them, and so do leftover placeholders.

    Unicode's line and paragraph separators, which come with pasted text, become ordinary ones.
    """
    if not text:
        return text
    if not _ODD.search(text):
        return text
    text = SEPARATOR.sub("\n", text.replace(LESS_THAN, "<"))
    if not (CONTROL.search(text) or _STANDS_FOR.search(text)):
        return text
    text = _ESCAPED.sub(lambda m: chr(int(m[1])), text)
    return CONTROL.sub("", _STANDS_FOR.sub("", text))
