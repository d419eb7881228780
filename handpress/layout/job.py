"""Jobs: what a planner may ask about a build. Each module with recipes has a `recipes(job)` for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from handpress.core.files.disk import Asset
from handpress.layout.layout import Layout
from handpress.layout.variant import Labels, Variant
from handpress.press.recipe import Recipe
from handpress.press.result import Finished, Made, StoredPiece
from handpress.series.model import Series


class Job(Protocol):
    """The series that are wanted, and the results of the stages before."""

    def layouts(self, medium: str) -> Iterator[Layout]:
        """Yield the series whose `medium` is wanted."""

    def error_free(self, medium: str) -> Iterator[Layout]:
        """Yield these, and of series with errors the articles without."""

    def original(self, layout: Layout) -> Layout | None:
        """Return the series that one is a translation of, None if there is none without errors."""

    def variants(self, layout: Layout) -> list[Variant]:
        """Return the variants that the handouts of a series are wanted in."""

    def bilingual(self, layout: Layout) -> list[str]:
        """Return the wanted forms of handouts that show the original of a translation too."""

    def booklet_variants(self, layout: Layout) -> list[Variant]:
        """Return the variants that booklets of the packs are wanted in."""

    def booklet_papers(self, layout: Layout) -> list[str]:
        """Return the papers that a booklet of the book is wanted on."""

    def print_shop(self, layout: Layout) -> bool:
        """Return whether the book is wanted for a print shop."""

    @property
    def shelf(self) -> tuple[Layout, ...]:
        """The series that the shelf shows."""

    def labels(self, series: Series) -> Labels:
        """Return the page numbers of the series' book."""

    def piece(self, recipe: Recipe) -> StoredPiece | None:
        """Return a piece that an earlier stage made."""

    def finished(self, path: str) -> Finished:
        """Return what is known of an artefact of an earlier stage."""

    def earlier(self, path: str) -> Asset | None:
        """Return an artefact as an earlier build left it, if its file is still as it was."""

    def made(self) -> Mapping[str, Made]:
        """Return the artefacts that a page may offer, by path."""
