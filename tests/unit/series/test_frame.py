"""The frame of a series: it changes with all that pages of other articles may show, and not with a word of the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handpress.core.files import workspace
from handpress.series.assemble import assemble
from handpress.series.frame import frame_of

ONE = "---\ntitle: Sun\nsummary: Of the sun.\n---\n\nThe sun rises.\n\n## At dawn {#dawn}\n\nSee [the moon](02-moon.md).\n"
TWO = "---\ntitle: Moon\n---\n\nThe moon sets.\n\n![A wave](wave.svg)\n"
WAVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3" width="9" height="3"><path d="M0 1h9"/></svg>'


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "01-sun.md": ONE,
        "02-moon.md": TWO,
        "wave.svg": WAVE,
        "series.yaml": "title: Sky\nauthors: [ada]\npacks: {first: [sun], second: [moon]}\n",
        "authors/ada.md": "---\nname: Ada\n---\n\nShe looks up.\n",
    }.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def frame(folder: Path) -> str:
    space = workspace.find(folder)
    assert space is not None
    series, problems = assemble(space, ".")
    assert problems == []
    return frame_of(series)


Edit = Callable[[Path], None]


def change(name: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def rename(old: str, new: str) -> Edit:
    return lambda folder: (folder / old).rename(folder / new) and None


@pytest.mark.parametrize(
    ("edit", "same"),
    [
        (change("01-sun.md", "rises", "climbs"), True),
        (change("01-sun.md", "The sun", "\n\nThe sun"), True),
        (change("02-moon.md", "sets.", "sets. It rises again.\n\nAnd sets."), True),
        (change("01-sun.md", "title: Sun", "title: Star"), False),
        (change("01-sun.md", "summary: Of the sun", "summary: Of a star"), False),
        (change("01-sun.md", "At dawn", "At noon"), False),
        (change("01-sun.md", "#dawn", "#noon"), False),
        (change("01-sun.md", "[the moon](02-moon.md)", "[dawn](#dawn)"), False),
        (change("02-moon.md", "sets.", "sets.\n\n## At night"), False),
        (change("wave.svg", "M0 1", "M0 2"), False),
        (change("series.yaml", "title: Sky", "title: Air"), False),
        (change("series.yaml", "title: Sky", "title: Sky\npaper: a5"), False),
        (change("series.yaml", "first: [sun], second: [moon]", "second: [moon], first: [sun]"), False),
        (change("authors/ada.md", "looks up", "looks down"), False),
        (rename("01-sun.md", "03-sun.md"), False),
    ],
)  # fmt: skip
def test_the_frame_after_an_edit(edit: Edit, same: bool, tmp_path: Path) -> None:
    write(tmp_path)
    before = frame(tmp_path)
    edit(tmp_path)
    assert (frame(tmp_path) == before) is same
