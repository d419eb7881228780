"""Exercises: a heading, a picture, numbered steps and figures such as "3 sets". They are suggested, not made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.importers.markdown.blocks import block_of
from handpress.importers.markdown.inlines import Way
from handpress.markup.tree import Element, text_of

LABELS = (
    ("Sets", r"(\d+(?:\s*[-–]\s*\d+)?)\s*(?:sets?|rounds?)\b"),
    ("Repetitions", r"(?:\bof\s+|x\s*|×\s*)?(\d+(?:\s*[-–]\s*\d+)?)\s*(?:reps?|repetitions?|times)\b(?!\s+(?:a|per)\b)"),
    ("Repetitions", r"\bsets?\s+of\s+(\d+(?:\s*[-–]\s*\d+)?)"),
    ("Hold", r"\bhold\b[^.]{0,30}?(\d+(?:\s*[-–]\s*\d+)?\s*(?:s|sec|seconds?|minutes?|breaths))\b"),
    ("Times a day", r"(\d+|once|twice)\s*(?:times\s+)?(?:a|per|each)\s+day\b"),
    ("Days a week", r"(\d+(?:\s*[-–]\s*\d+)?)\s*(?:days|times)\s+(?:a|per|each)\s+week\b"),
)  # fmt: skip
NUMBERS = {"once": "1", "twice": "2"}


def suggested(body: Element) -> Iterator[tuple[str, str]]:
    """Yield the title of each probable exercise in a simple tree, and its Markdown as an exercise."""
    blocks = list(body)
    for at, block in enumerate(blocks):
        if not _is_title(block):
            continue
        inside = []
        for other in blocks[at + 1 :]:
            if _is_title(other):
                break
            inside.append(other)
        steps = [b for b in inside if b.tag == "ol" and len(b) > 1]
        pictures = [
            b
            for b in inside
            if b.tag == "figure" or (b.tag == "p" and b.find(".//img") is not None)
        ]
        dosage = _dosage(" ".join(text_of(b) for b in inside))
        if steps and dosage and len(inside) <= 8 and (pictures or len(dosage) > 1):
            yield text_of(block), _written(text_of(block), [*pictures[:1], steps[0]], dosage)


def _is_title(block: Element) -> bool:
    bold = (
        block.tag == "p"
        and len(block) == 1
        and block[0].tag == "strong"
        and text_of(block[0]) == text_of(block)
    )
    return bold or block.tag in ("h2", "h3", "h4", "h5", "h6")


def _dosage(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, pattern in LABELS:
        if (match := re.search(pattern, text, re.I)) and label not in found:
            found[label] = NUMBERS.get(match[1].lower(), match[1])
    return found


def _written(title: str, blocks: list[Element], dosage: dict[str, str]) -> str:
    parts = [block_of(b, Way()) for b in blocks]
    parts += [f"{label} : {value}" for label, value in dosage.items()]
    inside = "\n\n".join(parts[: len(blocks)]) + "\n\n" + "\n".join(parts[len(blocks) :])
    lines = "\n".join(f"    {line}".rstrip() for line in inside.split("\n"))
    return f'!!! exercise "{title}"\n\n{lines}'
