"""The notations of many programs, each with the mark-up that it becomes and the problems that it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handpress.core.files.disk import Disk
from handpress.core.problems.problem import in_order
from handpress.series.parse import parse
from helpers.pictures import png

HERE = Path(__file__).parent
CASE = re.compile(r"^=== (.+)\n((?s:.*?))\n--->\n((?s:.*?))\n(?====|\Z)", re.M)
CASES = {
    name: (text, body)
    for name, text, body in CASE.findall((HERE / "dialect.txt").read_text("utf-8"))
}


def read(folder: Path, text: str) -> str:
    (folder / "images").mkdir()
    (folder / "images" / "dot.png").write_bytes(png(20, 20))
    (folder / "a.md").write_text(text, "utf-8")
    article, problems = parse(Disk(folder), "a.md")
    notes = "".join(f"\n<!-- note {key} -->{note}" for key, note in article.notes.items())
    said = [f"\n! {p.place.line}:{p.place.column} {p.code}" for p in in_order(problems)]
    return article.body.strip() + notes + "".join(said)


@pytest.mark.parametrize("name", CASES)
def test_a_notation(name: str, tmp_path: Path) -> None:
    text, body = CASES[name]
    assert read(tmp_path, f"{text}\n") == body
