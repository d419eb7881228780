"""Readability: scores of a text by formulas, and the sentences and words that would lower them most.

A score shows which text to look at first. It knows neither meaning nor order, so it accepts and refuses no text.
textstat was measured and left: it downloads a dictionary when it first counts syllables, counts headings and cells as
sentences, and gives no positions. The tests compare our formulas with published values.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from handpress.check.prose.sentences import Sentence
from handpress.check.prose.syllables import COUNTERS, syllables
from handpress.check.visible import OBJECT

LONG_WORD = 6  # letters; LIX and the Wiener Sachtextformel count longer ones


class Counts(Struct, frozen=True):
    """The numbers that the formulas need."""

    sentences: int
    words: int
    syllables: int = 0
    polysyllables: int = 0  # words of three syllables or more
    monosyllables: int = 0
    long_words: int = 0

    def without(self, other: Counts) -> Counts:
        return Counts(
            self.sentences - other.sentences,
            self.words - other.words,
            self.syllables - other.syllables,
            self.polysyllables - other.polysyllables,
            self.monosyllables - other.monosyllables,
            self.long_words - other.long_words,
        )


def counts(sentences: Iterable[Sentence], tongue: str) -> Counts:
    """Return the counts of sentences in a language; syllables only if it is one of `COUNTERS`."""
    found = list(sentences)
    return _counts(len(found), Counter(w for s in found for w in s.words), tongue)


def _counts(sentences: int, words: Mapping[str, int], tongue: str) -> Counts:
    total = sum(words.values())
    long_words = sum(n for word, n in words.items() if len(word) > LONG_WORD)
    if tongue not in COUNTERS:
        return Counts(sentences, total, long_words=long_words)
    by_syllables = [(syllables(word, tongue), n) for word, n in words.items()]
    return Counts(
        sentences,
        total,
        syllables=sum(number * n for number, n in by_syllables),
        polysyllables=sum(n for number, n in by_syllables if number >= 3),
        monosyllables=sum(n for number, n in by_syllables if number == 1),
        long_words=long_words,
    )


# --- Formulas ----------------------------------------------------------------------------------


def flesch_kincaid(c: Counts) -> float:
    """Return the US school grade (Kincaid and others, 1975)."""
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def smog(c: Counts) -> float:
    """Return the US school grade at which readers understand all of a text (McLaughlin, 1969)."""
    return 1.0430 * math.sqrt(c.polysyllables * 30 / c.sentences) + 3.1291


def fernandez_huerta(c: Counts) -> float:
    """Return the ease of a Spanish text, up to 100 (Fernández Huerta, 1959, as Gwillim Law corrected it)."""
    return 206.84 - 60 * c.syllables / c.words - 1.02 * c.words / c.sentences


def inflesz(c: Counts) -> float:
    """Return the ease of a Spanish text (Szigriszt Pazos, 1993), for the INFLESZ scale (Barrio Cantalejo, 2008)."""
    return 206.835 - 62.3 * c.syllables / c.words - c.words / c.sentences


def amstad(c: Counts) -> float:
    """Return the ease of a German text, up to 100 (Amstad, 1978)."""
    return 180 - c.words / c.sentences - 58.5 * c.syllables / c.words


def wiener(c: Counts) -> float:
    """Return the school year of a German text (first Wiener Sachtextformel, Bamberger and Vanecek, 1984)."""
    percent = 100 / c.words
    return (
        0.1935 * c.polysyllables * percent
        + 0.1672 * c.words / c.sentences
        + 0.1297 * c.long_words * percent
        - 0.0327 * c.monosyllables * percent
        - 0.875
    )


def lix(c: Counts) -> float:
    """Return the difficulty of a text in any language that separates words by spaces (Björnsson, 1968)."""
    return c.words / c.sentences + 100 * c.long_words / c.words


class Formula(Struct, frozen=True):
    """A formula: its name in messages, the limit of `check`, and whether it grows with the ease of a text."""

    name: str
    of: Callable[[Counts], float]
    limit: str = ""  # the name of its limit, for the one that decides
    ease: bool = False
    sentences: int = 1  # the least number that it was made for
    remark: str = ""

    def difficulty(self, c: Counts) -> float:
        return -self.of(c) if self.ease else self.of(c)


# By language; the first decides, and the others are shown with it.
FORMULAS: Mapping[str, tuple[Formula, ...]] = {
    "en": (
        Formula("Flesch-Kincaid grade", flesch_kincaid, "flesch-kincaid-grade"),
        Formula("SMOG grade", smog, sentences=30, remark=", which runs about 3 higher"),
    ),
    "es": (
        Formula("INFLESZ", inflesz, "inflesz-ease", ease=True),
        Formula("Fernández Huerta", fernandez_huerta, ease=True),
    ),
    "de": (
        Formula("Wiener Sachtextformel", wiener, "wiener-grade"),
        Formula("Amstad", amstad, ease=True),
    ),
    "": (Formula("LIX", lix, "lix"),),
}
# Their words are not separated by spaces, or are written without vowels.
NO_FORMULA = frozenset(
    {"ar", "dv", "fa", "he", "ja", "km", "ko", "lo", "my", "ps", "th", "ur", "yi", "zh"}
)


def formulas(tongue: str) -> tuple[Formula, ...]:
    return () if tongue in NO_FORMULA else FORMULAS.get(tongue, FORMULAS[""])


def scores(c: Counts, tongue: str) -> str:
    """Return the scores of a text in words, those of formulas that need a longer text left out."""
    shown = [f for f in formulas(tongue) if c.words and c.sentences >= f.sentences]
    return "; ".join(f"{f.name} {f.of(c):.1f}{f.remark}" for f in shown)


# --- Where to begin ----------------------------------------------------------------------------


def hardest_sentences(found: Sequence[Sentence], tongue: str, most: int = 5) -> list[Sentence]:
    """Return the sentences without which the score of a text is best, in the order of the text."""
    formula, whole = formulas(tongue)[0], counts(found, tongue)
    if len(found) < 2:
        return list(found)
    rest = [(formula.difficulty(whole.without(counts([s], tongue))), s.start, s) for s in found]
    return sorted((s for _, _, s in sorted(rest)[:most]), key=lambda s: s.start)


def hardest_words(found: Sequence[Sentence], tongue: str, most: int = 5) -> list[str]:
    """Return the words that would lower the score most if a word of two syllables or six letters replaced them.

    One of each family is enough. Names are left out, except in German, which has a capital at the beginning of each noun.
    """
    formula, whole = formulas(tongue)[0], counts(found, tongue)
    now, plain = formula.difficulty(whole), {"en": "simple", "es": "fácil", "de": "leicht"}
    written = Counter(w for s in found for w in s.words if w != OBJECT)
    known = Counter({w: n for w, n in written.items() if tongue == "de" or w == w.lower()})
    gains = []
    for word, n in known.items():
        if len(word) <= LONG_WORD and (tongue not in COUNTERS or syllables(word, tongue) < 3):
            continue
        replaced = _counts(0, {word: n}, tongue).without(
            _counts(0, {plain.get(tongue, "simple"): n}, tongue)
        )
        gains.append((formula.difficulty(whole.without(replaced)) - now, word))
    hardest: list[str] = []
    for gain, word in sorted(gains):
        if gain < 0 and len(hardest) < most and not any(_related(word, w) for w in hardest):
            hardest.append(word)
    return hardest


def _related(one: str, two: str) -> bool:
    """Return whether two words have the same beginning, such as `infection` and `infections`."""
    same = max(5, round(0.7 * min(len(one), len(two))))
    return one[:same] == two[:same]
