"""Units: the texts of an article that are translated, each with its place in the Markdown.

A unit is the text of one block: a heading, a paragraph, an item, a cell, the title of a box, the words about a picture.
The words in raw HTML are units, too. All else stays as it is in the original: code, tags, attributes, the labels of a
dosage or a diary.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Any

from markdown_it.token import Token
from msgspec import Struct

from handpress.core.files.disk import digest
from handpress.core.files.source import Source
from handpress.markup.blocks.diary import DAYS
from handpress.markup.blocks.dose_labels import LABELS
from handpress.markup.blocks.term_lines import key_of
from handpress.markup.dialect.attributes import LIST
from handpress.markup.dialect.reader import blocks_of, environment
from handpress.markup.markdown import LESS_THAN
from handpress.series.frontmatter.read import read_front_matter
from handpress.series.settings.schema import ARTICLE, AUTHOR
from handpress.series.settings.yaml_reader import Settings
from handpress.translations.html_texts import LETTER, HtmlTexts, is_plain, read_html, write_html
from handpress.translations.inlines import Pieces, read, write

LENGTH = 10  # digits of a hash
PLAIN = ("alt", "caption", "attribute")  # kinds that have no codes, as settings
_ATTRIBUTES = re.compile(rf"[ \t]*\n?[ \t]*(?:{LIST})[ \t]*$")
_BLOCK_ID = re.compile(r"[ \t\n]+\^[A-Za-z0-9-]+[ \t]*$")
_TICK = re.compile(r"\[[ xX]\][ \t]+")
_DOSE = re.compile(r"([^:\n]+?)[ \t]*:[ \t]*(.*)")
_FIGURE = re.compile(r"!\[(?P<alt>.*)\]\((?P<address>[^\n]*?)(?P<title>[ \t]+(?:\"(?P<double>.*)\"|'(?P<single>.*)'))?[ \t]*\)", re.S)  # fmt: skip
_LABELS = {"exercise": LABELS, "diary": DAYS}  # of the lines in a box, such as `Sets : 3`
_KINDS = {"heading": "heading", "th": "cell", "td": "cell", "dt": "term", "dd": "definition", "list_item": "item", "note": "note"}  # fmt: skip


class Unit(Struct, frozen=True, dict=True):
    """One text to translate. `start` and `end` are its place in the source, which a setting has not."""

    kind: str
    pieces: Pieces
    section: int = 0
    start: int = -1
    end: int = -1
    key: str = ""  # of the setting
    prefix: str = ""  # before its second line
    line: int = 1

    @cached_property
    def hash(self) -> str:
        """The short hash of the text with its codes."""
        return hash_of(self.pieces)


class Section(Struct, frozen=True):
    """A heading and the text below it; the first section is all before the first heading."""

    title: str
    hash: str


class Units(Struct, frozen=True):
    """The texts of one article, in their order, and its sections."""

    source: Source
    start: int  # of the body
    settings: Settings
    units: tuple[Unit, ...]
    sections: tuple[Section, ...]
    kept: int  # blocks with words that cannot be found in the source, and stay as they are
    env: Mapping[str, Any]


class Kind(Struct, frozen=True):
    """A kind of Markdown file: its settings, what messages call it, and the settings that are words."""

    settings: Mapping[str, Any]
    owner: str
    words: tuple[str, ...]


ARTICLES = Kind(ARTICLE, "an article", ("title", "subtitle", "summary", "tags"))
BIOS = Kind(AUTHOR, "an author", ("credentials", "role", "short"))


def units_of(source: Source, kind: Kind = ARTICLES) -> Units:
    """Return the texts of the article in `source`, or of the bio."""
    settings, start, _ = read_front_matter(source, kind.settings, kind.owner)
    finder = _Finder(source, start)
    found = [*_settings(settings, kind.words), *finder.find()]
    every = tuple(found)
    sections = tuple(_sections(source, start, finder.headings, every))
    return Units(source, start, settings, every, sections, finder.kept, finder.env)


def _settings(settings: Settings, keys: tuple[str, ...]) -> Iterator[Unit]:
    for key in keys:
        value = settings.get(key)
        for words in value if isinstance(value, (list, tuple)) else [value] if value else []:
            place = settings.place(key)
            yield Unit(key, (str(words),), key=key, line=place.line or 1)


def hash_of(pieces: Pieces) -> str:
    """Return the short hash of a text with its codes."""
    written = "".join(p if isinstance(p, str) else f"\0{p.side}\0{p.written}\0" for p in pieces)
    return digest(written.encode())[:LENGTH]


def _sections(
    source: Source, start: int, headings: list[tuple[int, str]], units: tuple[Unit, ...]
) -> Iterator[Section]:
    """Yield the sections with the hash of all that is written in each. Settings without words do not count."""
    bounds = [start, *(at for at, _ in headings), len(source.text)]
    titles = ["", *(title for _, title in headings)]
    for number, title in enumerate(titles):
        text = source.text[bounds[number] : bounds[number + 1]].strip()
        words = [u.hash for u in units if u.key] if number == 0 else []
        yield Section(title, digest("\n".join([*words, text]).encode())[:LENGTH])


class _Finder:
    """Finds the texts of one body."""

    def __init__(self, source: Source, start: int) -> None:
        self.source, self.start, self.kept = source, start, 0
        self.first = source.text.count("\n", 0, start)  # lines before the body
        self.env = environment()
        self.headings: list[tuple[int, str]] = []
        self.html = HtmlTexts()
        self.at = start  # behind the text that was found last

    def find(self) -> Iterator[Unit]:
        body = self.source.text[self.start :]
        tokens = blocks_of(body, self.env)
        around: list[Token] = []
        for token in tokens:
            if token.nesting > 0:
                around.append(token)
            elif token.nesting < 0:
                around.pop()
            elif token.type == "html_block":
                yield from self.in_html(token)
            elif token.type == "inline" and token.content.strip():
                if _kind(around) == "term" and key_of(token.content) in _labels(around):
                    continue  # a label that each language has, or none but English
                yield from self.texts(token, around)

    def texts(self, token: Token, around: list[Token]) -> Iterator[Unit]:
        """Yield the texts of one block: itself, the words about the picture that it is, or the values of a dosage."""
        kind = _kind(around)
        lines = self.lines(token, kind)
        if lines is None:
            self.kept += bool(LETTER.search(token.content))
            return
        if kind in ("paragraph", "dose") and (doses := _doses(lines, _labels(around))):
            for start, words in doses:
                yield from self.text("dose", start, start + len(words), words)
            return
        content = "\n".join(words for _, words in lines)
        for pattern in (_ATTRIBUTES, _BLOCK_ID) if kind != "box" else ():
            content = pattern.sub("", f"\n{content}")[1:]
        number = content.count("\n")
        start, end = lines[0][0], lines[number][0] + len(content) - content.rfind("\n") - 1
        if kind == "item" and (tick := _TICK.match(content)):
            content, start = content[tick.end() :], start + tick.end()
        yield from self.text(kind, start, end, content)

    def in_html(self, token: Token) -> Iterator[Unit]:
        """Yield the texts in raw HTML."""
        if not is_plain(token.content):
            self.kept += bool(LETTER.search(token.content))
            return
        source, section = self.source, len(self.headings)
        places: list[int] = []  # of each character
        for n, words in enumerate(token.content.split("\n"), self.first + (token.map or [0])[0]):
            begin = source.starts[n] if n < len(source.starts) else len(source.text)
            place = source.text[begin:].partition("\n")[0].rfind(words.strip())
            if place < 0:
                self.kept += 1
                return
            place -= len(words) - len(words.lstrip())
            places += [begin + place + at for at in range(len(words) + 1)]
        for kind, start, end in self.html.find(token.content):
            content, first, last = token.content[start:end], places[start], places[end - 1] + 1
            words = " ".join(html.unescape(content).split())
            pieces = (words,) if kind == "attribute" else read_html(content)
            line = source.text.count("\n", 0, first) + 1
            yield Unit(kind, pieces, section, first, last, line=line)

    def lines(self, token: Token, kind: str) -> list[tuple[int, str]] | None:
        """Return the lines of a block with the place of each in the source, or None if it is written in another way."""
        source, found = self.source, []
        for n, words in enumerate(token.content.split("\n"), self.first + (token.map or [0])[0]):
            begin = source.starts[n] if n < len(source.starts) else len(source.text)
            line = source.text[begin:].partition("\n")[0]
            written = words.strip().replace(LESS_THAN, "<")
            if kind == "cell":
                at = self.at - begin if self.at > begin else 0
                ways = (written, written.replace("|", "\\|"))
                place, written = next(((f, w) for w in ways if (f := line.find(w, at)) >= 0), (-1, ""))  # fmt: skip
            else:
                place = line.rfind(written)
            if place < 0:
                return None
            found.append((begin + place, written if kind == "cell" else words.lstrip()))
            self.at = begin + place + len(written)
        return found

    def text(self, kind: str, start: int, end: int, content: str) -> Iterator[Unit]:
        """Yield the text between two places, which is written as `content`."""
        whole = self.source.text
        if kind == "heading":
            self.headings.append((whole.rfind("\n", 0, start) + 1, content))
        section, line = len(self.headings), whole.count("\n", 0, start) + 1
        if (figure := _FIGURE.fullmatch(content)) and "](" not in figure["alt"]:
            for group, name in (("alt", "alt"), ("double", "caption"), ("single", "caption")):
                if figure[group] and LETTER.search(figure[group]):
                    first, last = (start + at for at in figure.span(group))
                    words = self.words(figure[group]) if name == "alt" else unescaped(figure[group])
                    words = " ".join(words.split())
                    yield Unit(name, (words,), section, first, last, line=line)
            return
        pieces = read(content.replace("\\|", "|") if kind == "cell" else content, self.env)
        if any(isinstance(p, str) and LETTER.search(p) for p in pieces):
            yield Unit(kind, pieces, section, start, end, prefix=self.prefix(start, end), line=line)

    def words(self, text: str) -> str:
        """Return the words in place of a picture, which has no mark-up."""
        return "".join(
            p if isinstance(p, str) else p.written.strip("` ") if p.kind == "code" else ""
            for p in read(text, self.env)
        )

    def prefix(self, start: int, end: int) -> str:
        """Return what begins the further lines of a text."""
        text = self.source.text
        line = text.find("\n", start, end)
        if line >= 0:
            return re.match(r"[ \t>]*", text[line + 1 : end])[0]  # type: ignore[index]
        before = text[text.rfind("\n", 0, start) + 1 : start]
        return re.sub(r"[^>\s]", " ", before)


def _kind(around: list[Token]) -> str:
    """Return the kind of the text in the innermost of the blocks `around` it."""
    if not around:
        return "paragraph"
    if around[-1].attrGet("class") == "admonition-title":
        return "box"
    for token in reversed(around):
        name = token.type.removesuffix("_open")
        if name in ("dd", "dt") and _labels(around):
            return "dose" if name == "dd" else "term"
        if name not in ("paragraph", "blockquote", "group"):
            return _KINDS.get(name, "paragraph")
    return "paragraph"


def _labels(around: list[Token]) -> Set[str]:
    """Return the labels that lines may have in the box `around` a text; there are none outside."""
    boxes = (str(token.attrGet("class")).split() for token in around if token.type == "box_open")
    return {label for names in boxes for name in names for label in _LABELS.get(name, ())}


def _doses(lines: list[tuple[int, str]], labels: Set[str]) -> list[tuple[int, str]]:
    """Return the values of lines such as `Hold: 5 seconds`, with their places."""
    found = [_DOSE.fullmatch(words) for _, words in lines]
    if not found[0] or key_of(found[0][1]) not in labels:
        return []
    return [(at + f.start(2), f[2]) for (at, _), f in zip(lines, found, strict=True) if f]


def unescaped(text: str) -> str:
    """Return the words of a picture as they are printed."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def frame_of(units: Units) -> str:
    """Return the hash of all that is not a text: what a translation has from its original."""
    made, at = [], units.start
    for unit in units.units:
        if unit.start >= 0:
            made.append(units.source.text[at : unit.start])
            at = unit.end
    whole = "\0".join([*made, units.source.text[at:]])
    return digest(" ".join(whole.split()).encode())[:LENGTH]


def with_texts(units: Units, texts: Mapping[int, Pieces], front: str) -> str:
    """Return the whole file with other `texts`, by the numbers of their units, below the front matter `front`."""
    made, at = [front], units.start
    source = units.source.text
    for number, unit in enumerate(units.units):
        if unit.start < 0:
            continue
        made += [source[at : unit.start], written(unit, texts.get(number, unit.pieces), units.env)]
        at = unit.end
    return "".join([*made, source[at:]])


def written(unit: Unit, pieces: Pieces, env: Mapping[str, Any]) -> str:
    """Return `pieces` as Markdown in the place of `unit`."""
    if unit.kind == "html":
        return write_html(pieces)
    if unit.kind == "attribute":
        return html.escape("".join(map(str, pieces)))
    if unit.kind in PLAIN:
        return _about_picture(unit.kind, "".join(map(str, pieces)))
    text = write(pieces, dict(env))
    if unit.kind == "cell":
        return text.replace("\\\n", "<br>").replace("\\|", "|").replace("|", "\\|")
    if unit.kind == "box":  # between straight quotation marks
        return re.sub(r"\"([^\"]*)\"?", "“\\1”", text).replace("\\\n", " ")
    if unit.kind == "heading":  # whose last signs would be its end
        text = re.sub(r"(?<!\\)#+ *$", lambda m: m[0].replace("#", r"\#"), text)
        return text.replace("\\\n", " ")
    return text.replace("\n", f"\n{unit.prefix}")


def _about_picture(kind: str, words: str) -> str:
    marks = r"[\\`*_\[\]<&]" if kind == "alt" else r"[\\\"'&]"
    return re.sub(marks, r"\\\g<0>", words)
