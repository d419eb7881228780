"""Laying out: the templates, words and faces of a series, and documents rendered by them.

:class:`Layout` holds what one series needs in every medium: the words of its language, the faces, the
templates. A mistake in a template or a words file of the workspace is a :class:`BrokenLayout` at its
line; whatever else goes wrong is a fault of ours, and passes through.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cached_property
from typing import Any

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from handpress.assets.fonts import Face, faces, missing
from handpress.assets.picture import Picture, is_transparent
from handpress.assets.qr import QR_LONGEST, QR_MODULE, QR_WIDTH, qr
from handpress.assets.svg import unportable_letters
from handpress.compose.compose import compose
from handpress.compose.document import Document
from handpress.core.cache import Cache
from handpress.core.code_hash import code
from handpress.core.direction import dir_attribute
from handpress.core.disk import Asset, digest
from handpress.core.media import TABLE, Medium
from handpress.core.problem import BrokenLayout, Place, Problem, problem
from handpress.core.workspace import Workspace, shipped
from handpress.layout.file_kinds import FILE_KINDS
from handpress.layout.filters import bare_address, running_head
from handpress.layout.long_words import breakable
from handpress.layout.stylesheet import Sheets
from handpress.layout.templates import OWN, mistake, of_defined
from handpress.layout.words import (
    Words,
    counted,
    edition_line,
    edition_name,
    load_words,
    long_date,
    names,
)
from handpress.markup.tree import parse_tree, serialize
from handpress.press.presses import version
from handpress.series.model import Author, Series
from handpress.series.values import LONGEST


class Layout:
    """Lays out one series. `faces` and the templates are read once, through the workspace."""

    def __init__(self, workspace: Workspace, series: Series, cache: Cache | None = None) -> None:
        self.workspace, self.series, self.cache = workspace, series, cache or Cache(None)
        self.words: dict[str, Words] = {}
        self.say = self.words_of(series.language)
        self.sheets = Sheets(workspace)
        self.composed: dict[str, tuple[Document, ...]] = {}
        self.templates: dict[str, str] = {}
        self.env = jinja2.sandbox.ImmutableSandboxedEnvironment(
            loader=jinja2.FunctionLoader(self._template),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        filters: dict[str, Callable[..., Any]] = {
            "long_date": lambda date: long_date(date, self.say),
            "names": lambda authors: names(authors, self.say),
            "head": running_head,
            "settable": lambda text: "" if missing(text, self.faces) else text,
            "bare": bare_address,
            "counted": lambda number, key: counted(key, number, self.say),
            "dir": dir_attribute,
            "picture": self._add_picture,
            "qr": self._add_qr,
            "qr_width": self.qr_width,
            "biography": self._biography,
        }
        self.env.filters |= {name: of_defined(filter_) for name, filter_ in filters.items()}

    def words_of(self, language: str) -> Words:
        """The words of the layouts in `language`."""
        if language not in self.words:
            self.words[language] = load_words(self.workspace, language)
        return self.words[language]

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        return faces(self.workspace)

    def _template(self, name: str) -> tuple[str, str, None] | None:
        """A template, and its file: in the workspace's `layouts/`, or in ours, whose path is absolute."""
        asset = self.workspace.overlay("layouts", name)
        if asset is None:
            return None
        self.templates[name] = asset.digest
        own = self.workspace.disk.is_file(f"layouts/{name}")
        file = f"{OWN}{name}" if own else str(shipped("layouts") / name)
        try:
            return asset.read().decode(), file, None
        except UnicodeDecodeError as error:
            raise BrokenLayout(problem("broken-layout", Place(file), reason=error)) from None

    def documents(self, medium: Medium) -> tuple[Document, ...]:
        return self.composed[medium.name]

    def compose(self) -> list[Problem]:
        """Compose every medium of the series; the problems that only a medium shows."""
        problems = []
        for name in self.series.media:
            self.composed[name], found = compose(self.series, TABLE[name], self.words_of)
            problems += found
        return problems

    def compose_error_free(self, wrong: set[str]) -> bool:
        """Compose the handouts of the articles whose files are not among the `wrong` ones.

        Whether there are any. False when the series' settings themselves are wrong.
        """
        series = self.series
        if "handout" not in series.media or wrong & set(series.digests) - {
            a.path for a in series.articles
        }:
            return False
        sound = {a.slug for a in series.articles if a.path not in wrong}
        self.composed["handout"], _ = compose(series, TABLE["handout"], self.words_of, sound)
        return bool(self.composed["handout"])

    def render(self, template: str, assets: MutableMapping[str, Asset], **context: Any) -> str:
        """The text of a template; what it shows is added to `assets`."""
        series = self.series
        whole = {
            "series": series,
            "say": self.say,
            "language": series.language,
            "edition": edition_line(series, self.say),
            "edition_name": edition_name(series, self.say),
            "practice": series.practice,
            "authors": series.authors,
            "description": series.description,
            "keywords": (),
            "assets": assets,
            "at": "",
        }
        try:
            html = self.env.get_template(template).render(whole | context)
            return html if context.get("kind") == "web" else breakable(html)
        except BrokenLayout:
            raise
        except Exception as error:
            place = mistake(error)
            if place is None:
                raise
            reason = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
            raise BrokenLayout(problem("broken-layout", place, reason=reason)) from error

    def body(
        self, document: Document, assets: MutableMapping[str, Asset], at: str, kind: str
    ) -> Markup:
        """A document's body for one `kind` of file, its pictures found below `at`."""
        pictures = document.article.pictures if document.article else {}
        return self.fitted(document.body, pictures, assets, at, kind)

    def fitted(
        self,
        body: str,
        pictures: Mapping[str, Picture],
        assets: MutableMapping[str, Asset],
        at: str,
        kind: str,
    ) -> Markup:
        tree = parse_tree(body)
        FILE_KINDS[kind].fit(tree)
        for image in tree.iter():
            if image.get("src", "").startswith("picture:"):
                picture = pictures[image.get("src", "").removeprefix("picture:")]
                name = self.picture_name(picture, kind)
                assets[name] = picture.asset
                image.set("src", at + name)
                if FILE_KINDS[kind].sizes and picture.width and picture.height:
                    image.attrib.setdefault("width", str(picture.width))
                    image.attrib.setdefault("height", str(picture.height))
        return Markup(serialize(tree))

    def picture_name(self, picture: Picture, kind: str) -> str:
        """The name of a picture in a finished artefact: ASCII, and its ending says what is in it."""
        stem = posixpath.basename(picture.path).rpartition(".")[0]
        stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:LONGEST] or "picture"
        ending = picture.type
        if ending in FILE_KINDS[kind].converted:
            ending = "png" if is_transparent(picture.asset) else "jpg"
        elif FILE_KINDS[kind].rasterizes and self.needs_raster(picture):
            ending = "png"
        return f"pictures/{stem}-{picture.asset.digest[:8]}.{ending}"

    def needs_raster(self, picture: Picture) -> bool:
        """Whether a picture is a drawing that readers would show each in their own way, and that we can
        draw: with faces for its letters, and a size.
        """
        if picture.type != "svg" or not (picture.width and picture.height):
            return False
        letters = unportable_letters(picture.asset)
        return letters is not None and not missing(letters, self.faces)

    @jinja2.pass_context
    def _add_picture(self, context: jinja2.runtime.Context, picture: Picture) -> str:
        name = self.picture_name(picture, context["kind"])
        context["assets"][name] = picture.asset
        return str(context["at"]) + name

    @jinja2.pass_context
    def _add_qr(self, context: jinja2.runtime.Context, url: str) -> str:
        name = f"pictures/qr-{digest(url.encode())[:12]}.svg"
        if name not in context["assets"]:
            context["assets"][name] = Asset.of(self.qr(url))
        return str(context["at"]) + name

    def qr(self, url: str) -> bytes:
        """The QR code of `url`, kept: finding its best mask takes longer than laying out its sheet."""
        key = digest(f"qr {version('segno')} {code(qr.__module__)} {url}".encode())
        kept = self.cache.get(key)
        if not isinstance(kept, bytes):
            kept = qr(url)
            self.cache.put(key, kept)
        return kept

    def qr_width(self, url: str | None) -> float:
        """How many millimetres wide the QR code of `url` is printed; 0 for what is no web address, or
        so long that no sheet has room for its code.
        """
        if not url or not url.startswith(("https://", "http://")) or len(url) > QR_LONGEST:
            return 0
        found = re.search(rb'viewBox="0 0 (\d+)', self.qr(url))
        assert found
        return max(QR_WIDTH, int(found[1]) * QR_MODULE)

    def grey(self, name: str, asset: Asset) -> Asset:
        """A picture without its colours, kept."""
        from handpress.assets.greyscale import to_greyscale

        tools = f"{version('pillow')} {code(to_greyscale.__module__)}"
        key = digest(f"grey {tools} {name} {asset.digest}".encode())
        kept = self.cache.get(key)
        if not isinstance(kept, bytes):
            kept = to_greyscale(asset.read(), name.rpartition(".")[2])
            self.cache.put(key, kept)
        return Asset.of(kept)

    @jinja2.pass_context
    def _biography(
        self, context: jinja2.runtime.Context, document: Document, author: Author
    ) -> Markup:
        """An author's bio, as `document` has it."""
        if author.bio is None:
            return Markup("")
        body, pictures = document.bios[author.name], author.bio.pictures
        return self.fitted(body, pictures, context["assets"], context["at"], context["kind"])

    # Causes: what `why` compares. They never decide.

    def causes(self, document: Document | None, css: str) -> dict[str, str]:
        own = document.article.path if document and document.article else ""
        articles = {a.path: a for a in self.series.articles}
        found = {"article": articles[own].digest} if own else {}
        if document is None:
            found |= {f"article {a.slug}": a.digest for a in articles.values()}
        else:
            others = sorted((path, a.digest) for path, a in articles.items() if path != own)
            found["another article"] = digest(repr(others).encode())
        return found | self.common_causes | {"style": digest(css.encode())}

    @cached_property
    def common_causes(self) -> dict[str, str]:
        """What every artefact of the series is made from besides its articles."""
        found: dict[str, str] = {}
        articles = {a.path for a in self.series.articles}
        for path, value in self.series.digests.items():
            if path in articles:
                continue
            folder, _, name = path.rpartition("/")
            label = "author" if folder == self.workspace.authors else name.removesuffix(".yaml")
            label = {"series": "series settings", "practice": "practice"}.get(label, label)
            found[label] = digest((found.get(label, "") + value).encode())
        return found
