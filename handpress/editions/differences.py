"""Differences between two states of a series: changed, added, removed and moved sentences, article by article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from handpress.core.problems.report import many
from handpress.editions.sentences import Sentence, State, Text

KINDS = ("changed", "added", "removed", "moved")  # of sentences
ALIKE = 0.5  # likeness from which a sentence is a changed one, and not another
RENAMED = 0.5  # share of sentences that an article under another name has in common with it
MOST_PAIRS = 4_000  # comparisons between changed sentences that follow each other
# Words, and the signs of scripts that have no spaces between them.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’\-.,][^\W_]+)*|\s+|.", re.S
)


class Piece(Struct, frozen=True):
    """A part of a changed sentence: in the old one, in the new one, or in both."""

    text: str
    state: str  # "old", "new" or "same"


class Difference(Struct, frozen=True):
    """A sentence that was changed, added, removed or moved."""

    kind: str
    sentence: Sentence  # the new one, or the one that was removed
    pieces: tuple[Piece, ...]

    @property
    def unseen(self) -> str:
        """The thing that differs if no word does: "picture" or "address"; otherwise ""."""
        if self.kind != "changed" or any(piece.state != "same" for piece in self.pieces):
            return ""
        return "picture" if self.sentence.kind == "picture" else "address"


class ArticleDifferences(Struct, frozen=True):
    """The differences of an article, or of the series itself, whose name is empty.

    `kind` is "added", "removed", "changed" or "same". `place` and `old_place` are its numbers in the series, 0 without one.
    """

    slug: str
    title: str
    kind: str
    differences: tuple[Difference, ...]
    place: int
    old_place: int
    old_slug: str = ""  # if it was renamed
    moved: bool = False  # in the order of the articles

    @property
    def any(self) -> bool:
        """Whether anything about it differs."""
        return self.kind != "same" or self.moved or bool(self.old_slug)

    @property
    def about(self) -> str:
        """How it differs: ``2 changed, 1 added; moved from 3 to 1``."""
        if self.kind in ("added", "removed"):
            word = "new" if self.kind == "added" else "removed"
            return f"{word}, {many(len(self.differences), 'sentence')}"
        counts = Counter(difference.kind for difference in self.differences)
        rows = [f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]]
        facts = [", ".join(rows)] if rows else []
        if self.old_slug:
            facts.append(f"renamed from {self.old_slug}")
        if self.moved:
            facts.append(f"moved from {self.old_place} to {self.place}")
        return "; ".join(facts)


class Differences(Struct, frozen=True):
    """The differences between two states of a series, in the order of the new one; removed articles come last."""

    old: str
    new: str
    articles: tuple[ArticleDifferences, ...]

    @property
    def changed(self) -> list[ArticleDifferences]:
        return [article for article in self.articles if article.any]


def differences(old: State, new: State) -> Differences:
    """Compare two states of a series."""
    before = {text.slug: text for text in old.texts}
    after = {text.slug: text for text in new.texts}
    names = _old_names(before, after)
    old_place = {slug: number for number, slug in enumerate(before)}
    order = [old_place[names[slug]] for slug in after if slug in names]
    kept = _longest_rising(order)
    found = []
    for place, (slug, text) in enumerate(after.items()):
        was = names.get(slug)
        each = tuple(_compare(before[was].sentences if was is not None else (), text.sentences))
        kind = "added" if was is None else "changed" if each else "same"
        number = old_place[was] if was is not None else 0
        renamed = was if was is not None and was != slug else ""
        moved = was is not None and number not in kept
        found.append(
            ArticleDifferences(slug, text.title, kind, each, place, number, renamed, moved)
        )
    gone = [slug for slug in before if slug not in names.values()]
    for slug in gone:
        each = tuple(_compare(before[slug].sentences, ()))
        title = before[slug].title
        found.append(ArticleDifferences(slug, title, "removed", each, 0, old_place[slug]))
    return Differences(old.name, new.name, tuple(found))


def _old_names(before: dict[str, Text], after: dict[str, Text]) -> dict[str, str]:
    """Return the old name of each article that is not new: its own, or that of the one with most of its sentences."""
    names = {slug: slug for slug in after if slug in before}
    gone = [before[slug] for slug in before if slug not in after]
    new = [after[slug] for slug in after if slug not in before]
    likeness = [(_shared(a, b), a.slug, b.slug) for a in gone for b in new]
    for share, was, slug in sorted(likeness, key=lambda pair: -pair[0]):
        if share >= RENAMED and slug not in names and was not in names.values():
            names[slug] = was
    return names


def _shared(a: Text, b: Text) -> float:
    """Return the share of sentences that two articles have in common."""
    one, other = (Counter(s.text for s in text.sentences) for text in (a, b))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the numbers of the longest rising row: the articles that stayed in order, while others moved."""
    best: list[list[int]] = []
    for number in numbers:
        rows = [row for row in best if row[-1] < number]
        best.append([*max(rows, key=len, default=[]), number])
    longest: list[int] = max(best, key=len, default=[])
    return set(longest)


# Sentences


def _compare(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Difference]:
    """Yield the differences of an article in the order of the new one, removed sentences where they were."""
    pairs = list(_aligned(old, new))
    lost = Counter(a for a, b in pairs if a and not b)
    come = Counter(b for a, b in pairs if b and not a)
    moved = lost & come
    leaving = +moved
    for a, b in pairs:
        if a and b:
            if a != b:
                yield Difference("changed", b, tuple(pieces(a.text, b.text)))
        elif a and leaving[a]:
            leaving[a] -= 1  # it is shown in its new place
        elif a:
            yield Difference("removed", a, (Piece(a.text, "old"),))
        elif b and moved[b]:
            moved[b] -= 1
            yield Difference("moved", b, (Piece(b.text, "same"),))
        elif b:
            yield Difference("added", b, (Piece(b.text, "new"),))


def _aligned(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Yield each sentence with its older form, None without one, in reading order."""
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i:i_end], new[j:j_end], strict=True)
        else:
            yield from _paired(old[i:i_end], new[j:j_end])


def _paired(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Pair changed sentences so that they have as much in common as possible, in order."""
    rows, columns = len(old), len(new)
    if rows * columns > MOST_PAIRS:
        common = [[0.0] * columns for _ in old]
        for n in range(min(rows, columns)):
            common[n][n] = _likeness(old[n], new[n])
    else:
        common = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            both = common[i][j] + best[i + 1][j + 1] if common[i][j] >= ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows or j < columns:
        here = best[i][j]
        if (
            i < rows
            and j < columns
            and common[i][j] >= ALIKE
            and here == common[i][j] + best[i + 1][j + 1]
        ):
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i + 1][j] >= best[i][j + 1]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _likeness(a: Sentence, b: Sentence) -> float:
    """Return how much two sentences have in common, from 0 to 1; nothing if they are different kinds of text."""
    if a.kind != b.kind:
        return 0.0
    one, other = _words(a.text), _words(b.text)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio() if one or other else 1.0


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(token for token in TOKEN.findall(text.casefold()) if not token.isspace())


# Words


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield the parts of a changed sentence, old words before those in their place."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    rows: list[tuple[str, str, str]] = []  # what both have, or what only the old or the new one has
    for tag, i, i_end, j, j_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        one, other = "".join(before[i:i_end]), "".join(after[j:j_end])
        rows.append((one, "", "") if tag == "equal" else ("", one, other))
    for same, one, other in _joined(rows):
        if same:
            yield Piece(same, "same")
        if one:
            yield Piece(one, "old")
        if other:
            yield Piece(other, "new")


def _joined(rows: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Join changes with nothing but spaces and signs between them: such pieces would be hard to read."""
    one = other = gap = ""
    for same, was, now in rows:
        if not same:
            one, other, gap = one + gap + was, other + gap + now, ""
        elif (one or other) and not gap and not any(c.isalnum() for c in same):
            gap = same
        else:
            if one or other:
                yield "", one, other
            yield gap + same, "", ""
            one = other = gap = ""
    if one or other:
        yield "", one, other
    if gap:
        yield gap, "", ""
