"""Pseudo-translation: texts as long as in the longest languages, and still read by whoever reads English.

Every word is 40 % longer and has accents, and each text is between brackets: one without its second bracket was cut.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from helpers.translators import translated
from helpers.workspaces import ROOT, Ran, publish

LANGUAGE = "en-XA"  # as the CLDR calls it
ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéîñôûÿÁÇÉÎÑÔÛÝ")
MORE = "ëñö"
# Words of the layouts to keep as they are.
NO_TEXTS = frozenset(("decimal", "leading_words"))


def longer(text: str) -> str:
    """Return `text` with longer words; its blanks, such as `{number}`, stay."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(
        re.sub(r"[^\W\d_]+", _longer, part) if part[:1] != "{" else part for part in parts
    )


def _longer(word: re.Match[str]) -> str:
    more = max(1, round(len(word[0]) * 0.4))
    return word[0].translate(ACCENTED) + (MORE * more)[:more]


def bracketed(text: str) -> str:
    """Return `text` with longer words, between brackets if it has any words."""
    return f"‹{longer(text)}›" if re.search(r"[^\W\d_]", text) else text


def words() -> dict[str, Any]:
    """Return all words of the layouts, of the blocks and of the styles in the pseudo-language."""
    found = yaml.safe_load((ROOT / "layouts/words/en.yaml").read_text(encoding="utf-8"))
    for sheet in sorted((ROOT / "layouts/blocks").glob("*/words.yaml")):
        found |= yaml.safe_load(sheet.read_text(encoding="utf-8"))["en"]
    for sheet in sorted((ROOT / "layouts/styles/styles").glob("*/words.yaml")):
        own = yaml.safe_load(sheet.read_text(encoding="utf-8"))["en"]
        found |= {
            {"handout": "style_", "pack": "pack_"}[key] + sheet.parent.name: text
            for key, text in own.items()
        }
    return {key: word if key in NO_TEXTS else _each(word) for key, word in found.items()}


def _each(word: Any) -> Any:
    if isinstance(word, dict):
        return {form: bracketed(text) for form, text in word.items()}
    return [longer(text) for text in word] if isinstance(word, list) else bracketed(word)


def pseudo_translate(root: Path, series: str) -> Ran:
    """Add a pseudo-translated edition of a series to the workspace in `root`, and the words of its language."""
    file = root / "layouts/words" / f"{LANGUAGE}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(words(), allow_unicode=True, sort_keys=False), "utf-8")
    exchanged = root / "pseudo.xlf"
    ran = publish("translate", "export", series, "--to", LANGUAGE, "--output", exchanged, cwd=root)
    assert ran.code == 0, ran
    exchanged.write_bytes(translated(exchanged.read_bytes(), longer))
    return publish("translate", "import", exchanged, cwd=root)
