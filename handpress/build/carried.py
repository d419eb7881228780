"""The warnings that an artefact carries: those of the sources that it is made from, and those of its own pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from handpress.build.load import Loaded
from handpress.core.files.file_names import is_markdown
from handpress.core.problems.problem import Problem
from handpress.press.recipe import Recipe

PICTURES = ("pixels", "thumbnail")  # the presses that make pictures


class Carried(Struct, frozen=True, dict=True):
    """The problems of each artefact, by its path. `said` has those of pages, by the path of artefact or piece."""

    loaded: Loaded
    said: Mapping[str, list[Problem]]
    known: dict[str, frozenset[Problem]] = field(default_factory=dict)

    def count(self, recipe: Recipe) -> int:
        """Return how many warnings an artefact carries. Call it for its parts first."""
        self.known[recipe.path] = frozenset(self._problems(recipe) if _has_text(recipe) else ())
        return len(self.known[recipe.path])

    def _problems(self, recipe: Recipe) -> Iterator[Problem]:
        yield from self.said.get(recipe.path, ())
        if recipe.made_of and self.known.keys() >= set(recipe.made_of):
            for path in recipe.made_of:
                yield from self.known[path]
            return
        for path in dict.fromkeys(self._sources(recipe)):
            yield from self.of_sources.get(path, ())
        for path, problems in self.said.items():  # of the pieces of a book
            if problems and path.startswith(f"{recipe.path}: "):
                yield from problems

    @cached_property
    def of_sources(self) -> Mapping[str, Sequence[Problem]]:
        """The problems of the sources by file."""
        found: dict[str, list[Problem]] = {}
        for p in self.loaded.problems:
            found.setdefault(p.place.path, []).append(p)
        return found

    def _sources(self, recipe: Recipe) -> Iterator[str]:
        """Yield the files that an artefact is made from: its article, or all that are published, bios and settings."""
        for id_ in {recipe.series: None} | dict.fromkeys(recipe.members):
            articles, others = self._files.get(id_, ({}, ()))
            if not recipe.article:
                yield from articles.values()
            elif recipe.article in articles:
                yield articles[recipe.article]
            yield from others

    @cached_property
    def _files(self) -> Mapping[str, tuple[Mapping[str, str], Sequence[str]]]:
        """The files of each series: those of its articles, by their names, and its bios and settings."""
        found = {}
        for layout in (*self.loaded.layouts, *self.loaded.partial):
            series = layout.series
            bios = [p.bio.path for p in (*series.authors, *series.contributors) if p.bio]
            settings = [path for path in series.digests if not is_markdown(path)]
            found[series.id] = {a.slug: a.path for a in series.articles}, (*bios, *settings)
        return found


def _has_text(recipe: Recipe) -> bool:
    """Return whether it is a document or a page of an article, and neither a picture nor a list of others."""
    return recipe.press not in PICTURES and (recipe.press != "copy" or bool(recipe.article))
