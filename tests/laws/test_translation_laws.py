"""A translation into the same words is the same article: by each format, for every article that we have."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from handpress.core.files.source import Source
from handpress.core.files.workspace import find
from handpress.markup.markdown import to_tree
from handpress.markup.tree import serialize
from handpress.translations.bring_in import bring_in
from handpress.translations.edition import edition_of
from handpress.translations.exchange import FORMATS
from handpress.translations.outgoing import outgoing
from handpress.translations.units import units_of, with_texts
from helpers.translators import translated
from helpers.workspaces import ROOT

EXAMPLES = json.loads((ROOT / "tests/specifications/commonmark.json").read_text(encoding="utf-8"))
SPECIMEN = ROOT / "tests/specimen/sources"


def body(text: str) -> str:
    """The HTML of a text, whose lines may be broken elsewhere."""
    html = re.sub(r'(?<="wiki:)([^"|]*)\|\1(?=")', r"\1", serialize(to_tree(text)))
    return " ".join(html.split())


def written_again(name: str, text: str) -> tuple[str, str]:
    """The HTML of a text as it is, and of all its units written again."""
    units = units_of(Source(name, text))
    return body(text[units.start :]), body(with_texts(units, {}, ""))


def test_all_examples_of_commonmark() -> None:
    changed = []
    for number, _, text, _ in EXAMPLES:
        before, after = written_again(f"{number}.md", text)
        if before != after:
            changed.append((number, before, after))
    assert changed == []


@pytest.mark.parametrize("folder", ["tests/hostile", "docs", "examples", "tests/cases"])
def test_our_articles(folder: str) -> None:
    changed = []
    for file in sorted((ROOT / folder).rglob("*.md")):
        text = file.read_text(encoding="utf-8", errors="replace")
        if len(text) > 100_000:
            continue
        try:
            before, after = written_again(file.name, Source(file.name, text).text)
        except RecursionError:  # refused by the reader itself
            continue
        if before != after:
            changed.append((file.name, before, after))
    assert changed == []


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize(("sources", "series"), [(ROOT / "sources", "fascia-remedy"), (SPECIMEN, "specimen")])  # fmt: skip
def test_there_and_back(form: str, sources: Path, series: str, tmp_path: Path) -> None:
    shutil.copytree(sources, tmp_path / "sources")
    folder = f"sources/{series}"
    workspace = find(tmp_path)
    assert workspace is not None
    edition = edition_of(workspace, folder, "eo")
    chosen = FORMATS[form]
    returned = chosen.read(translated(chosen.write(outgoing(edition))))
    done = bring_in(edition, returned)
    assert (done.unused, done.in_place) == ([], [])
    for file in edition.files:
        if not file.is_settings:
            text = (tmp_path / file.file).read_text(encoding="utf-8")
            made = file.read(Source(file.file, text))
            assert body(text[made.start :]) == body(
                file.original.source.text[file.original.start :]
            )
            assert [u.pieces for u in made.units] == [u.pieces for u in file.original.units]
    again = find(tmp_path)
    assert again is not None
    states = {pair.state for file in edition_of(again, folder, "eo").files for pair in file.pairs}
    assert states == {"translated"}
