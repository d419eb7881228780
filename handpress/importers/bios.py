"""Bios: the file of an author, with the role and the short bio that its text gives."""

from __future__ import annotations

import re

from handpress.importers.files import front_matter, scalar
from handpress.importers.html import parse_fragment
from handpress.importers.markdown.write import write
from handpress.importers.model import Loss, Writer
from handpress.importers.simplify import Simplifier
from handpress.markup.tree import Element, text_of

SHORT = 35  # words of a bio on a handout
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")


def author_file(writer: Writer, losses: list[Loss]) -> str:
    """Return the whole file of an author, and add what is changed or guessed to `losses`."""
    place = f"the bio of {writer.name}"
    simplifier = Simplifier(place)
    body = simplifier.simplify(parse_fragment(writer.bio))
    losses += simplifier.losses
    role = _take_role(body, writer.name)
    if role:
        losses.append(Loss(place, "changed", "its first line is the role", role))
    short = _short(text_of(body))
    if short:
        losses.append(Loss(place, "guessed", "the short bio for handouts", short))
    settings = front_matter({"name": writer.name, "role": role, "short": short})
    links = f"\nlinks:\n  website: {scalar(writer.url)}" if writer.url.startswith("http") else ""
    return f"---\n{settings}{links}\n---\n\n{write(body, {})[0] if len(body) else ''}"


def _take_role(body: Element, name: str) -> str:
    """Return the role in a first line such as "Written by Ada Stone, keeper of a harbour.", and remove that line."""
    if len(body) < 2:
        return ""
    found = re.fullmatch(
        rf"(?:Written by )?{re.escape(name)}, ((?:(?![.!?]\s).){{3,90}}?)\.?", text_of(body[0])
    )
    if not found or body[0].find(".//a") is not None:
        return ""
    del body[0]
    return found[1]


def _short(text: str) -> str:
    """Return as many of the first sentences as fit, "" if the first is too long."""
    made: list[str] = []
    for sentence in SENTENCE.split(text):
        if len(" ".join([*made, sentence]).split()) > SHORT:
            break
        made.append(sentence)
    return " ".join(made)
