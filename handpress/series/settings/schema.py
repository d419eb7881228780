"""The keys of the five settings files: series, article, author, practice, theme.

The manual has the tables, with links from `docs/`; ``pytest tests/project/test_generated_tables.py --rewrite`` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from handpress.assets.cover_art import PATTERNS
from handpress.core.media import BILINGUAL, MEDIA, PAPERS
from handpress.core.numerals import SYSTEMS
from handpress.core.problems.levels import LEVELS
from handpress.series.settings.values import (
    ByLanguage,
    Grouped,
    Lists,
    Many,
    People,
    Reader,
    Record,
    address,
    colour,
    date,
    filled,
    flag,
    isbn,
    language,
    name,
    number,
    one_of,
    pages,
    text,
    thickness,
    website,
    whole,
)

AUTO = "auto"

R = TypeVar("R", bound=Reader)


class Setting(NamedTuple, Generic[R]):
    """A key: how its value is read, and what it means, in Markdown."""

    reader: R
    meaning: str


SERIES_SETTINGS: dict[str, Setting[Reader]] = {
    "title": Setting(filled, "the title of the series; the folder's name by default"),
    "subtitle": Setting(text, "printed below the title"),
    "description": Setting(text, "one or two sentences, for the web page and the ebook"),
    "id": Setting(name, "its name in file names and addresses; the folder's name by default"),
    "authors": Setting(
        People(), "a list of names, or of files in `sources/authors/`, without `.md`"
    ),
    "language": Setting(
        language,
        "`en`, `en-GB`, `de`, …; by default that of the text; see [Languages](languages.md)",
    ),
    "digits": Setting(
        one_of(AUTO, *SYSTEMS),
        "the digits of Handpress's own numbers, such as those of pages: `latn` is 0 to 9; `auto` by default; see [Digits](languages.md#digits)",
    ),
    "edition": Setting(whole, 'a whole number; `2` is printed as "Second edition"'),
    "revision": Setting(whole, "a whole number; corrections within the edition"),
    "date": Setting(
        date,
        "the date of this edition, such as `2026-11-22`. All dates in the files derive from it, none from the clock",
    ),
    "reviewed": Setting(date, "the date of the last review; it is printed"),
    "review_by": Setting(date, "the date of the next review; it is printed"),
    "publisher": Setting(text, "printed in the book, and in the ebook's metadata"),
    "rights": Setting(
        text, "who may copy the text; printed in the book, and in the ebook's metadata"
    ),
    "isbn": Setting(isbn, "the ebook's ISBN, with or without hyphens; its check digit is verified"),
    "print_isbn": Setting(
        isbn,
        "the printed book's own ISBN: a barcode on the cover for a [print shop](print-shop.md)",
    ),
    "paper_thickness": Setting(
        thickness,
        "the thickness of the printed book's paper in millimetres, `0.1` by default; see [Print shops](print-shop.md)",
    ),
    "collection": Setting(text, "the set of books it belongs to; e-readers sort by it"),
    "volume": Setting(whole, "its number in the `collection`"),
    "site": Setting(
        address,
        "the address of the web pages, such as `https://example.org/series/`; handouts need it for links and QR codes",
    ),
    "cover": Setting(
        text, "your own cover picture, of any shape; Handpress designs one by default"
    ),
    "media": Setting(
        Many(one_of(*MEDIA)), "any of `handout`, `book`, `epub`, `web`; all by default"
    ),
    # one file each; `series` has the list
    "styles": Setting(
        Many(name),
        "the styles of the handouts, see [Styles](design.md#styles); `standard` by default",
    ),
    "bilingual": Setting(
        Many(one_of(*BILINGUAL)),
        "handouts of a translation together with its original: in `columns`, on facing `pages`, or both; see [Bilingual handouts](bilingual.md)",
    ),
    # or a mapping with the keys of `THEME`
    "theme": Setting(
        text,
        "the name of a [theme](design.md), or its keys; by default, that of the practice or of `theme.yaml`",
    ),
    "paper": Setting(one_of(*PAPERS), "`a4` (default), `letter` or `a5`"),
    "fit": Setting(
        pages,
        "the most paper a handout may take, such as `1 sheet`, unless its article has its own `fit`",
    ),
    "articles": Setting(
        Grouped(filled),
        "the articles in order, by name or path; ordered by file name by default. `- The knee: [rest, braces]` makes a part of two",
    ),
    "no_handout": Setting(
        Many(filled),
        "articles that have no handout, by name or path, and parts, by title; see [Articles without handouts](#articles-without-handouts)",
    ),
    "packs": Setting(
        Lists(filled), "each pack's name and its articles, such as `first-visit: [cortisone-shots]`"
    ),
    "names": Setting(
        Record(filled),
        "in a [translation](translations.md): the names of parts and packs, by those of the original",
    ),
    "levels": Setting(
        Record(one_of(*LEVELS)),
        "how severe a message is, by its code; see [Messages](messages/README.md)",
    ),
    "kind": Setting(
        one_of("health"),
        "`health` for health sheets, to which `check` applies [more rules](check.md)",
    ),
    "care": Setting(
        one_of("required", "none"),
        "`required`, if each article of a health sheet needs a box that says when to get help; `none` by default",
    ),
    "check": Setting(Record(text), "levels and limits of the rules of [`check`](check.md)"),
}
THEME_SETTINGS: dict[str, Setting[Callable[[str], Any]]] = {
    # a named theme; `theme` has the list, and that of the families of faces
    "base": Setting(
        name,
        "a theme to begin as: `teal` (the default), `warm` or `copier`, or a folder of your own in `layouts/themes/`",
    ),
    "accent": Setting(
        colour,
        "your colour, in any notation of CSS. It fills areas such as the cover. Words and rules get a darker or lighter one of the same hue, with a contrast of 7:1 on the page, on tints and on dark screens",
    ),
    "display": Setting(
        filled, "the family of titles: one of ours, or one in the workspace's `fonts/`"
    ),
    "text": Setting(filled, "the family of the text of handouts and web pages"),
    "book": Setting(filled, "the family of the text of the book and the ebook"),
    "logo": Setting(text, "a picture for the letterhead; the same as in `practice.yaml`"),
    "art": Setting(
        one_of(*PATTERNS), "the drawing on designed covers: `waves`, `arcs`, `stripes` or `none`"
    ),
    "cover": Setting(text, "a picture for the cover of each series that has none of its own"),
}
ARTICLE_SETTINGS: dict[str, Setting[Reader]] = {
    "title": Setting(
        filled, "the first heading by default: one `#`, or any heading that opens the article"
    ),
    "subtitle": Setting(text, "printed below the title"),
    "summary": Setting(
        text, "one or two sentences, which open the article and appear on the web page"
    ),
    "author": Setting(People(), "the author, if different from the series'"),
    "authors": Setting(People(), "several authors, if different from the series'"),
    "date": Setting(date, "the date, if different from the series'"),
    "reviewed": Setting(date, "the date of the last review, if different from the series'"),
    "review_by": Setting(date, "the date of the next review, if different from the series'"),
    "image": Setting(text, "a picture that represents the article"),
    "tags": Setting(Many(filled), "subjects, for the ebook's metadata"),
    "language": Setting(language, "if different from the series'"),
    "draft": Setting(
        flag,
        "`true` leaves the article out, as do the [marks of other programs](front-matter.md#drafts)",
    ),
    "url": Setting(address, "its web address, if not below the series' `site`"),
    "fit": Setting(
        pages,
        "the most paper its handout may take: `1 sheet`, or a number of pages; see [One sheet](one-sheet.md)",
    ),
    "care": Setting(
        one_of("required", "none"),
        "`none`, if this article needs no box that says when to get help; `required`, if it does",
    ),
    "weight": Setting(number, "a number by which other programs sort articles"),
    "sort_by": Setting(
        text,
        "in the index of a folder: `date` or `title`, by which its articles are sorted, not by `weight`",
    ),
    "aliases": Setting(Many(filled), "other names of the article, for [links](links.md) to it"),
    "permalink": Setting(text, "an old address of the article, for [links](links.md) to it"),
}
AUTHOR_SETTINGS: dict[str, Setting[Reader]] = {
    "name": Setting(filled, "required"),
    "file_as": Setting(
        text,
        "the name as sorted in lists of authors, for the ebook's metadata; `Last, First` by default",
    ),
    "credentials": Setting(text, "printed after the name, such as `BSc, MCSP`"),
    "role": Setting(text, "printed after the name, such as `physiotherapist`"),
    "photo": Setting(text, "a picture in the same folder"),
    "links": Setting(Record(address), "`name: https://…` lines"),
    "short": Setting(text, "one or two sentences, for the handouts"),
}
PRACTICE_SETTINGS: dict[str, Setting[Reader]] = {
    "name": Setting(filled, "required; printed in the letterhead, and in the footer of each page"),
    "logo": Setting(
        text,
        "a picture below `sources/`, of any size; it is scaled to fit, and has 400 dots per inch at most",
    ),
    "address": Setting(Many(filled), "lines for the letterhead"),
    "phone": Setting(text, "for the letterhead and the footer"),
    "email": Setting(text, "for the letterhead"),
    "web": Setting(website, "for the letterhead"),
    "hours": Setting(
        ByLanguage(Many(filled)),
        "lines for the letterhead, such as `Monday to Friday, 8.30 to 18.00`: for all languages, or for each",
    ),
    "practitioner": Setting(text, "a name to print in the field that is blank by default"),
    "practitioners": Setting(
        Many(filled), "names that the [desk](print-for-a-client.md) offers for this field"
    ),
    "paper": Setting(one_of(*PAPERS), "what the desk offers first, such as `letter`"),
    "style": Setting(name, "what the desk offers first, such as `large-print`"),
    "emergency": Setting(
        ByLanguage(text),
        'a number to call, for the footer: one for all languages, or one for each (`en: "999"`, `en-US: "911"`)',
    ),
    "advice": Setting(
        ByLanguage(text), "a number for advice, for the footer; written as `emergency` is"
    ),
    "note": Setting(
        ByLanguage(text), "a line below the name in the letterhead: for all languages, or for each"
    ),
    "theme": Setting(text, "the name of a [theme](design.md), or its keys"),
}


def _readers(settings: Mapping[str, Setting[R]]) -> dict[str, R]:
    return {key: setting.reader for key, setting in settings.items()}


SERIES = _readers(SERIES_SETTINGS)
THEME = _readers(THEME_SETTINGS)
ARTICLE = _readers(ARTICLE_SETTINGS)
AUTHOR = _readers(AUTHOR_SETTINGS)
PRACTICE = _readers(PRACTICE_SETTINGS)
