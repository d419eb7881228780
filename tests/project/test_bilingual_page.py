"""The example in `docs/bilingual.md` gives the files that the page shows."""

from __future__ import annotations

import re

from helpers.finished import pdf_text
from helpers.workspaces import ROOT, Book

PAGE = (ROOT / "docs" / "bilingual.md").read_text(encoding="utf-8")
FILE = re.compile(r"^```\w+ title=\"(sources/\S+)\"\n(.*?)^```$", re.M | re.S)


def test_the_example_gives_what_the_page_shows(empty: Book) -> None:
    for path, text in FILE.findall(PAGE):
        empty.write(path, text)
    ran = empty.build("--only", "handout")
    assert (ran.code, ran.err) == (0, ""), ran
    (listed,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)
    made = sorted(str(p.relative_to(empty.output)) for p in empty.output.glob("*/handouts/*.pdf"))
    assert made == sorted(listed.split())
    text = " ".join(pdf_text(empty.output / "shoulder-es/handouts/swing.bilingual.pdf"))
    assert all(words in text for words in ("Pendulum", "Péndulo", "Repetitions", "Repeticiones"))
