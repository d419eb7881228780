"""A sheet of one's own: exercises picked from any articles, with the care boxes and the sources of these articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.compose.document import web_address
from handpress.core.direction import direction
from handpress.core.files.source import Source
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels, Variant
from handpress.layout.words import edition_line
from handpress.markup.blocks import diary
from handpress.markup.blocks.care import LEVELS
from handpress.markup.tree import (
    Element,
    classes,
    new_element,
    parse_tree,
    serialize,
    set_children,
    text_of,
)
from handpress.personal.article import cards_in, shown_in
from handpress.personal.sheet import Press, Sheet, fill
from handpress.personal.visit import Unfillable, Visit, one_line
from handpress.press.pool import press
from handpress.print.further_reading import FurtherReading
from handpress.series.article import OPEN, Article, Reference, Target
from handpress.series.model import Author, Series
from handpress.series.settings.yaml_reader import Settings

OWN = "own_sheet"  # its name and path: no article has an underscore in its name
DAYS = 14  # of a log


class Pick(Struct, frozen=True):
    """An exercise of an article: the layout of its series, the name of the article, and the exercise's id."""

    layout: Layout
    article: str
    exercise: str

    @property
    def source(self) -> Article:
        return self.layout.series.article(self.article)


def own_sheet(
    picks: Sequence[Pick],
    title: str,
    variant: Variant,
    visit: Visit,
    *,
    log: bool = False,
    make: Press = press,
) -> bytes:
    """Return the PDF of a sheet of one's own for one client, as :func:`.sheet.fill` does.

    With a `log`, the exercises can be ticked off for two weeks.
    """
    return fill(compiled(picks, title, variant, log=log), visit, make)


def compiled(
    picks: Sequence[Pick],
    title: str,
    variant: Variant,
    *,
    log: bool = False,
    labels: Labels | None = None,
) -> Sheet:
    """Return the sheet of the exercises in `picks`, in this order. Practice and language are those of the first one.

    Raises :class:`Unfillable`, for an exercise that is not there, or is picked twice.
    """
    if not picks:
        raise Unfillable("no exercise is picked")
    layout = picks[0].layout
    compiling = _Compiling(picks[0])
    for pick in picks:
        compiling.add(pick)
    body = compiling.finish(log)
    article = compiling.article(body, one_line(title) or layout.series.title, picks[0].source)
    series = replace(
        layout.series,
        articles=(*layout.series.articles, article),
        targets={**layout.series.targets, OWN: tuple(compiling.targets)},
        article_authors={
            **layout.series.article_authors,
            OWN: _authors(picks),
        },
    )  # fmt: skip
    own = replace(layout, series=series)
    sources = tuple(dict.fromkeys(_source(pick) for pick in picks))
    return Sheet(own, OWN, variant, labels or {}, sources)


def _authors(picks: Sequence[Pick]) -> tuple[Author, ...]:
    every = (a for p in picks for a in p.layout.series.article_authors[p.article])
    return tuple({author.name: author for author in every}.values())


def _language(pick: Pick) -> str:
    return str(pick.source.settings.get("language") or pick.layout.series.language)


def _source(pick: Pick) -> FurtherReading:
    """Return the line that names the article of an exercise, with its edition and its address."""
    series = pick.layout.series
    edition = edition_line(series, pick.layout.words)
    title = f"{pick.source.title} ({', '.join(filter(None, (series.title, edition)))})"
    return FurtherReading(title, web_address(series, pick.source) or "")


class _Compiling:
    """The parts so far. Links keep their targets in the `home` series; those of others keep their words only."""

    def __init__(self, first: Pick) -> None:
        self.home, self.language = first.layout.series, _language(first)
        self.cards: list[Element] = []
        self.care: dict[str, Element] = {}  # by their text
        self.sources: dict[tuple[str, str], Article] = {}
        self.notes: dict[str, str] = {}
        self.references: list[Reference] = []
        self.targets: list[Target | None] = []

    def add(self, pick: Pick) -> None:
        tree = parse_tree(pick.source.body)
        cards = {card[0].get("id", ""): card for card in cards_in(tree)}
        if pick.exercise not in cards:
            raise Unfillable("the article has no exercise `{exercise}`", exercise=pick.exercise)
        series = pick.layout.series
        prefix = self.prefix(series, pick.article)
        _rename(tree, prefix)
        card = cards[pick.exercise]
        if any(other[0].get("id") == card[0].get("id") for other in self.cards):
            name = text_of(card[0])
            raise Unfillable("the exercise `{exercise}` is picked twice", exercise=name)
        self.take(card, pick)
        card[0].tag = "h2"
        self.cards.append(card)
        if (series.id, pick.article) not in self.sources:
            self.sources[series.id, pick.article] = pick.source
            for box in shown_in(tree, "care"):
                if text_of(box) not in self.care:
                    self.take(box, pick)
                    self.care[text_of(box)] = box
            for key, written in pick.source.notes.items():
                note = parse_tree(written)
                _rename(note, prefix)
                self.take(note, pick)
                self.notes[prefix + key] = serialize(note)

    def prefix(self, series: Series, article: str) -> str:
        """Return a prefix for the ids of an article, if one of another series has its name."""
        others = (id_ for id_, name in self.sources if name == article and id_ != series.id)
        return f"of-{series.id}-" if any(others) else ""

    def take(self, part: Element, pick: Pick) -> None:
        """Give the links in a part their targets on the sheet, and name its language if it is another one."""
        language = _language(pick)
        if language != self.language:
            part.set("lang", language)
            part.set("dir", direction(language))
        at_home = pick.layout.series.id == self.home.id
        for link in part.iter("a"):
            if link.get("href", "").startswith(OPEN):
                number = int(link.get("href", "").removeprefix(OPEN))
                if at_home:
                    link.set("href", f"{OPEN}{len(self.references)}")
                    self.references.append(pick.source.references[number])
                    self.targets.append(self.home.target(pick.source, number))
                else:
                    link.tag, link.attrib = "span", {}

    def finish(self, log: bool) -> Element:
        """Return the body: exercises, a log, care boxes."""
        body = new_element("body", self.cards)
        if log:
            title = new_element("p", [], {"class": "title", "data-word": "diary"})
            box = new_element("section", [title], {"class": "diary", "data-days": str(DAYS)})
            diary.fill(box, body)
            # In columns, `break-after: avoid` does not keep the title with a table that moves.
            weeks = box.findall("table")
            start = new_element("div", [title, weeks[0]], {"class": "first-week"})
            set_children(box, [start, *weeks[1:]])
            body.append(box)
        body.extend(sorted(self.care.values(), key=_urgency))
        return body

    def article(self, body: Element, title: str, first: Article) -> Article:
        """Return the article of the sheet, with what its parts need of theirs."""
        written = serialize(body)
        every = [*self.sources.values()]
        language = first.settings.get("language")
        settings = Settings(Source("", ""), {"language": language} if language else {})
        return replace(
            first,
            slug=OWN,
            path=OWN,
            title=title,
            settings=settings,
            body=written,
            notes={key: note for key, note in self.notes.items() if f'"#{key}"' in written},
            anchors=(),
            references=tuple(self.references),
            pictures=dict(_all(a.pictures for a in every)),
            formulas=dict(_all(a.formulas for a in every)),
        )


def _rename(tree: Element, prefix: str) -> None:
    """Put a prefix before all ids in a tree, and before those that its links lead to."""
    for element in tree.iter() if prefix else ():
        if id_ := element.get("id"):
            element.set("id", prefix + id_)
        if element.get("href", "").startswith("#"):
            element.set("href", f"#{prefix}{element.get('href', '')[1:]}")


def _urgency(box: Element) -> int:
    """Return the place of a care box among others: emergencies come first."""
    return next((n for n, level in enumerate(LEVELS) if level in classes(box)), len(LEVELS))


def _all(mappings: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    return (pair for mapping in mappings for pair in mapping.items())
