"""The page `docs/first-handout.md`: its steps, done as written, make a handout with the reader's name and colour.

``make pictures`` makes its picture again.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from helpers import picture_files
from helpers.finished import wrong_in
from helpers.pages import page
from helpers.workspaces import publish

PAGE = page("first-handout")
GREEN = (47, 107, 58)  # the colour that the page chooses


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the last step."""
    root = tmp_path_factory.mktemp("reader")
    new, build = (fence.text.split()[1:] for fence in PAGE.fences if fence.language == "sh")
    assert publish(*new[1:], cwd=root).code == 0
    workspace = root / "my-clinic"
    for fence in PAGE.fences:
        if fence.path:
            (workspace / fence.path).parent.mkdir(exist_ok=True)
            (workspace / fence.path).write_text(fence.text, encoding="utf-8")
    settings = workspace / "sources/my-series/series.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("title: My Series", "title: Shoulders"), encoding="utf-8")
    ran = publish(*build[1:], cwd=root)
    assert (ran.code, ran.err) == (0, "")
    (named,) = re.findall(r"`(my-clinic/output/\S+\.pdf)`", PAGE.text)
    return root / str(named)


def test_it_is_one_side_with_the_readers_name(handout: Path) -> None:
    assert wrong_in(handout.read_bytes()) == []
    with pypdfium2.PdfDocument(handout) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    for words in (
        "Alex Example",
        "Green Lane Physiotherapy",
        "Shoulders",
        "A Stiff Shoulder",
        "Pendulum",
        "999",
    ):
        assert words in text


def test_its_picture_is_on_the_page(handout: Path) -> None:
    with pypdfium2.PdfDocument(handout) as document:
        picture = document[0].render(scale=1.2).to_pil().convert("RGB")
    # The logo, in the corner, has no size of its own: it is as tall as the letterhead allows.
    corner = picture.crop((50, 40, 120, 100)).getcolors(1 << 16)
    assert sum(count for count, colour in corner if colour == GREEN) > 300
    picture_files.keep(picture, "first-handout")
