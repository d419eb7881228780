"""The sentences of a series as readers see them: those of its articles, with titles, dosages, pictures and notes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from handpress.check.prose.sentences import split
from handpress.layout.words import Words
from handpress.markup.tree import (
    APART,
    Element,
    child_nodes,
    classes,
    parse_tree,
    text_of,
)
from handpress.series.article import OPEN, Article
from handpress.series.model import Series

SOURCE = "picture:"  # and a path: the address of a picture in a body
DOSAGE = "dose"  # the class of a table that has one


class Sentence(Struct, frozen=True):
    """A sentence, a heading, a row of a table, or a picture with its description. `mark` differs if anything else does."""

    text: str
    kind: str = "text"
    mark: str = ""


class Text(Struct, frozen=True):
    """The sentences of an article, or of the series itself, whose name is empty."""

    slug: str
    title: str
    sentences: tuple[Sentence, ...]


class State(Struct, frozen=True):
    """A series at some time: its texts in reading order, and a name for it such as `Edition 2`."""

    name: str
    texts: tuple[Text, ...]


def state_of(series: Series, name: str, words: Words) -> State:
    """Return the sentences of a series, with the words of the layouts as labels of dosages."""
    settings = (series.title, series.subtitle, series.description)
    own = tuple(Sentence(text, "title") for text in settings if text)
    texts = [
        Text(a.slug, a.title, tuple(_Reader(series, a, words).read())) for a in series.articles
    ]
    return State(name, (Text("", series.title, own), *texts))


class _Reader:
    def __init__(self, series: Series, article: Article, words: Words) -> None:
        self.series, self.article, self.words = series, article, words
        language = article.settings.get("language") or series.language
        self.tongue = language.partition("-")[0].lower()

    def read(self) -> Iterator[Sentence]:
        """Yield the sentences of the article, its notes last."""
        article = self.article
        yield Sentence(article.title, "title")
        for key in ("subtitle", "summary"):
            for text in split(article.settings.get(key) or "", self.tongue):
                yield Sentence(text, "title")
        yield from self._block(self._tree(article.body), "text")
        for markup in article.notes.values():
            yield from self._block(self._tree(markup), "note")

    def _tree(self, markup: str) -> Element:
        """Return a tree with the words of the layouts, and titles in links that have no words of their own."""
        tree = parse_tree(markup)
        for element in tree.iter():
            if word := element.get("data-word"):
                element.text = str(self.words[word])
            address = element.get("href", "")
            if address.startswith(OPEN) and not text_of(element) and element.find(".//img") is None:
                element.text = self._title(int(address.removeprefix(OPEN)))
        return tree

    def _title(self, number: int) -> str:
        target = self.series.target(self.article, number)
        if target is None or not (target.words or target.title or target.slug):
            return self.article.references[number].words
        there = self.series.article(target.slug) if target.slug else self.article
        headings = (anchor.title for anchor in there.anchors if anchor.id == target.id)
        return target.words or target.title or next(filter(None, headings), there.title)

    def _block(self, block: Element, kind: str) -> Iterator[Sentence]:
        """Yield the sentences of a block: those of its own running text, and those of the blocks in it."""
        line: list[str] = []
        marks: list[str] = []
        for node in child_nodes(block):
            if isinstance(node, str):
                line.append(node)
            elif node.tag not in APART and node.tag != "img" and not _has_blocks(node):
                line.append(_inline(node))
                marks += _outside(node)
            else:
                yield from self._sentences(line, kind, marks)
                line, marks = [], []
                if node.tag != "br":
                    yield from self._apart(node, kind)
        yield from self._sentences(line, kind, marks)

    def _apart(self, node: Element, kind: str) -> Iterator[Sentence]:
        if node.tag == "img":
            yield self._picture(node)
        elif node.tag == "table":
            yield from self._rows(node)
        elif node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield Sentence(text_of(node), "heading")
        else:
            yield from self._block(node, "item" if node.tag == "li" else kind)

    def _sentences(self, line: list[str], kind: str, marks: list[str]) -> Iterator[Sentence]:
        parts = split(" ".join("".join(line).split()), self.tongue)
        # Addresses of links count, in the last sentence of their paragraph.
        for number, text in enumerate(parts, 1):
            yield Sentence(text, kind, " ".join(marks) if number == len(parts) else "")

    def _picture(self, image: Element) -> Sentence:
        path = image.get("src", "").removeprefix(SOURCE)
        picture = self.article.pictures.get(path)
        return Sentence(image.get("alt", ""), "picture", picture.origin if picture else path)

    def _rows(self, table: Element) -> Iterator[Sentence]:
        """Yield each row of a table: in a dosage, each value with its label."""
        heads = [text_of(cell) for cell in table.iterfind("./thead/tr/th")]
        dosage = DOSAGE in classes(table)
        for row in table.iter("tr"):
            cells = [text_of(cell) for cell in row if cell.tag in ("td", "th")]
            if dosage and any(cell.tag == "td" for cell in row):
                pairs = zip(heads, cells, strict=False)
                yield Sentence(", ".join(f"{h}: {c}" for h, c in pairs if c), "dosage")
            elif not dosage and any(cells):
                yield Sentence(" | ".join(cells), "row")
        for image in table.iter("img"):
            yield self._picture(image)


def _has_blocks(element: Element) -> bool:
    return any(inner.tag in APART or inner.tag == "img" for inner in element.iter())


def _inline(element: Element) -> str:
    """Return the words of a part of a line, without the numbers of notes."""
    return "" if "call" in classes(element) else _whole(element)


def _whole(element: Element) -> str:
    inner = (_inline(node) if isinstance(node, Element) else node for node in child_nodes(element))
    return "".join(inner)


def _outside(element: Element) -> list[str]:
    """Return the outside addresses in a part of a line."""
    addresses = (link.get("href", "") for link in element.iter("a"))
    return [a for a in addresses if a and not a.startswith((OPEN, "#"))]
