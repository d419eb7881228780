"""The source map: from a finding on a page to the line of the source that caused it.

The line is looked up when the finding arrives, not before. With line numbers in recipes, a new line in an
article would cause everything below it to be rendered again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from handpress.build.kinds import ALL_KINDS
from handpress.core.files.source import Source
from handpress.core.problems.problem import Place, Problem, problem_of
from handpress.core.problems.report import many
from handpress.press.result import WORDS, Finding, Spot
from handpress.series.article import Article

# The text between two words that are neighbours on the page: signs, the address of a link, attributes, a
# tag, an entity.
GAP = r"(?:[\W_]|\]\([^)\n]{0,300}\)|\{[^}\n]{0,200}\}|<[^>\n]{0,300}>|&#?\w{1,10};){1,80}?"
# The signs before the first word of a block in its line.
LEAD = r"^(?:[\W_]|\d{1,3}\.|\[\^[^\]\n]{1,60}\]:|<[^>\n]{0,300}>){0,40}?"
END = r"[\W_]*?(?:\{[^}\n]*\})?[ \t]*$"
BOUND = r"(?!\w)"
SUPPLIED = 5  # most words that the layout adds before a block's own, such as a box's level
TOLD = 10  # most paragraphs to suggest for shortening: with more, the whole text is too long
FEW = 3  # fewest words to search for after skipping some
TRIES = (  # ways to search for a block, strictest first: its beginning, how many of its words, its end
    (LEAD, WORDS, END),
    (LEAD, WORDS, BOUND),
    (LEAD, 4, BOUND),
    (r"(?<!\w)", WORDS, BOUND),
    (r"(?<!\w)", FEW, BOUND),
)


def locate_finding(
    found: Finding,
    artefact: str,
    source: str,
    article: Article | None,
    settings: Mapping[str, Place],
) -> Problem:
    """Return the problem of a finding in `artefact`, at its place in `article`.

    `source` is the file to name if there is no article, or if the article does not have those words. `settings` has
    the places of those of the series, which are for articles without their own.
    """
    place = locate_spot(article, found.spot) if article else None
    key = found.spot.key
    if article and key in settings and key not in article.settings.places:
        place = settings[key]
    place = place or Place(source)
    facts = {"artefact": artefact, **found.facts}
    if article and "code" in facts:  # the code point of a character
        place = _within(article.source, place, chr(int(facts["code"], 16)))
    kind = ALL_KINDS[found.code]
    if "{advice}" in kind.help:
        facts["advice"] = advice(found, article)
        facts["lines"] = many(int(facts["lines"]), "line")
        facts["pages"] = many(int(facts["pages"]), "page")
    return problem_of(kind, found.code, place, facts)


def locate_spot(article: Article, spot: Spot) -> Place | None:
    """Return the place of a block in the source, or None if the article does not have its words."""
    if spot.key:
        return article.settings.place(spot.key)
    if spot.id in article.places:
        return article.places[spot.id]
    for skip in range(SUPPLIED + 1):
        words = spot.words[skip:]
        if len(words) < (FEW if skip else 1):
            break
        for lead, most, end in TRIES:
            wanted = GAP.join(map(re.escape, words[:most]))
            if place := _nth(article.source, f"{lead}({wanted}){end}", spot.count):
                return place
    return None


def _nth(source: Source, pattern: str, count: int) -> Place | None:
    """Return the place of the `count`-th match, or of the last one if there are fewer."""
    matches = list(islice(re.finditer(pattern, source.text, re.M | re.I), count))
    return source.place(matches[-1].start(1), len(matches[-1][1])) if matches else None


def _within(source: Source, place: Place, character: str) -> Place:
    """Return the place of the first `character` from `place` on, or `place` itself without one."""
    start = source.starts[place.line - 1] + place.column - 1
    at = source.text.find(character, start)
    return source.place(at) if at >= 0 else place


def advice(found: Finding, article: Article | None) -> str:
    """Return the advice to shorten paragraphs: at which lines, and by how many words, to save excess lines."""
    lines = int(found.facts["lines"])
    won: dict[int, list[int]] = {}  # by number of words to cut: the lines in the source
    for spot, count in found.shorten:
        place = locate_spot(article, spot) if article else None
        if place and sum(map(len, won.values())) < min(lines, TOLD):
            won.setdefault(count, []).append(place.line)
    left = lines - sum(map(len, won.values()))
    if not won:
        return f"cut {many(lines, 'line')}"
    parts = [f"at {_lines(at)} by {many(count, 'word')}" for count, at in sorted(won.items())]
    noun = "paragraph" if lines - left == 1 else "paragraphs"
    rest = f", and cut {many(left, 'line')} more" if left else ""
    return f"shorten the {noun} {', '.join(parts)}{rest}"


def _lines(numbers: Sequence[int]) -> str:
    *first, last = map(str, sorted(numbers))
    return f"lines {', '.join(first)} and {last}" if first else f"line {last}"
