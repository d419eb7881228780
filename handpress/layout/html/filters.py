"""Filters of templates: text, dates and names in the series' words, pictures and QR codes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from itertools import accumulate, groupby
from typing import Any, Protocol, TypeVar

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from handpress.assets.colour import Colour
from handpress.assets.fonts import Face, missing
from handpress.assets.picture import Picture
from handpress.compose.document import Document
from handpress.core.caches.cache import Cache
from handpress.core.direction import dir_attribute, direction, strong_class, text_direction
from handpress.core.east_asian import is_chinese_or_japanese
from handpress.core.files.disk import Asset
from handpress.core.numerals import LATIN, Numerals
from handpress.layout import words
from handpress.layout.html import pictures
from handpress.layout.html.page_references import Fill
from handpress.layout.words import Words
from handpress.series.article import Article
from handpress.series.model import Author, Counterpart, Series


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


FIRST_GREEK = "\u0370"  # the letters before it are Latin
Named = TypeVar("Named", bound=_HasName)  # a document, or a card of one
# The layout that renders, by a name no template can write: through it, a template would reach the disk.
_LAYOUT = "(layout)"


class Renderer(Protocol):
    """The layout that renders a template, as far as the filters need it."""

    @property
    def series(self) -> Series: ...
    @property
    def words(self) -> Words: ...
    @property
    def faces(self) -> tuple[Face, ...]: ...
    @property
    def cache(self) -> Cache: ...
    def colour(self, token: str) -> Colour: ...
    def fitted(
        self,
        body: str,
        article: Article | None,
        assets: MutableMapping[str, Asset],
        at: str,
        kind: str,
        fill: Fill | None,
    ) -> Markup: ...


def context_of(layout: Renderer) -> dict[str, Any]:
    """Return the context in which the filters find the `layout` that renders."""
    return {_LAYOUT: layout}


def layout_of(context: Context) -> Renderer:
    layout: Renderer = context[_LAYOUT]
    return layout


def running_head(text: str, most: int = 56) -> str:
    """Return `text` short enough for a running head, cut after a word.

    A Chinese or Japanese character is as wide as two others.
    """
    widths = accumulate(1 + is_chinese_or_japanese(character) for character in text)
    fitting = sum(width <= most for width in widths)
    if fitting == len(text):
        return text
    return text[:fitting].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def spaced(words: str) -> str:
    """Return `words` and a space, which a mark of full width at their end has in it already."""
    return words if is_chinese_or_japanese(words[-1:]) else f"{words} "


def bare_address(url: str) -> str:
    """Return an address as people write it down."""
    return re.sub(r"^(https?://|mailto:|tel:)", "", url).rstrip("/")


def unbroken(number: str) -> str:
    """Return a telephone number with spaces at which no line ends."""
    return number.replace(" ", "\u00a0")


@pass_context
def own_way(context: Context, lines: str | Sequence[str], language: str = "") -> Markup | str:
    """Return data such as an address, in an element with a direction if it runs against the page, or text, in `language`.

    An address that was written in several `lines` is one line of text, with the commas of its own script.
    """
    lines = (lines,) if isinstance(lines, str) else lines
    if strong_class("".join(lines)) == "AL":
        between = "، "
    elif all(letter < FIRST_GREEK for letter in "".join(lines) if letter.isalpha()):
        between = ", "
    else:
        between = layout_of(context).words["names_between"]
    text = between.join(lines)
    way = text_direction(text)
    if not text or way == direction(language or context["language"]):
        return text
    return Markup('<bdi dir="{}">{}</bdi>').format(way, text)


@pass_context
def long_date(context: Context, date: datetime.date) -> str:
    return words.long_date(date, layout_of(context).words)


@pass_context
def names(context: Context, authors: Iterable[Author]) -> str:
    return words.names(authors, layout_of(context).words)


@pass_context
def also_in(context: Context, others: Iterable[Counterpart]) -> Markup:
    """Return the line with the other languages of a series, each by its own name, with a link if its address is known.

    In print, a language whose script has no face is named in the language of the reader.
    """
    layout = layout_of(context)
    here, named = layout.series.language, []
    for other in others:
        attributes = Markup(' lang="{}"{}').format(
            other.language, Markup(dir_attribute(other.language, here))
        )
        name = words.own_name(other.language)
        if not context["headed"] and missing(name, layout.faces):
            attributes, name = Markup(""), words.name_in(other.language, here)
        form = (
            '<a href="{site}"{attributes}>{name}</a>'
            if other.site
            else "<span{attributes}>{name}</span>"
        )
        named.append(Markup(form).format(site=other.site, attributes=attributes, name=name))
    line = Markup.escape(layout.words["also_in"])
    return line.format(languages=Markup(words.joined(named, layout.words)))


@pass_context
def counted(context: Context, number: int, key: str) -> str:
    return words.counted(key, number, layout_of(context).words)


@pass_context
def in_digits(context: Context, number: int) -> str:
    """Return a number in the digits of the series."""
    numerals: Numerals = layout_of(context).words["numerals"]
    return numerals.write(number)


@pass_context
def settable(context: Context, text: str) -> str:
    """Return `text` if the faces have all of its characters, else nothing."""
    return "" if missing(text, layout_of(context).faces) else text


# The classes of titles that large type has no room for: with more letters, or a longer word, than this.
LENGTHS = ((100, 24, "longest"), (45, 14, "long"))
CAPITAL = 1.4  # small letters, by the widths of Literata


def length_class(title: str) -> str:
    """Return the class of a title by its length, with a space before it; "" for a short one."""
    longest_word = max(map(len, title.split()), default=0)
    found = (name for most, word, name in LENGTHS if len(title) > most or longest_word > word)
    return next((f" {name}" for name in found), "")


def widest_word(title: str) -> float:
    """Return the width of the widest word in `title`, in small letters, at least 1.

    A line may end at a hyphen. Capitals are wider than small letters.
    """
    words = re.split(r"[\s\u200b]+|(?<=[-–—/])", title)
    return max(1, *(sum(CAPITAL if letter.isupper() else 1 for letter in word) for word in words))


def in_parts(chapters: Iterable[Named], series: Series) -> list[tuple[str, list[Named]]]:
    """Return the chapters of a series by part, each with its title, "" without one."""
    groups = groupby(chapters, key=lambda chapter: series.part_of(chapter.name))
    return [(series.parts[n - 1].title if n else "", [*inside]) for n, inside in groups]


@pass_context
def picture(context: Context, shown: Picture) -> str:
    """Return the address of a picture, which is added to the page's assets."""
    name = pictures.picture_name(shown, context["kind"], layout_of(context).faces)
    context["assets"][name] = shown.asset
    return str(context["at"]) + name


@pass_context
def colour(context: Context, token: str) -> str:
    """Return the colour of a token, for a drawing in a template: the page's styles do not reach into it."""
    return layout_of(context).colour(token).hex


@pass_context
def qr(context: Context, url: str) -> str:
    """Return the address of the QR code of `url`, which is added to the page's assets."""
    name = pictures.qr_name(url)
    if name not in context["assets"]:
        context["assets"][name] = Asset.of(pictures.qr_code(url, layout_of(context).cache))
    return str(context["at"]) + name


@pass_context
def qr_width(context: Context, url: str | None) -> float:
    return pictures.qr_width(url, layout_of(context).cache)


@pass_context
def biography(context: Context, document: Document, author: Author) -> Markup:
    """Return an author's bio as `document` has it."""
    if author.bio is None:
        return Markup("")
    return layout_of(context).fitted(
        document.bios[author.name],
        author.bio,
        context["assets"],
        context["at"],
        context["kind"],
        context.get("fill"),
    )


FILTERS: dict[str, Callable[..., Any]] = {
    "also_in": also_in,
    "ascii_digits": LATIN.write,
    "bare": bare_address,
    "biography": biography,
    "colour": colour,
    "counted": counted,
    "dir": dir_attribute,
    "head": running_head,
    "in_parts": in_parts,
    "length_class": length_class,
    "long_date": long_date,
    "names": names,
    "number": in_digits,
    "own_way": own_way,
    "picture": picture,
    "qr": qr,
    "qr_width": qr_width,
    "settable": settable,
    "spaced": spaced,
    "unbroken": unbroken,
    "widest_word": widest_word,
}
