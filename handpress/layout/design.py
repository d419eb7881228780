"""Designs: the templates, stylesheets, words and fonts of a workspace, each read once for all its series.

A mistake in a file of the workspace is a :class:`BrokenLayout` at its line.
"""

from __future__ import annotations

from functools import cached_property

import jinja2

from handpress.assets.fonts import Face, faces
from handpress.compose.document import WordsOf
from handpress.core.caches.cache import Cache
from handpress.core.caches.remembered import Remembered
from handpress.core.files.disk import digest
from handpress.core.files.shipped import shipped
from handpress.core.files.workspace import Workspace
from handpress.core.numerals import LATIN, Numerals
from handpress.core.problems.problem import BrokenLayout, Place, problem
from handpress.layout.compiled import CompiledTemplates
from handpress.layout.css.stylesheet import Sheets
from handpress.layout.html.filters import FILTERS
from handpress.layout.templates import OWN, Sandbox, of_defined
from handpress.layout.words import Words, load_words
from handpress.series.model import Series


class Design:
    """The look of a workspace's publications. `cache` keeps what is slow to draw, such as QR codes."""

    def __init__(
        self,
        workspace: Workspace,
        cache: Cache | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        self.workspace, self.cache = workspace, cache or Cache(None)
        self.remembered = remembered or Remembered()
        self._words: dict[tuple[str, Numerals], Words] = {}

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets(self.workspace)

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        return faces(self.workspace)

    def words(self, language: str, numerals: Numerals = LATIN) -> Words:
        """Return the words of the layouts in `language`, which write numbers in `numerals`."""
        key = language, numerals
        if key not in self._words:
            self._words[key] = load_words(self.workspace, language, numerals)
        return self._words[key]

    def words_for(self, series: Series) -> WordsOf:
        """Return a function with the words of a language on the pages of a series, in the digits that these have."""
        return lambda language: self.words(language, series.numerals(language))

    def read(self, language: str) -> tuple[Sheets, Words]:
        """Return what a series in `language` needs of the workspace's own files: a mistake comes up here."""
        return self.sheets, self.words(language)

    @cached_property
    def own(self) -> list[str]:
        """The names of the workspace's own layouts."""
        listing = self.workspace.listing("layouts")
        return [name for name in listing if self.workspace.disk.is_file(f"layouts/{name}")]

    @property
    def has_templates(self) -> bool:
        """Whether the workspace has templates of its own, which may show anything."""
        return any(not name.endswith((".css", ".yaml")) for name in self.own)

    @cached_property
    def frame(self) -> str:
        """A hash of the workspace's own layouts and of all faces."""
        read = [self.workspace.disk.asset(f"layouts/{name}").digest for name in self.own]
        used = [(face.name, face.asset.digest) for face in self.faces]
        return digest(repr((self.own, read, used)).encode())

    @cached_property
    def templates(self) -> jinja2.Environment:
        environment = Sandbox(
            loader=jinja2.FunctionLoader(self._template),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=CompiledTemplates(),
        )
        environment.filters |= {name: of_defined(filter_) for name, filter_ in FILTERS.items()}
        return environment

    def _template(self, name: str) -> tuple[str, str, None] | None:
        """Return the text of a template and its file: the workspace's own, or ours by its absolute path."""
        asset = self.workspace.overlay("layouts", name)
        if asset is None:
            return None
        own = self.workspace.disk.is_file(f"layouts/{name}")
        file = f"{OWN}{name}" if own else str(shipped("layouts") / name)
        try:
            return asset.read().decode(), file, None
        except UnicodeDecodeError as error:
            raise BrokenLayout(problem("broken-layout", Place(file), reason=error)) from None
