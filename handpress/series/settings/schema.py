"""The keys of the five settings files: series, article, author, practice, theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handpress.assets.cover_art import PATTERNS
from handpress.core.media import MEDIA, PAPERS
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

SERIES: dict[str, Reader] = {
    "title": filled,
    "subtitle": text,
    "description": text,
    "id": name,
    "authors": People(),
    "language": language,
    "edition": whole,
    "revision": whole,
    "date": date,
    "reviewed": date,
    "review_by": date,
    "publisher": text,
    "rights": text,
    "isbn": isbn,
    "print_isbn": isbn,
    "paper_thickness": thickness,
    "collection": text,
    "volume": whole,
    "site": address,
    "cover": text,
    "media": Many(one_of(*MEDIA)),
    "styles": Many(name),  # one file each; `series` has the list
    "theme": text,  # or a mapping with the keys of `THEME`
    "paper": one_of(*PAPERS),
    "fit": pages,
    "articles": Grouped(filled),
    "packs": Lists(filled),
    "levels": Record(one_of(*LEVELS)),
    "kind": one_of("health"),
    "care": one_of("required", "none"),
    "check": Record(text),
}
THEME: dict[str, Callable[[str], Any]] = {
    "base": name,  # a named theme; `theme` has the list, and that of the families of faces
    "accent": colour,
    "display": filled,
    "text": filled,
    "book": filled,
    "logo": text,
    "art": one_of(*PATTERNS),
    "cover": text,
}
ARTICLE: dict[str, Reader] = {
    "title": filled,
    "subtitle": text,
    "summary": text,
    "author": People(),
    "authors": People(),
    "date": date,
    "reviewed": date,
    "review_by": date,
    "image": text,
    "tags": Many(filled),
    "language": language,
    "draft": flag,
    "url": address,
    "fit": pages,
    "care": one_of("required", "none"),
    "weight": number,
    "aliases": Many(filled),
    "permalink": text,
}
AUTHOR: dict[str, Reader] = {
    "name": filled,
    "file_as": text,
    "credentials": text,
    "role": text,
    "photo": text,
    "links": Record(address),
    "short": text,
}
PRACTICE: dict[str, Reader] = {
    "name": filled,
    "logo": text,
    "address": Many(filled),
    "phone": text,
    "email": text,
    "web": website,
    "hours": Many(filled),
    "practitioner": text,
    "practitioners": Many(filled),
    "paper": one_of(*PAPERS),
    "style": name,
    "emergency": ByLanguage(text),
    "advice": ByLanguage(text),
    "note": text,
    "theme": text,
}
