"""Faces of a page: spare ones only for a character that needs them, and signs for characters without any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handpress.build.load import compose_layout
from handpress.core.files.disk import Asset
from handpress.core.files.workspace import find
from handpress.layout.design import Design
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.series.assemble import assemble

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{}</text></svg>'


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    folder = tmp_path_factory.mktemp("series")
    (folder / "knee.md").write_text("# Knee\n\nRest.\n")
    workspace = find(folder)
    assert workspace
    series, _ = assemble(workspace, ".")
    return compose_layout(Design(workspace), series)[0]


def files(layout: Layout, body: str, drawing: str = "", css: str = "") -> dict[str, Asset]:
    assets = {"pictures/d.svg": Asset.of(DRAWING.format(drawing).encode())}
    sheet = stylesheet(layout, "handout") + css
    page = f"<html><head><title>膝 𒀀</title></head><body>{body}</body></html>"
    return page_files(layout, page, sheet, assets)


def spare(layout: Layout, body: str, drawing: str = "", css: str = "") -> set[str]:
    """The spare faces among the files of a page; its stylesheet loads each of them."""
    made = files(layout, body, drawing, css)
    sheet = made["style.css"].read().decode()
    found = {name for name in made if re.match("fonts/(Noto|IBM)", name)}
    assert set(re.findall(r'url\("(fonts/(?:Noto|IBM)[^"]+)"\)', sheet)) == found
    return {Path(name).stem for name in found if "Bold" not in name and "Italic" not in name}


def test_an_ordinary_page_has_no_spare_face(layout: Layout) -> None:
    """Its stylesheet is the same for all of them. A title in the head is not drawn."""
    made = files(
        layout, "<p>Café – low\u2011back, 5 × 3, soft\u00adhyphen\ufeff. <code>a = b</code>"
    )
    assert not [name for name in made if "Noto" in name]
    assert made["style.css"].read().decode() == stylesheet(layout, "handout")


@pytest.mark.parametrize(
    ("body", "drawing", "css", "faces"),
    [
        ("<p>✓ ★", "", "", {"NotoSansSymbols2-Regular"}),
        ("<p>🙂", "", "", {"NotoEmoji-Regular"}),
        ("<p>⚠", "", "", {"NotoSansSymbols2-Regular"}),
        ("<p>⚠\ufe0f", "", "", {"NotoSansSymbols2-Regular", "NotoEmoji-Regular"}),
        ("<p>ركبة", "", "", {"IBMPlexSansArabic-Regular"}),
        ("<p>a", "ركبة", "", {"IBMPlexSansArabic-Regular"}),
        ("<p>a", "", 'p::before { content: "★" }', {"NotoSansSymbols2-Regular"}),
        ("<p>Nguyễn", "", "", {"NotoSans-Regular"}),
        ("<pre><code>├─ ж</code></pre>", "", "", {"NotoSansMonoWide-Regular", "NotoSans-Regular"}),
        ("<p>1\ufe0f\u20e3 First", "", "", set()),
    ],
)
def test_a_character_brings_its_face(
    body: str, drawing: str, css: str, faces: set[str], layout: Layout
) -> None:
    """In text, in a drawing, in a stylesheet."""
    assert spare(layout, body, drawing, css) == faces


def test_a_sign_stands_for_a_character_without_a_face(layout: Layout) -> None:
    """On the page and in drawings; not in alternative text, addresses and the title, which are not drawn."""
    made = files(layout, '<p data-head="𒀀 x">a 𒀀 b<img alt="𒀀" src="d"></p>', "𒀀 c")
    page = made["index.html"].read().decode()
    assert '<p data-head="� x">a � b<img alt="𒀀" src="d"></p>' in page
    assert "<title>膝 𒀀</title>" in page
    assert "<text>� c</text>" in made["pictures/d.svg"].read().decode()
    assert "fonts/NotoSans-Regular.ttf" in made


def test_a_line_may_end_after_each_sign_for_what_is_written_without_spaces(layout: Layout) -> None:
    made = files(layout, '<p data-head="x">a \U0002a6d7\U0002a6d8𒀀𒀀</p>')
    assert "a �\u200b�\u200b��</p>" in made["index.html"].read().decode()


def test_a_key_is_a_digit_in_a_frame(layout: Layout) -> None:
    """In an attribute it is the digit."""
    made = files(layout, '<p data-head="1\ufe0f\u20e3 x">1\ufe0f\u20e3 and 2\u20e3 b</p>')
    page = made["index.html"].read().decode()
    assert re.sub(r' style="[^"]+"', "", page).endswith(
        '<p data-head="1 x"><span>1</span> and <span>2</span> b</p></body></html>'
    )
