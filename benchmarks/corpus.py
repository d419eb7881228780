"""A deterministic corpus: a workspace of N articles of some 900 words, each with every usual thing in it.

python benchmarks/corpus.py FOLDER 30
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

WORDS = [
    "the",
    "body",
    "keeps",
    "moving",
    "and",
    "the",
    "clinic",
    "keeps",
    "a",
    "record",
    "of",
    "what",
    "was",
    "done",
    "when",
    "a",
    "muscle",
    "is",
    "loaded",
    "slowly",
    "it",
    "answers",
    "with",
    "strength",
    "after",
    "some",
    "weeks",
    "while",
    "rest",
    "alone",
    "makes",
    "a",
    "joint",
    "stiff",
    "people",
    "who",
    "walk",
    "each",
    "day",
    "report",
    "less",
    "pain",
    "than",
    "those",
    "who",
    "do",
    "not",
    "though",
    "nobody",
    "can",
    "promise",
    "that",
    "for",
    "one",
    "person",
    "so",
    "begin",
    "with",
    "little",
    "and",
    "add",
    "when",
    "it",
    "feels",
    "easy",
    "stop",
    "if",
    "it",
    "hurts",
    "the",
    "day",
    "after",
    "twice",
    "and",
    "ask",
    "someone",
    "who",
    "knows",
    "you",
    "breath",
    "sleep",
    "food",
    "work",
    "and",
    "worry",
    "have",
    "their",
    "part",
    "in",
    "pain",
    "as",
    "well",
]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160"><title>Curve {n}</title>
<path d="M10 140 C80 {a} 160 {b} 310 20" fill="none" stroke="#1b1f22" stroke-width="4"/></svg>
"""


def sentence(chance: random.Random, words: int) -> str:
    found = [chance.choice(WORDS) for _ in range(words)]
    return " ".join(found).capitalize() + "."


def paragraph(chance: random.Random, words: int) -> str:
    sentences, left = [], words
    while left > 0:
        length = min(left, chance.randint(8, 18))
        sentences.append(sentence(chance, length))
        left -= length
    return " ".join(sentences)


def article(number: int, total: int) -> str:
    """One article: four sections, a list, a table, a figure, a footnote, two cross-links."""
    chance = random.Random(number)
    before, after = (number - 2) % total + 1, number % total + 1
    rows = "\n".join(
        f"| part {r} | {chance.randint(1, 9)} | {sentence(chance, 4)} |" for r in range(4)
    )
    items = "\n".join(f"- {sentence(chance, 10)}" for _ in range(4))
    return f"""---
title: Article {number} on the Moving Body
summary: {sentence(chance, 16)}
---

{paragraph(chance, 150)}

## What is known

{paragraph(chance, 130)}[^note] See [the next one](article-{after:03}.md#what-to-do).

{items}

{paragraph(chance, 120)}

## What is measured

| what | how much | remark |
| --- | ---: | --- |
{rows}

{paragraph(chance, 140)}

![A curve that rises from left to right](images/curve-{number:03}.svg "How it tends to go.")

## What to do

{paragraph(chance, 130)}

1. {sentence(chance, 9)}
2. {sentence(chance, 9)}
3. {sentence(chance, 9)}

## What to ask

{paragraph(chance, 120)} Then read [](article-{before:03}.md).

[^note]: {sentence(chance, 18)}
"""


def write(folder: Path, total: int) -> None:
    """The workspace with `total` articles below `folder`."""
    series = folder / "sources" / "corpus"
    (series / "images").mkdir(parents=True)
    (folder / "sources" / "authors").mkdir()
    (folder / "sources" / "authors" / "a-writer.md").write_text(
        "---\nname: A Writer\nshort: Writes what is measured.\n---\n\nA longer bio.\n",
        encoding="utf-8",
    )
    (series / "series.yaml").write_text(
        "title: The Corpus\nauthors: [a-writer]\ndate: 2026-11-22\nsite: https://example.org/corpus/\n",
        encoding="utf-8",
    )
    for number in range(1, total + 1):
        chance = random.Random(-number)
        drawing = DRAWING.format(n=number, a=chance.randint(0, 150), b=chance.randint(0, 150))
        (series / "images" / f"curve-{number:03}.svg").write_text(drawing, encoding="utf-8")
        text = article(number, total)
        (series / f"{number:03}-article-{number:03}.md").write_text(text, encoding="utf-8")


def write_vault(folder: Path, total: int, linked: int) -> None:
    """A vault of `total` short notes in twenty folders, of which a start page links the first ones."""
    chance = random.Random(total)
    names = [f"{sentence(chance, 3).strip('.')} {number}" for number in range(total)]
    for number, name in enumerate(names):
        room = folder / f"room {number % 20}"
        room.mkdir(parents=True, exist_ok=True)
        links = f"See [[{chance.choice(names)}]] and [[{chance.choice(names)}|another]]."
        text = f"# {name}\n\n{sentence(chance, 40)} {links}\n\n## More\n\n{sentence(chance, 20)}\n"
        (room / f"{name}.md").write_text(text, encoding="utf-8")
    start = "".join(f"- [[{name}]]\n" for name in names[:linked])
    (folder / "Home.md").write_text(f"# Home\n\n{start}", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
