"""Composing: a series for one medium, as documents in which every address is resolved.

For each link one question is asked, *in which document does the target lie?*, and there are three
answers: :class:`SamePage`, :class:`OtherFile` and :class:`Unreachable`. Nothing open is left for the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property, partial
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import SubElement

from msgspec import Struct

from handpress.compose.document import (
    Address,
    Document,
    Neighbour,
    WordsOf,
    chapter_id,
    language_of,
    part_id,
    web_address,
)
from handpress.compose.filter import trees_for
from handpress.compose.links import Links
from handpress.compose.notes import PLACES
from handpress.compose.recall import Facts, Recall, find_out
from handpress.compose.resolve import resolve
from handpress.core.direction import direction
from handpress.core.files.disk import digest
from handpress.core.in_english import language_of_word
from handpress.core.media import Medium
from handpress.core.problems.problem import Problem
from handpress.markup.blocks import diary
from handpress.markup.tree import (
    CODE,
    SECTIONS,
    Element,
    label_of,
    new_element,
    serialize,
    set_children,
    take_out,
    text_of,
)
from handpress.series.article import Article
from handpress.series.model import Series

IDS = "ids"  # the question for the ids in an article, which depend on the article and the medium alone


def compose(
    series: Series,
    medium: Medium,
    speak: WordsOf,
    sound: Set[str] | None = None,
    recall: Recall = find_out,
) -> tuple[tuple[Document, ...], list[Problem]]:
    """Every document of `series` in `medium`, in order, and the links that only this medium breaks.

    `speak` has the words of the layouts in any language. `sound`, if given, names the articles
    to compose when others have errors. An article that `recall` remembers is not composed again.
    """
    articles = [a for a in series.articles_in(medium) if sound is None or a.slug in sound]
    ids: dict[str, Set[str]] = {
        a.slug: recall(frozenset[str], a, (IDS, medium.name), partial(_ids_of, a, medium))
        for a in series.articles
    }
    every = digest(repr([(slug, sorted(own)) for slug, own in ids.items()]).encode())
    problems: list[Problem] = []
    chapters = []
    for article in articles:
        whole = _Composed(series, medium, speak, article, ids)
        asked = ("document", medium.name, medium.reach, every)
        found = recall(Facts, article, asked, whole.facts)
        problems += found.problems
        chapters.append(_chapter(whole, found, every))
    words = speak(series.language)
    front, back = (matter(series, medium, k, words) for k in (medium.front, medium.back))
    body = _with_part_titles(series, chapters) if medium.bound else chapters
    return (*front, *body, *back), problems


def compose_article(series: Series, medium: Medium, speak: WordsOf, article: Article) -> Document:
    """Return the document of a changed version of one of the series' articles, whose links have the same targets.

    Links to what it has no more lose their address.
    """
    linked = {t.slug for t in series.targets[article.path] if t and t.slug}
    others = [series.article(slug) for slug in linked - {article.slug}]
    trees = {a.slug: trees_for(a, medium) for a in (article, *others)}
    ids = {slug: ids_in(*both) for slug, both in trees.items()}
    whole = _Composed(series, medium, speak, article, ids)
    return _chapter(whole, whole.facts(), "")


def _with_part_titles(series: Series, chapters: Iterable[Document]) -> Iterator[Document]:
    """Yield the chapters, with the title of each part before its first."""
    for part, inside in groupby(chapters, key=lambda chapter: chapter.part):
        if part:
            chapter, *rest = inside
            title = series.parts[series.part_of(chapter.name) - 1].title
            yield Document("part-title", part, title, part)
            yield from (chapter, *rest)
        else:
            yield from inside


def _ids_of(article: Article, medium: Medium) -> frozenset[str]:
    return frozenset(ids_in(*trees_for(article, medium)))


def ids_in(body: Element, notes: Mapping[str, Element]) -> Set[str]:
    """Return the ids that an article has, with those of its notes."""
    trees = (body, *notes.values())
    return {id_ for tree in trees for e in tree.iter() if (id_ := e.get("id"))} | set(notes)


NAMED_FOR_THE_SERIES = frozenset({"cover", "half-title", "title-page"})


def matter(
    series: Series, medium: Medium, kinds: Iterable[str], words: Mapping[str, str]
) -> tuple[Document, ...]:
    """Return the documents of these `kinds` before or after the articles."""
    found = (_matter(series, medium, kind, words) for kind in kinds)
    return tuple(d for d in found if d is not None)


def _matter(series: Series, medium: Medium, kind: str, words: Mapping[str, str]) -> Document | None:
    # No article's name has an underscore: one that is called `about` is another page.
    name = f"matter_{kind}"
    if kind == "half-title" and series.cover:
        return None  # its other side has the lines of our own cover
    if kind == "changes" and not (series.news and medium.reach == "artefact"):
        return None
    title = series.title if kind in NAMED_FOR_THE_SERIES else words[kind]
    if kind != "about":
        return Document(kind, name, title, name, authors=series.authors)
    authors = series.introduced
    if not authors:
        return None
    addresses: list[Address] = []
    pages: list[str] = []
    bios = {}
    for author in authors:
        if author.bio:
            body, notes = trees_for(author.bio, medium)
            ids = {author.bio.slug: ids_in(body, notes)}
            links = Links(series, medium, words, author.bio, ids, addresses)
            _arranged(links, body, notes)
            bios[author.name] = serialize(body)
            pages += links.pages
    return Document(
        kind,
        name,
        title if len(authors) == 1 else words["about_many"],
        name,
        authors=authors,
        addresses=tuple(addresses),
        pages=tuple(dict.fromkeys(pages)),
        bios=bios,
    )


def _arranged(
    links: Links, body: Element, notes: dict[str, Element]
) -> tuple[tuple[str, str], ...]:
    """Bring an article, in place, into the shape that it has in this medium.

    Returns the ids and titles of the author's headings of level 2.
    """
    article = links.article
    language = direction(language_of(links.series, article))
    for tree in (body, *notes.values()):
        _put_words(tree, links.words)
        links.resolve(tree)
        if language != "ltr":
            _keep_code_ltr(tree)
    _list_sections(body)
    headings = tuple((e.get("id", ""), label_of(e)) for e in body.iter("h2") if e.get("id"))
    PLACES[links.medium.notes](body, notes, links.words, chapter_id(article.slug))
    return headings


def _list_sections(body: Element) -> None:
    """Put a list of the headings of level 2 and 3 in the place for one, if there are several; other places go."""
    places = [(e, c) for e in body.iter() for c in e if c.get("class") == SECTIONS and not len(c)]
    if not places:
        return
    listed = new_element("ul", [])
    for heading in body.iter():
        if heading.tag not in ("h2", "h3") or not heading.get("id"):
            continue
        item = new_element(
            "li", [new_element("a", [label_of(heading)], {"href": f"#{heading.get('id')}"})]
        )
        if heading.tag == "h3" and len(listed):
            inner = listed[-1].find("ul")
            if inner is None:
                inner = SubElement(listed[-1], "ul")
            inner.append(item)
        else:
            listed.append(item)
    for number, (parent, place) in enumerate(places):
        if number == 0 and len(listed) > 1:
            place.append(listed)
        else:
            take_out(parent, place)


def _put_words(tree: Element, words: Mapping[str, Any]) -> None:
    """Put the words of the language into elements that are marked for one, and into the titles of struck text:
    screen readers do not see its line. The days of diaries get its digits.
    """
    for cell in diary.numbers(tree):
        set_children(cell, [words["numerals"].write(text_of(cell))])
    for element in tree.iter():
        if element.tag in ("del", "s"):
            element.set("title", words["struck"].format(text=text_of(element)))
        if word := element.attrib.pop("data-word", None):
            set_children(element, [words[word]])
            element.attrib.update(language_of_word(words[word]))


def _keep_code_ltr(tree: Element) -> None:
    """Let code run from left to right in an article that runs from right to left."""
    for element in tree.iter():
        if element.tag in CODE:
            element.set("dir", "ltr")


class _Composed(Struct, frozen=True, dict=True):
    """An article in one medium, composed when it is needed."""

    series: Series
    medium: Medium
    speak: WordsOf
    article: Article
    ids: Mapping[str, Set[str]]

    def facts(self) -> Facts:
        return self.both[0]

    def text(self) -> str:
        return self.both[1]

    @cached_property
    def both(self) -> tuple[Facts, str]:
        words = self.speak(language_of(self.series, self.article))
        links = Links(self.series, self.medium, words, self.article, self.ids)
        body, notes = trees_for(self.article, self.medium)
        headings = _arranged(links, body, notes)
        pages = tuple(dict.fromkeys(links.pages))
        facts = Facts(headings, tuple(links.addresses), pages, tuple(links.problems))
        return facts, serialize(body)


def _chapter(whole: _Composed, found: Facts, targets: str) -> Document:
    series, medium, article = whole.series, whole.medium, whole.article
    number = series.number_in(medium, article.slug)
    articles = series.articles_in(medium)
    return Document(
        kind="chapter",
        name=article.slug,
        title=article.title,
        part=part_id(part) if (part := series.part_of(article.slug)) else "",
        id=chapter_id(article.slug),
        number=number,
        total=len(articles),
        article=article,
        authors=series.article_authors[article.slug],
        text=whole.text,
        addresses=found.addresses,
        previous=_neighbour(series, medium, article, number - 1),
        next=_neighbour(series, medium, article, number + 1),
        headings=found.headings,
        url=web_address(series, article),
        pages=found.pages,
        targets=targets,
    )


def _neighbour(series: Series, medium: Medium, article: Article, number: int) -> Neighbour | None:
    articles = series.articles_in(medium)
    if not 1 <= number <= len(articles):
        return None
    there = articles[number - 1]
    way = resolve(series, medium, article.slug, there.slug, None)
    return Neighbour(there.slug, there.title, number, way)
