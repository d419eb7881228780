"""Cards: an article in short, as the page of its series shows it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from handpress.compose.document import Document, language_of
from handpress.core.media import TABLE
from handpress.layout.layout import Layout
from handpress.markup.tree import parse_tree, text_of
from handpress.press.result import Made
from handpress.web.downloads import Download, downloads
from handpress.web.inside import inside, worded
from handpress.web.reading_time import Minutes, in_words, minutes
from handpress.web.thumbnails import Thumbnail, thumbnails


class Card(Struct, frozen=True):
    """An article with its handouts, a picture of the first, and `facts`: the time to read it, and what is in it."""

    document: Document
    minutes: Minutes
    facts: tuple[str, ...]
    handouts: tuple[Download, ...]
    picture: Thumbnail | None

    @property
    def name(self) -> str:
        return self.document.name


class Facts(Struct, frozen=True):
    """The facts about an article for its card: the time to read it, and the keys and numbers of the kinds of blocks in it."""

    minutes: Minutes
    inside: tuple[tuple[str, int], ...]


def _facts(layout: Layout, document: Document) -> Facts:
    assert document.article is not None
    tree = parse_tree(document.body)
    time = minutes(text_of(tree), language_of(layout.series, document.article))
    return Facts(time, inside(tree))


def cards(layout: Layout, made: Mapping[str, Made]) -> list[Card]:
    """Return a card for each article of a series with web pages."""
    pictures, offers = thumbnails(layout, made), downloads(layout, made)
    found = []
    for document in layout.documents(TABLE["web"]):
        assert document.article is not None
        asked = ("card", document.name, document.targets)
        card = layout.recall(Facts, document.article, asked, partial(_facts, layout, document))
        blocks = (worded(key, number, layout.words) for key, number in card.inside)
        facts = (in_words([card.minutes], layout.words), *blocks)
        handouts = tuple(offer for offer in offers if offer.number == document.number)
        found.append(Card(document, card.minutes, facts, handouts, pictures.get(document.number)))
    return found
