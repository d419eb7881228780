"""Search: the handouts or exercises that match a few words, however their letters are marked and with a typing error or two.

SQLite's full-text index finds words by their beginnings. A word that it does not have is replaced by the ones that
are nearest to it. If no entry has every word, as for a complaint in a client's own words, those with the most telling
ones are found.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from math import log

from msgspec import Struct

from handpress.desk.library import Handout

WEIGHTS = {"title": 12.0, "tags": 8.0, "exercises": 6.0, "summary": 4.0, "text": 1.0}
# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Scripts without spaces between words: each character is a word.
ALONE = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff])"
)
WORD = re.compile(r"\w+")
LONGEST = 200  # characters of a question
MOST = 8  # words of a question
SHORT = 3  # letters of a word that tells nothing by itself, in scripts with spaces between words
FEW = 6  # entries that have some of the words


class Found(Struct, frozen=True):
    """The keys of the entries that a question finds, the best first, and whether they have all of its words."""

    keys: tuple[str, ...]
    all_words: bool = True


class Search:
    """An index in memory, of entries with a key and a text for each column."""

    def __init__(self, entries: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        # Requests are answered one after another, but not always by the thread that made the index.
        self.index = sqlite3.connect(":memory:", check_same_thread=False)
        columns = ", ".join(WEIGHTS)
        self.index.execute(
            f"CREATE VIRTUAL TABLE handouts USING fts5(key UNINDEXED, {columns}, tokenize='unicode61')"
        )
        self.index.executemany(
            f"INSERT INTO handouts(key, {columns}) VALUES (?{', ?' * len(WEIGHTS)})",
            [(key, *(_plain(texts[name]) for name in WEIGHTS)) for key, texts in entries],
        )
        self.size = next(self.index.execute("SELECT count(*) FROM handouts"))[0]
        self.index.execute("CREATE VIRTUAL TABLE words USING fts5vocab(handouts, row)")
        self.interface: list[str] = [row[0] for row in self.index.execute("SELECT term FROM words")]

    def find(self, question: str) -> Found | None:
        """Return the entries that match a question; None without a question."""
        wanted = WORD.findall(_plain(question[:LONGEST]))[:MOST]
        if not wanted:
            return None
        groups = {word: self.group(word) for word in wanted}
        if keys := self.matching(" AND ".join(groups.values())):
            return Found(keys)
        telling = [
            group for word, group in groups.items() if len(word) >= SHORT or ALONE.match(word)
        ]
        return Found(self.with_some(telling), all_words=False)

    def group(self, word: str) -> str:
        """Return the expression of SQLite that finds a word, or the nearest ones."""
        known = " OR ".join(f'"{one}"*' for one in self.near(word))
        return f"({known})"

    def matching(self, expression: str) -> tuple[str, ...]:
        """Return the keys of the entries that match an expression of SQLite, the best first."""
        weights = ", ".join(map(str, WEIGHTS.values()))
        with closing(
            self.index.execute(
                "SELECT key FROM handouts WHERE handouts MATCH ?"
                f" ORDER BY bm25(handouts, 0, {weights}), rowid",
                [expression],
            )
        ) as found:
            return tuple(row[0] for row in found)

    def with_some(self, groups: Sequence[str]) -> tuple[str, ...]:
        """Return the few entries with the most of these words: one in a title counts more than one in the text, a rare one
        more than one that most entries have.
        """
        scores: Counter[str] = Counter()
        for group in groups:
            for column, weight in WEIGHTS.items():
                keys = self.matching(f"{column}: {group}")
                for key in keys:
                    scores[key] += int(1000 * weight * log(1 + self.size / len(keys)))
        return tuple(key for key, _ in scores.most_common(FEW))

    def near(self, word: str) -> list[str]:
        """Return `word` if some word begins like it, else the words that do after the fewest changes."""
        if any(known.startswith(word) for known in self.interface):
            return [word]
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        found: dict[int, set[str]] = {}
        for known in self.interface:
            if len(known) < len(word) - most:
                continue
            # The question may be half typed, so a longer word is compared by its beginning.
            changes = min(distance(word, known[:size], most) for size in _sizes(word, known, most))
            if changes <= most:
                found.setdefault(changes, set()).add(known)
        return sorted(found[min(found)]) if found else [word]


def _sizes(word: str, known: str, most: int) -> range:
    return range(max(1, len(word) - most), min(len(known), len(word) + most) + 1)


def entries(handouts: Iterable[Handout]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the entries of handouts."""
    for handout in handouts:
        yield handout.key, _columns(handout)


def exercise_entries(handouts: Iterable[Handout]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield an entry for each exercise of handouts. Its key is that of the handout, `#` and its own id."""
    for handout in handouts:
        columns = _columns(handout)
        for id_, name in handout.exercises:
            yield f"{handout.key}#{id_}", {**columns, "title": name, "exercises": ""}


def _columns(handout: Handout) -> Mapping[str, str]:
    return {
        "title": f"{handout.title} {handout.series}",
        "tags": " ".join(handout.tags),
        "exercises": " ".join(name for _, name in handout.exercises),
        "summary": f"{handout.summary} {' '.join(handout.authors)}",
        "text": handout.text,
    }


def _plain(text: str) -> str:
    """Return `text` without case and marks on letters, and spaces between words of every script."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return ALONE.sub(r" \1 ", unicodedata.normalize("NFC", plain))


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must change, come, go or trade places; `most` and 1 if it is more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], against):
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
