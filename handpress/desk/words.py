"""The words of the desk's interface. A language is one file in `words/`; English fills its gaps."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"


@cache
def interface_words(language: str = "en") -> dict[str, Any]:
    """Return the words in `language`, in the form that :func:`.layout.words.counted` takes."""
    words: dict[str, Any] = {}
    plural: dict[str, str] = {}
    for name in dict.fromkeys(("en", language)):
        found = yaml.safe_load((FOLDER / f"{name}.yaml").read_bytes())
        words |= found
        plural |= dict.fromkeys(found, name)
    return words | {"plural": plural}
