"""Variants: the style, paper and colour of a handout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handpress.series.model import Series

Labels = Mapping[str, str]  # the page number of each id in the book


class Variant(NamedTuple):
    """A look of handouts and what is bound of them: style, paper, and whether all of it is grey."""

    style: str
    paper: str
    grey: bool = False

    def folder(self, series: Series, kind: str = "handouts") -> str:
        """Return the folder of such artefacts below the series' own; defaults are left out of the name."""
        style = f"{self.style}/" if self.style not in ("", "standard") else ""
        paper = f"{self.paper}/" if self.paper != series.paper else ""
        return f"{kind}/{style}{paper}{'grey/' if self.grey else ''}"
