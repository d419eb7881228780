"""Translated editions: words of their own, and everything else as in their original.

Order, parts, people, dates, pictures and looks come from the original, as far as the translation does not set them.
Articles have the slugs of their originals, and places in them can be found by the names that they have there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import count

from msgspec.structs import replace

from handpress.core.caches.cache import Cache
from handpress.core.files.disk import Disk, digest
from handpress.core.files.file_names import is_index
from handpress.core.media import TABLE
from handpress.core.numerals import LATIN, Numerals
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import Article, slug_of
from handpress.series.article_cache import parse_cached
from handpress.series.contents import ordered
from handpress.series.names import Name, name_of
from handpress.series.outlines.labels import Labels
from handpress.series.parts import Contents, Part
from handpress.series.selection import Selection
from handpress.series.settings.yaml_reader import Settings
from handpress.series.shared_exercises import with_shared
from handpress.series.translations import Translation, without_tag

# Keys of an edition that are never those of its original: they name this one, or have a place in its own folder.
OWN = frozenset(
    ("id", "language", "digits", "site", "isbn", "print_isbn", "articles", "no_handout", "packs", "names")
)  # fmt: skip
# Keys of an article that a translation has from its original; the others are words, or of this text alone.
SHARED = ("author", "authors", "date", "reviewed", "review_by", "image", "fit", "care")


def language_in(settings: Settings, translation: Translation) -> tuple[str, list[Problem]]:
    """Return the language of an edition: as its settings have it, if that is no other than its name has."""
    tag, written = translation.tag, settings.get("language", "")
    if not written or _base(written) == _base(tag):
        return written or tag, []
    reason = f"by its name, this edition is in `{tag}`, not in `{written}`"
    facts = {"reason": reason, "example": "delete the line, or rename the edition"}
    return tag, [problem("wrong-value", settings.place("language"), **facts)]


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


def inherited(own: Settings, first: Settings) -> Settings:
    """Return the settings of an edition, with those of its original for keys that it does not set."""
    keys = first.values.keys() - OWN - {k for k, v in own.values.items() if v is not None}
    values = {key: first.values[key] for key in first.values if key in keys}
    places = {name: p for name, p in first.places.items() if name.partition(".")[0] in keys}
    return replace(own, values=values | dict(own.values), places=places | dict(own.places))


def site_of(first: Settings, folder: str, id_: str) -> str:
    """Return the web address of an edition, which is beside that of its original in `folder`; "" if that is elsewhere."""
    start, _, last = first.get("site", "").rstrip("/").rpartition("/")
    return f"{start}/{id_}/" if start and last == folder else ""


def parsed_as(
    translation: Translation,
    originals: Mapping[str, Article],
    disk: Disk,
    cache: Cache,
    language: str,
) -> tuple[dict[str, Article], list[Problem]]:
    """Return the articles of an edition by the slugs of their originals, those without one by their own."""
    by_path = {article.path: article for article in originals.values()}
    found: dict[str, Article] = {}
    problems: list[Problem] = []
    for path, file in translation.files.items():
        if there := by_path.get(path):
            name = Name(there.slug, _title(file, translation.tag))
            article, wrong = parse_cached(
                cache, disk, file, name, language=language, original=there.path
            )
            found[there.slug] = beside(article, there)
            problems += wrong
    for file in translation.unpaired:
        slug = slug_of(without_tag(file, translation.tag))
        names = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        slug = next(name for name in names if name not in originals and name not in found)
        name = Name(slug, _title(file, translation.tag))
        found[slug], wrong = parse_cached(cache, disk, file, name, language=language)
        problems += [*wrong, problem("unpaired-translation", found[slug].source.place())]
    return found, problems


def shared_as(
    articles: Mapping[str, Article],
    originals: Mapping[str, Article],
    own: str,
    language: str,
    digits: Mapping[str, str],
) -> tuple[dict[str, Article], list[Problem]]:
    """Return the articles of an edition with the dosages that they share with their originals, in the edition's `digits`.

    `own` is the language of the originals.
    """
    numerals = Numerals(digits[language]) if language in digits else LATIN
    found: dict[str, Article] = {}
    problems: list[Problem] = []
    for slug, article in articles.items():
        if article.original:
            article, wrong = with_shared(article, originals[slug], own, language, numerals)
            problems += wrong
        found[slug] = article
    return found, problems


def _title(file: str, tag: str) -> str:
    return name_of(posixpath.basename(without_tag(file, tag))).title


def beside(article: Article, original: Article) -> Article:
    """Return an article with what its translation shares with the `original`."""
    settings, first = article.settings, original.settings
    people = {"author", "authors"} if {"author", "authors"} & settings.values.keys() else set()
    for key in SHARED:
        if key not in people and (value := first.get(key)) is not None:
            settings = settings.with_default(key, value, first.place(key))
    image = original.looked_up.get(settings.get("image", ""), "")
    pictures = {image: original.pictures[image]} if image else {}
    places = {f"picture:{path}": original.places[f"picture:{path}"] for path in pictures}
    return replace(
        article,
        settings=settings,
        looked_up=({settings.get("image"): image} if image else {}) | dict(article.looked_up),
        pictures=pictures | dict(article.pictures),
        places=places | dict(article.places),
        other_names=_other_names(article, original),
        digest=digest(f"{article.digest} {original.digest}".encode()),
    )


def _other_names(article: Article, original: Article) -> Mapping[str, str]:
    """Return the ids of an article by the names of the headings that have the same positions in the `original`."""
    here, there = dict(_positions(article)), {id_: at for at, id_ in _positions(original)}
    found = ((name, here.get(there[id_])) for name, id_ in original.names.items() if id_ in there)
    return {name: id_ for name, id_ in found if id_}


def _positions(article: Article) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield the position of each heading in the outline, ``(2, 1)`` for the first in the second, with its id."""
    levels: list[int] = []
    numbers: list[int] = []
    for anchor in article.anchors:
        if not anchor.level:
            continue
        last = 0
        while levels and levels[-1] >= anchor.level:
            levels.pop()
            last = numbers.pop()
        levels.append(anchor.level)
        numbers.append(last + 1)
        yield tuple(numbers), anchor.id


def names_in(first: Mapping[str, Article], parsed: Mapping[str, Article]) -> dict[str, str]:
    """Return the titles of the indexes of folders by those of their originals: parts and the series may have them."""
    indexes = (slug for slug, article in first.items() if is_index(article.path) and slug in parsed)
    return {first[slug].title: parsed[slug].title for slug in indexes}


def contents_of(
    own: Settings, first: Contents, parsed: Mapping[str, Article], names: Mapping[str, str]
) -> tuple[Contents, list[Problem]]:
    """Return the contents of an edition: as its `own` settings list them, or in the order of its original.

    `names` translate those of parts.
    """
    if own.get("articles"):
        listed, problems = ordered(own, parsed, Selection(()), Labels())
        return replace(listed, left_out=first.left_out), problems
    published = {slug: a for slug, a in parsed.items() if not (a.draft or a.only_opens)}
    order = [article.slug for article in first.articles]
    unpaired = [slug for slug in published if slug not in order]
    kept = [slug for slug in order if slug in published]
    parts = (
        Part(
            names.get(part.title, part.title),
            tuple(slug for slug in part.slugs if slug in published),
        )
        for part in first.parts
    )
    articles = tuple(published[slug] for slug in (*kept, *unpaired))
    kept_parts = tuple(part for part in parts if part.slugs)
    return Contents(articles, kept_parts, first.left_out), []


def untranslated(
    disk: Disk, translation: Translation, first: Contents, parsed: Mapping[str, Article]
) -> Iterator[Problem]:
    """Yield a problem for each published article of the original that has no translation."""
    there = disk.has(translation.settings), disk.is_dir(translation.folder)
    ways = (translation.settings, translation.folder, translation.original)
    place = Place(ways[there.index(True) if any(there) else 2])
    for article in first.articles:
        if article.slug not in parsed:
            facts = {"file": article.path, "wanted": translation.file_for(article.path)}
            yield problem("missing-translation", place, language=translation.tag, **facts)


def packs_as(
    own: Settings, first: Mapping[str, tuple[str, ...]], contents: Contents
) -> Mapping[str, tuple[str, ...]]:
    """Return the packs of the original with those of its handouts that are translated, by their `own` names."""
    there = contents.slugs_in(TABLE["handout"])
    names = {
        name: "-".join(re.findall(r"[\w.]+", text)) or name  # as a file may be called
        for name, text in (own.get("names") or {}).items()
    }
    packs = {
        names.get(name, name): tuple(s for s in slugs if s in there)
        for name, slugs in first.items()
    }
    return {name: slugs for name, slugs in packs.items() if slugs}
