"""The words of the desk's interface. A language is one file in `words/`; English fills its gaps.

Each browser has the desk in its own language, unless one was chosen for all when the desk was opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"
ENGLISH = "en"
LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)  # of the request in hand


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the tags of the languages that the desk has."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def interface_words(language: str = ENGLISH) -> dict[str, Any]:
    """Return the words in `language`, in the form that :func:`.layout.words.counted` takes."""
    words: dict[str, Any] = {}
    plural: dict[str, str] = {}
    for name in dict.fromkeys((ENGLISH, language)):
        found = yaml.safe_load((FOLDER / f"{name}.yaml").read_bytes())
        words |= found
        plural |= dict.fromkeys(found, name)
    return words | {"plural": plural}


def language_for(accepted: str) -> str:
    """Return the first language of an `Accept-Language` header (RFC 9110, 12.5.4) that the desk has, or English.

    ``de-AT`` is answered with ``de``.
    """
    return next(filter(None, map(interface_language, _by_weight(accepted))), ENGLISH)


def interface_language(tag: str) -> str:
    """Return the language of the desk for a tag, empty without one."""
    language = tag.strip().partition("-")[0].lower()
    return language if language in interface_languages() else ""


def _by_weight(accepted: str) -> Iterator[str]:
    """Yield the tags of a header, the most wanted first, without those that are not wanted."""
    weighed = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        try:
            weighed.append((float(weight.partition("=")[2] or 1), tag))
        except ValueError:
            continue
    yield from (tag for weight, tag in sorted(weighed, key=lambda w: -w[0]) if weight > 0)
