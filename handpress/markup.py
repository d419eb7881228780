"""Markup: from Markdown text to a tree of wild HTML, read once, by the rules of HTML5."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .source import CONTROL, SEPARATOR
from .tree import Element

if TYPE_CHECKING:
    import markdown

# Where nothing closes it, newer Pythons take all that follows for a part of such a tag.
OPENED = re.compile(r"^( {0,3})<(?=[!?])", re.M)
DEPTH = 60  # levels of elements; a list of ten levels has 20


# --- Markdown to a tree ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    import markdown
    from markdown.extensions.toc import slugify_unicode

    class NeverClosed(markdown.preprocessors.Preprocessor):
        def run(self, lines: list[str]) -> list[str]:
            closed, last, rest = "\n".join(lines).rpartition(">")
            return (closed + last + OPENED.sub(r"\1&lt;", rest)).split("\n")

    made = markdown.Markdown(
        extensions=["extra", "admonition", "toc", "sane_lists", "smarty"],
        extension_configs={"toc": {"slugify": slugify_unicode}},
        output_format="html",
    )
    # After code in fences was put aside (25), before HTML is (20).
    made.preprocessors.register(NeverClosed(made), "never-closed", 22)
    return made


def to_tree(text: str) -> Element:
    """The body of the page that `text` (Markdown) makes, as a tree without namespaces.

    Raises RecursionError when it is nested more than DEPTH levels deep.
    """
    from tinyhtml5.parser import HTMLParser

    written = _markdown().reset().convert(text)
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
_STANDS_FOR = re.compile("\x02\\w+:\\d+\x03")


def _sound(text: str | None) -> str | None:
    """`text` without control characters: ``&#1;`` makes them, and so does what was left behind.

    Unicode's own ends of lines and paragraphs, which come with pasted text, become plain ones.
    """
    if not text:
        return text
    text = SEPARATOR.sub("\n", text)
    if not CONTROL.search(text):
        return text
    text = _ESCAPED.sub(lambda m: chr(int(m[1])), text)
    return CONTROL.sub("", _STANDS_FOR.sub("", text))
