"""The example in `docs/translate.md` is what the command does."""

from __future__ import annotations

import re

from helpers.workspaces import ROOT, Book

PAGE = (ROOT / "docs" / "translate.md").read_text(encoding="utf-8")
SPANISH = {
    "Strong at Home": "Fuerte en casa",
    "Why squat?": "¿Por qué sentadillas?",
    "Sitting down is *half* a squat. See [the steps](#how-to-squat).": "Sentarse es *media* sentadilla. Vea [los pasos](#how-to-squat).",
    "Chair squat": "Sentadilla con silla",
    "Touch the seat lightly.": "Roce el asiento.",
    "3 seconds": "3 segundos",
}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_example_gives_what_the_page_shows(empty: Book) -> None:
    for path in ("sources/squats/series.yaml", "sources/squats/01-why-squat.md"):
        (text,) = blocks(rf"(?:yaml|markdown) title=\"{re.escape(path)}\"")
        empty.write(path, text)
    assert empty.run("translate", "export", "squats", "--to", "es", "--format", "po").code == 0
    text = empty.read("squats.es.po")
    for words, spanish in SPANISH.items():
        empty_entry = f'msgid "{words}"\nmsgstr ""'
        assert empty_entry in text
        text = text.replace(empty_entry, f'msgid "{words}"\nmsgstr "{spanish}"')
    (entry,) = blocks("po")
    assert entry in text
    empty.write("squats.es.po", text)
    written, listed = blocks("text")
    ran = empty.run("translate", "import", "squats.es.po")
    assert (ran.code, ran.out) == (0, written)
    assert empty.read("sources/squats.es/01-why-squat.md") == blocks("markdown")[0]
    assert empty.run("translate", "status").out == listed
