"""Composing: a series for one medium, as documents in which every address is resolved.

For each link one question is asked, *in which document does the target lie?*, and there are three
answers: :class:`SamePage`, :class:`OtherFile` and :class:`Unreachable`. Nothing open is left for the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import SubElement

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
from handpress.compose.resolve import resolve
from handpress.core.direction import direction
from handpress.core.media import Medium
from handpress.core.problem import Problem
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


def compose(
    series: Series, medium: Medium, speak: WordsOf, sound: Set[str] | None = None
) -> tuple[tuple[Document, ...], list[Problem]]:
    """Every document of `series` in `medium`, in order, and the links that only this medium breaks.

    `speak` has the words of the layouts in any language. `sound`, if given, names the articles
    to compose when others have errors.
    """
    articles = [a for a in series.articles if sound is None or a.slug in sound]
    trees = {a.slug: trees_for(a, medium) for a in series.articles}
    ids = {slug: ids_in(*both) for slug, both in trees.items()}
    problems: list[Problem] = []
    chapters = []
    for article in articles:
        words = speak(language_of(series, article))
        links = Links(series, medium, words, article, ids)
        chapters.append(_chapter(links, *trees[article.slug]))
        problems += links.problems
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
    links = Links(series, medium, speak(language_of(series, article)), article, ids)
    return _chapter(links, *trees[article.slug])


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
    screen readers do not see its line.
    """
    for element in tree.iter():
        if element.tag in ("del", "s"):
            element.set("title", words["struck"].format(text=text_of(element)))
        if word := element.attrib.pop("data-word", None):
            set_children(element, [words[word]])


def _keep_code_ltr(tree: Element) -> None:
    """Let code run from left to right in an article that runs from right to left."""
    for element in tree.iter():
        if element.tag in CODE:
            element.set("dir", "ltr")


def _chapter(links: Links, body: Element, notes: dict[str, Element]) -> Document:
    series, medium, article = links.series, links.medium, links.article
    headings = _arranged(links, body, notes)
    number = series.number(article.slug)
    return Document(
        kind="chapter",
        name=article.slug,
        title=article.title,
        part=part_id(part) if (part := series.part_of(article.slug)) else "",
        id=chapter_id(article.slug),
        number=number,
        article=article,
        authors=series.article_authors[article.slug],
        body=serialize(body),
        addresses=tuple(links.addresses),
        previous=_neighbour(series, medium, article, number - 1),
        next=_neighbour(series, medium, article, number + 1),
        headings=headings,
        url=web_address(series, article),
        pages=tuple(dict.fromkeys(links.pages)),
    )


def _neighbour(series: Series, medium: Medium, article: Article, number: int) -> Neighbour | None:
    if not 1 <= number <= len(series.articles):
        return None
    there = series.articles[number - 1]
    way = resolve(series, medium, article.slug, there.slug, None)
    return Neighbour(there.slug, there.title, number, way)
