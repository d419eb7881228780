"""The article model: an article with its places and its references to other articles."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct, field

from handpress.assets.picture import Picture
from handpress.core.files.disk import digest
from handpress.core.files.file_names import bare, is_index, stem_of
from handpress.core.files.source import CONTROL, Source
from handpress.core.problems.problem import Place
from handpress.markup.dialect.obsidian import BLOCK
from handpress.markup.dialect.roles import LABEL
from handpress.series.anchors import Anchor, name_of, names_of
from handpress.series.formulas import Formula
from handpress.series.settings.values import LONGEST
from handpress.series.settings.yaml_reader import Settings

OPEN = "reference:"  # and a number: the address of an open reference in a body


class Reference(Struct, frozen=True):
    """An open link to another place in the workspace, as written, and its position in the source.

    In the body its address is `OPEN` and its number among the references of the article.
    """

    written: str
    place: Place
    notation: str = ""  # of a wiki, `obsidian.WIKI` or `obsidian.EMBED`, or of MyST, `roles.LABEL`

    @property
    def words(self) -> str:
        """Return words for a link that has none: the name of its file, or its anchor."""
        if self.notation == LABEL:
            return words_of(self.written)
        if self.notation:
            path, _, anchor = self.written.partition("|")[0].partition("#")
            return stem_of(posixpath.basename(path.strip())) or anchor
        path, _, anchor = unquote(self.written).partition("#")
        return words_of(posixpath.splitext(posixpath.basename(path.rstrip("/")))[0] or anchor)


class Target(Struct, frozen=True):
    """The place that a reference has: an article, and an id in it unless all of it is meant; a file; or the series' page."""

    slug: str
    id: str | None = None
    words: str = ""  # in place of those of the link
    file: str = ""  # the path of a file, which has no slug
    untranslated: str = ""  # the slug of an article that only the original of this edition has
    home: bool = False  # the page of the series
    title: str = ""  # of a part of that page, for a link without words


class Article(Struct, frozen=True, dict=True):
    """One parsed source. `body` and `notes` are mark-up; a note's key is its global id."""

    slug: str
    path: str
    title: str
    settings: Settings
    body: str
    notes: Mapping[str, str]
    anchors: tuple[Anchor, ...]
    references: tuple[Reference, ...]
    pictures: Mapping[str, Picture]
    looked_up: Mapping[str, str]  # paths of pictures by their addresses as written
    # Of tables by id, and of pictures as `picture:path`, for problems found later.
    places: Mapping[str, Place]
    characters: frozenset[str]
    source: Source
    digest: str
    formulas: Mapping[str, Formula] = field(default_factory=dict)  # by their source
    start: int = 0  # of its text in the source, after the front matter
    original: str = ""  # the path of the article that it translates
    other_names: Mapping[str, str] = field(default_factory=dict)  # of its places, in the original

    @property
    def draft(self) -> bool:
        return bool(self.settings.get("draft"))

    @property
    def only_opens(self) -> bool:
        """Whether it only gives its folder a title: an index without content."""
        return is_index(self.path) and not self.body.strip() and not self.pictures

    @property
    def file(self) -> str:
        return posixpath.basename(self.path)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return its ids by the names that programs give them."""
        return names_of(self.anchors, self.title, in_text=not self.settings.get("title"))

    def place_of(self, anchor: str) -> str | None:
        """Return the id that `anchor` means here, "" for all of the article, or None if there is none."""
        if anchor.startswith("^"):
            anchor = f"{BLOCK}{anchor[1:]}"
        own = self.own_id(anchor)
        if any(own == a.id for a in self.anchors):
            return own
        name = name_of(anchor)
        return self.names.get(name, self.other_names.get(name))

    def own_id(self, local: str) -> str:
        """Return the global id that `local` has in this article."""
        return global_id(self.slug, local)


def slug_of(file: str, most: int = LONGEST) -> str:
    """Return the article's name in addresses: the file's without ending, number and date, in ASCII."""
    return in_ascii(bare(stem_of(file)), most)


def in_ascii(stem: str, most: int = LONGEST) -> str:
    """Return `stem` as a file name of at most `most` characters: lower-case ASCII letters, digits and hyphens."""
    ascii_ = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")
    mark = digest(stem.encode("utf-8", "surrogatepass"))[:8]
    letters = re.sub(r"[^\w\ud800-\udfff]", "", stem)  # a byte that is not UTF-8 is a surrogate
    if len(letters) > 2 * len(slug.replace("-", "")) or (stem and not slug):
        # ASCII has no form of a name in another script, or of signs, so use a short hash of it.
        slug = f"{slug}-{mark}".strip("-")
    if len(slug) > most:
        slug = f"{slug[: most - 9].rstrip('-')}-{mark}"
    return slug


def global_id(slug: str, local: str) -> str:
    """Return `local` as an id that is unique in the series and a name in XML (section 2.3, no colon)."""
    name = re.sub(r"[^\w.\-]+", "-", local).strip("-.") or "x"
    lead = slug if slug[:1].isalpha() else f"a-{slug}"
    return f"{lead}--{name}"


def words_of(name: str) -> str:
    """Return the words in the `name` of a file or folder, as a title, with `?` for unprintable characters.

    Hyphens between words are spaces, unless the name has spaces. Capitals stay.
    """
    whole = CONTROL.sub("?", " ".join(name.split()))
    words = " ".join(re.split("_+" if " " in whole else "[-_]+", whole)).strip()
    return f"{words[:1].upper()}{words[1:]}" or whole
