"""A page of the ebook: its text, the facts for the package, and the printed pages that begin on it.

The page of an article is made only when its text is needed, since its facts are remembered between builds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from markupsafe import Markup
from msgspec import Struct

from handpress.assets.raster import opened
from handpress.assets.svg import looks_like_svg
from handpress.compose.document import Document
from handpress.core.direction import direction
from handpress.core.files.disk import Asset, digest
from handpress.core.media import TABLE
from handpress.epub import semantics
from handpress.epub.page_markers import mark
from handpress.layout import publication
from handpress.layout.html.pictures import known_pictures
from handpress.layout.layout import Layout
from handpress.markup.tree import Element, classes, parse_tree, serialize
from handpress.print.page_numbers import PageNumbers

LANGUAGE = Markup(' lang="{0}" xml:lang="{0}"')
COVER = "cover.png"
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)>")
CLASS = re.compile(r'\bclass="([^"]*)"')
# Kinds of documents whose page has a template of another name.
TEMPLATES = {"cover": "cover-picture"}
SKELETONS = {"contents": "nav.xhtml"}  # pages of navigation, without parts to arrange
SHEETS = {"ltr": "style.css", "rtl": "style-rtl.css"}


class Facts(Struct, frozen=True):
    """The facts about a page that the package needs. `text` is the digest of its text.

    `shown` are its pictures that are not decorative, without the cover; `described`, whether each of those and
    of the cover has a description.
    """

    labels: tuple[str, ...]
    text: str
    names: frozenset[str]  # its tags, and its classes with a leading dot, as in selectors
    characters: str
    pictures: Mapping[str, str]  # the digests of its pictures, by their names
    drawings: tuple[str, ...]
    shown: bool
    described: bool
    moving: bool
    formulas: bool
    headings: bool
    roles: bool


class Page(Struct, frozen=True, dict=True):
    """A page of the ebook. `notice` has the copyrights of the faces, and `book` the printed pages, if any."""

    layout: Layout
    document: Document
    notice: str
    book: PageNumbers | None = None

    @property
    def file(self) -> str:
        return f"{self.document.name}.xhtml"

    @property
    def language(self) -> str:
        settings = self.document.article.settings if self.document.article else None
        return (settings.get("language") if settings else None) or self.layout.series.language

    @property
    def navigates(self) -> bool:
        """Whether it is a page of navigation, whose text depends on all pages."""
        return self.document.kind in SKELETONS

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers of the printed pages that begin on it."""
        return self.facts.labels

    @cached_property
    def facts(self) -> Facts:
        """The facts about the page, from an earlier build or from its text."""
        document = self.document
        if document.kind != "chapter" or document.article is None:
            return self.found
        printed = self.book.place_of(document.id) if self.book else ""
        asked = ("epub", document.name, document.id, document.targets, self.notice, printed)
        return self.layout.recall(Facts, document.article, asked, lambda: self.found)

    @cached_property
    def found(self) -> Facts:
        """Return the facts of its tree and its text."""
        labels, tree, assets = self.made
        text = "" if self.navigates else self.text
        images = [e for e in tree.iter("img") if "decorative" not in classes(e)]
        tags = {e.tag for e in tree.iter()}
        names = {name for e in images if (name := e.get("src", "")).endswith(".svg")}
        return Facts(
            labels=labels,
            text=digest(text.encode()),
            names=frozenset(names_in(text)),
            characters="".join(sorted(set(text))),
            pictures={name: asset.digest for name, asset in assets.items()},
            drawings=tuple(sorted(names)),
            shown=any(e.get("src") != COVER for e in images),
            described=all(e.get("alt", "").strip() for e in images),
            moving=any(_moves(name, asset) for name, asset in assets.items()),
            formulas="math" in tags,
            headings=any(re.fullmatch("h[1-6]", tag) for tag in tags),
            roles=any("role" in e.attrib for e in tree.iter()),
        )

    @property
    def pictures(self) -> Mapping[str, Asset]:
        """Its pictures by their names; those of an article are known without making the page."""
        known = known_pictures(self.document.article, self.facts.pictures)
        return self.made[2] if known is None else known

    @cached_property
    def made(self) -> tuple[tuple[str, ...], Element, Mapping[str, Asset]]:
        """Its labels, its tree with marks for them, and its pictures."""
        assets: dict[str, Asset] = {}
        tree = parse_tree("") if self.navigates else self._tree(assets)
        section, openings = (self.book and self.book.openings(self.document.id)) or (None, [])
        place = next((e for e in tree if e.get("id") == self.document.id), None)
        if section is not None and place is not None:
            pattern = self.layout.words_of(self.language)["page_label"]
            mark(place, section, openings, pattern)
        return tuple(opening.label for opening in openings), tree, assets

    def _tree(self, assets: dict[str, Asset]) -> Element:
        layout, document = self.layout, self.document
        template = TEMPLATES.get(document.kind, document.kind)
        part = layout.render(
            f"parts/{template}.html",
            assets,
            document=document,
            bodies={document.name: layout.body(document, assets, "", "epub")},
            authors=document.authors,
            headed=True,
            identifier=publication.identifier(layout),
            notice=self.notice,
            kind="epub",
        )
        # The parts are shared with print; their semantics are added here, to the complete page.
        tree = parse_tree(part)
        semantics.for_epub(tree)
        for element in tree.iter():
            element.attrib.pop("data-head", None)
        return tree

    @cached_property
    def text(self) -> str:
        """The text of a page that is not for navigation."""
        return self.written({})

    def written(self, lists: Mapping[str, object]) -> str:
        """Return the text of the page; one for navigation has the `lists`."""
        medium, kind = TABLE["epub"], self.document.kind
        matter = dict.fromkeys(medium.front, "frontmatter") | dict.fromkeys(
            medium.back, "backmatter"
        )
        labels, tree, _ = self.made
        return self.layout.render(
            SKELETONS.get(kind, "epub.xhtml"),
            {},
            document=self.document,
            matter=matter.get(kind, "bodymatter"),
            content=Markup(serialize(tree)),
            language=self.language,
            sheet=SHEETS[direction(self.language)],
            labels=labels,
            **lists,
        )


def _moves(name: str, asset: Asset) -> bool:
    if not name.endswith((".gif", ".png")) or name == COVER:
        return False
    data = asset.read()
    if looks_like_svg(data):  # a drawing that is rasterized for the ebook
        return False
    with opened(data) as image:
        return bool(getattr(image, "is_animated", False))


def names_in(text: str) -> Iterator[str]:
    """Yield the tags on a page, and its classes with a leading dot, as in selectors."""
    for tag, attributes in TAG.findall(text):
        yield tag
        if found := CLASS.search(attributes):
            yield from (f".{name}" for name in found[1].split())
