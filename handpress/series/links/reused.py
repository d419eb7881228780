"""Reused exercises: a card that names another article as its source has the content of the card there.

Articles are parsed alone, so that these cards are filled here. The card keeps its own title and the parts of the
dosage that it gives; pictures, steps, notes and the rest of the dosage come from its source.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from handpress.core.files.disk import digest
from handpress.core.files.file_names import is_markdown
from handpress.core.problems.problem import Place, Problem, nearest, problem
from handpress.markup.blocks.exercise import FROM, own_dose, reuse
from handpress.markup.tree import (
    Element,
    classes,
    copy,
    parse_tree,
    serialize,
    serialize_element,
    text_of,
)
from handpress.series.article import OPEN, Article, Reference, slug_of
from handpress.series.links.elsewhere import Elsewhere
from handpress.series.links.ids import free_id

MARK = f" {FROM}="


def with_reused(
    articles: Iterable[Article], elsewhere: Elsewhere
) -> tuple[tuple[Article, ...], list[Problem]]:
    """Return the articles with their reused exercises, and the problems of those that cannot be found."""
    published = {article.slug: article for article in articles}
    if not any(MARK in article.body for article in published.values()):
        return tuple(published.values()), []
    filled = [_Filling(article, published, elsewhere) for article in published.values()]
    return tuple(f.filled() for f in filled), [p for f in filled for p in f.problems]


class _Filling:
    """One article with its reused exercises so far."""

    def __init__(
        self, article: Article, articles: Mapping[str, Article], elsewhere: Elsewhere
    ) -> None:
        self.article, self.articles, self.elsewhere = article, articles, elsewhere
        self.references = list(article.references)
        self.pictures, self.notes = dict(article.pictures), dict(article.notes)
        self.formulas, self.places = dict(article.formulas), dict(article.places)
        self.characters, self.digests = set(article.characters), [article.digest]
        self.ids = {anchor.id for anchor in article.anchors} | {*article.notes}
        self.renamed: dict[tuple[str, str], str] = {}
        self.problems: list[Problem] = []
        self.places_of_marks = _places(article)

    def filled(self) -> Article:
        if MARK not in self.article.body:
            return self.article
        tree = parse_tree(self.article.body)
        for card in [e for e in tree.iter("section") if FROM in e.attrib]:
            wanted = card.attrib.pop(FROM)
            place = next(self.places_of_marks, self.article.source.place())
            if found := self.source_of(card, wanted, place):
                self.fill(card, *found)
        return replace(
            self.article,
            body=serialize(tree),
            notes=self.notes,
            references=tuple(self.references),
            pictures=self.pictures,
            formulas=self.formulas,
            places=self.places,
            characters=frozenset(self.characters),
            digest=digest("\n".join(self.digests).encode()),
        )

    def source_of(self, card: Element, wanted: str, place: Place) -> tuple[Article, Element] | None:
        """Return the article and the card that a card is filled from; None with a problem."""
        there, reason, known = self.article_of(wanted)
        if there is None:
            meant = nearest(slug_in(wanted), known)
            facts = {"name": wanted, "reason": reason}
            self.problems.append(problem("unknown-exercise", place, meant=meant, **facts))
            return None
        cards = {text_of(c[0]): c for c in _own_cards(parse_tree(there.body))}
        title = text_of(card[0])
        named = {text.casefold(): found for text, found in cards.items()}
        found = named.get(title.casefold())
        if found is None and not title and len(cards) == 1:
            (found,) = cards.values()
        if found is None:
            meant = nearest(title, cards) if title else None
            facts = {"name": title or wanted, "reason": f"`{there.file}` has no such exercise"}
            self.problems.append(problem("unknown-exercise", place, meant=meant, **facts))
            return None
        return there, found

    def article_of(self, wanted: str) -> tuple[Article | None, str, Iterable[str]]:
        """Return the article with a name, or None with the reason and the names to choose from."""
        folder, slug = posixpath.dirname(wanted), slug_in(wanted)
        home, here = self.elsewhere.home, self.articles.get(slug)
        series = self.elsewhere.folders(posixpath.basename(folder)) if folder else ()
        if len(series) > 1:
            return None, f"several series have that name: {', '.join(series)}", ()
        if not series or series == (home,):
            return here, "this series has no such article", self.articles
        (other,) = series
        if here and here.path == posixpath.normpath(f"{home}/{folder}/{here.file}"):
            reason = f"it could be `{here.path}` or in the series `{other}`"
            return None, reason, ()
        articles = self.elsewhere.articles(other)
        return articles.get(slug), f"`{other}` has no such article", articles

    def fill(self, card: Element, there: Article, source: Element) -> None:
        """Put the content of `source`, a card of the article `there`, into a card."""
        source, self.renamed = _copied(source), {}  # another copy has other ids
        self.links(source, there)
        for key in self.called(source, there):
            note = parse_tree(there.notes[key])
            self.links(note, there)
            self.ids_of(note, there)
            self.notes[self.own(key, there)] = serialize(note)
            self.characters.update("".join(note.itertext()))
        self.ids_of(source, there)
        written = serialize_element(source)
        self.pictures |= {k: p for k, p in there.pictures.items() if f"picture:{k}" in written}
        self.formulas |= there.formulas
        self.places = {**there.places, **self.places}
        self.characters.update("".join(source.itertext()))
        self.digests.append(there.digest)
        reuse(card, source)

    def called(self, card: Element, there: Article) -> list[str]:
        """Return the keys of the notes that a card calls."""
        links = (link.get("href", "")[1:] for link in card.iter("a"))
        return [key for key in dict.fromkeys(links) if key in there.notes]

    def links(self, part: Element, there: Article) -> None:
        """Let the open links in a part lead to the same places from here; those of another series keep their words."""
        foreign = self.articles.get(there.slug) is not there
        for link in part.iter("a"):
            if not link.get("href", "").startswith(OPEN):
                continue
            if foreign:
                link.tag, link.attrib = "span", {}
            else:
                reference = there.references[int(link.get("href", "").removeprefix(OPEN))]
                link.set("href", f"{OPEN}{len(self.references)}")
                self.references.append(_from(self.article, there, reference))

    def ids_of(self, part: Element, there: Article) -> None:
        """Give the ids in a part, and the links to them, names of this article."""
        for element in part.iter():
            if old := element.get("id"):
                element.set("id", self.own(old, there))
                if old in there.places:
                    self.places[element.get("id", "")] = there.places[old]
            if element.get("href", "").startswith("#"):
                element.set("href", f"#{self.own(element.get('href', '')[1:], there)}")

    def own(self, id_: str, there: Article) -> str:
        """Return the id that this copy has for one of its source: always the same."""
        if (there.path, id_) not in self.renamed:
            made = free_id(self.article.own_id(id_.partition("--")[2] or id_), self.ids)
            self.renamed[there.path, id_] = made
            self.ids.add(made)
        return self.renamed[there.path, id_]


def slug_in(wanted: str) -> str:
    """Return the slug of the article that is named, by itself or by its file."""
    name = posixpath.basename(wanted)
    return slug_of(name) if is_markdown(name) else name


def _own_cards(tree: Element) -> Iterator[Element]:
    """Yield the cards that an author wrote there: one that is reused is not a source."""
    for card in tree.iter("section"):
        if "exercise" in classes(card) and FROM not in card.attrib and own_dose(card):
            yield card


def _copied(card: Element) -> Element:
    found = copy(card)
    assert isinstance(found, Element)
    return found


def _from(here: Article, there: Article, reference: Reference) -> Reference:
    """Return a reference of another article as this one would write it."""
    if reference.notation:
        return reference
    path, mark, anchor = reference.written.partition("#")
    if path.startswith("/"):
        return reference
    folder = posixpath.dirname(there.path)
    target = posixpath.join(folder, path) if path else there.path
    way = posixpath.relpath(target, posixpath.dirname(here.path) or ".")
    return replace(reference, written=f"{way}{mark}{anchor}")


def _places(article: Article) -> Iterator[Place]:
    """Yield the places of the marks in the source."""
    for found in re.finditer(r"^ *!!! .*\{:? *from=[\"']?([^\"'\s}]+)", article.source.text, re.M):
        yield article.source.place(found.start(1), len(found[1]))
