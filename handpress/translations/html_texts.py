"""HTML texts: the words in raw HTML, which is not Markdown, as words and codes, and back to HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handpress.markup.tree import PHRASING
from handpress.translations.inlines import ALONE, CLOSE, OPEN, Code, Piece, Pieces, numbered

_TAG = re.compile(r"<!--.*?(?:-->|$)|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>", re.S)  # fmt: skip
# Comments that browsers end elsewhere, declarations and instructions.
_ODD = re.compile(r"<!--?-?>|--!>|<!(?!--)|<\?|<!--(?:(?!-->).)*<!--|<!--(?:(?!-->).)*$", re.S)
_WORDS = re.compile(r"\b(?:alt|title|aria-label)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
LETTER = re.compile(r"[^\W\d_]")
_SILENT = frozenset({"script", "style", "pre", "svg", "math", "template", "textarea"})
_INLINE = PHRASING - {"img"}
_VOID = frozenset({"br", "wbr"})


def is_plain(written: str) -> bool:
    """Return whether all tags, comments and characters in HTML are whole, so that the words between them are certain."""
    numbers = re.findall(r"&#\w+;?", written)
    printed = all(
        html.unescape(number).isprintable() and html.unescape(number) for number in numbers
    )
    return printed and not _ODD.search(written) and "<" not in _TAG.sub("", written)


class HtmlTexts:
    """Finds the texts of one body, in the parts that are raw HTML."""

    def __init__(self) -> None:
        self.silent = ""  # the element without words that is still open

    def find(self, written: str) -> Iterator[tuple[str, int, int]]:
        """Yield the kind and the place of each text: the words between two blocks, or an attribute that is words."""
        start, at = 0, 0
        for tag in _TAG.finditer(written):
            name = (tag["name"] or "").lower()
            inline = name in _INLINE and name not in _SILENT and not _is_alone(written, tag)
            if self.silent or inline:
                if self.silent and name == self.silent and tag["end"]:
                    self.silent, start = "", tag.end()
                continue
            yield from _trimmed(written, start, tag.start())
            start = at = tag.end()
            if name in _SILENT and not tag["end"] and not tag["rest"].endswith("/"):
                self.silent = name
            elif name:
                for words in _WORDS.finditer(written, tag.start("rest"), tag.end("rest")):
                    group = 1 if words[1] is not None else 2
                    if LETTER.search(words[group]):
                        yield "attribute", *words.span(group)
        if not self.silent:
            yield from _trimmed(written, max(start, at), len(written))


def _is_alone(written: str, tag: re.Match[str]) -> bool:
    """Return whether a tag has a line to itself, which makes a block of any tag."""
    before = written[written.rfind("\n", 0, tag.start()) + 1 : tag.start()]
    after = written[tag.end() :].partition("\n")[0]
    return not before.strip() and not after.strip()


def _trimmed(written: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    text = written[start:end]
    if LETTER.search(_TAG.sub("", text)):
        yield "html", start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def read_html(written: str) -> Pieces:
    """Return the words and codes of a text in HTML."""
    tags = list(_TAG.finditer(written))
    paired = _is_paired([(t["name"] or "", bool(t["end"])) for t in tags])
    pieces: list[Piece] = []
    at = 0
    for tag in tags:
        pieces.append(html.unescape(written[at : tag.start()]))
        side = ALONE
        if paired and tag["name"] and tag["name"].lower() not in _VOID:
            side = CLOSE if tag["end"] else OPEN
        pieces.append(Code("", "tag", tag[0], side))
        at = tag.end()
    pieces.append(html.unescape(written[at:]))
    return numbered(pieces)


def _is_paired(tags: list[tuple[str, bool]]) -> bool:
    """Return whether each of the `tags` that begins something has its end."""
    opened: list[str] = []
    for name, end in tags:
        if not name or name.lower() in _VOID:
            continue
        if not end:
            opened.append(name.lower())
        elif not opened or opened.pop() != name.lower():
            return False
    return not opened


def write_html(pieces: Pieces) -> str:
    """Return a text in HTML."""
    return "".join(
        html.escape(piece, quote=False) if isinstance(piece, str) else piece.written
        for piece in pieces
    )
