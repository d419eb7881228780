"""Glyphs: find the characters that no font can print, which are a sign in print."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from handpress.assets.fonts import Face, missing
from handpress.assets.picture import Picture
from handpress.assets.scripts import by_script, facts
from handpress.assets.svg import letters_of
from handpress.core.files.source import Source
from handpress.core.problems.escaping import escaped
from handpress.core.problems.problem import Place, Problem, problem
from handpress.series.article import Article

UNREADABLE = 0.25  # of the letters of a file, markup included


def missing_in_text(
    texts: Iterable[tuple[Source, Set[str]]], having: tuple[Face, ...]
) -> Iterator[Problem]:
    """Yield a problem for each script without a face, at its first character in the `texts`.

    It is an error if nobody could read one of the texts in print.
    """
    lost = [(source, found) for source, all_ in texts if (found := missing(all_, having))]
    for script, characters in by_script(c for _, found in lost for c in found).items():
        source, here = next(
            (source, here) for source, found in lost if (here := set(found) & set(characters))
        )
        places = [(source.find(character), character) for character in here]
        place, _ = min(places, key=lambda found: (found[0].line, found[0].column))
        unreadable = any(
            _share(source, set(found) & set(characters)) > UNREADABLE for source, found in lost
        )
        code = "missing-font" if unreadable else "missing-glyph"
        yield problem(code, place, **facts(script, characters))


def unreadable_in_print(articles: Sequence[Article], having: tuple[Face, ...]) -> list[Problem]:
    """Return a problem for each article that nobody could read in print, if the others are more than these."""
    problems = []
    for article in articles:
        lost = missing(article.characters, having)
        if lost and _share(article.source, set(lost)) > UNREADABLE:
            script, characters = max(by_script(lost).items(), key=lambda found: len(found[1]))
            place = article.source.find(min(characters, key=article.source.text.find))
            problems.append(problem("unreadable-print", place, **facts(script, characters)))
    return problems if 2 * len(problems) < len(articles) else []


def missing_in_drawings(
    drawings: Iterable[tuple[Picture, Place]], having: tuple[Face, ...]
) -> Iterator[Problem]:
    """Yield a problem for each script in a drawing without a face, at the place that names the drawing."""
    for picture, place in drawings:
        for script, characters in by_script(missing(letters_of(picture.asset), having)).items():
            where = f"in `{escaped(posixpath.basename(picture.path))}`"
            yield problem("missing-glyph", place, **facts(script, characters, where))


def _share(source: Source, characters: Set[str]) -> float:
    """Return how many of the letters of a file are among `characters`."""
    letters = Counter(filter(str.isalpha, source.text))
    return sum(letters[c] for c in characters) / (letters.total() or 1)
