"""Justified lines in scripts with a face of their own are drawn as wide as they are measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handpress.core.files.disk import Asset
from handpress.press.pdf import engine
from helpers.workspaces import ROOT

SHEET = b"""
@font-face { font-family: Latin; src: url(fonts/latin.ttf) }
@font-face { font-family: Own; src: url(fonts/own.ttf) }
@page { size: 120mm 90mm; margin: 10mm }
p { font: 10pt/14pt Latin, Own; text-align: justify; width: 70mm; margin: 0 }
"""
WORDS = {
    "he": "אב גד הו <b>זח</b> טי <bdi dir=ltr>25\u00a0kg</bdi>, כל מנ סע פצ קר שת. ",
    "hi": "कंधा हर दिन <b>धीरे</b> चलाएं, 25\u00a0kg से कम, और सांस लेते रहें। ",
}
FACES = {"he": "NotoSansHebrew-Regular.ttf", "hi": "NotoSansDevanagari-Regular.ttf"}
EDGE = 70 * 96 / 25.4  # CSS pixels: the width of the text


def lines(language: str) -> list[list[Any]]:
    """Return the texts of each line that is justified, from left to right."""
    engine.engine()
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    direction = "rtl" if language == "he" else "ltr"
    html = f"<html dir={direction} lang={language}><body><p>{WORDS[language] * 6}</p>"
    files = {
        "index.html": Asset.of(html.encode()),
        "style.css": Asset.of(SHEET),
        "fonts/latin.ttf": Asset.file(ROOT / "fonts/literata/Literata-Regular.ttf"),
        "fonts/own.ttf": Asset.file(ROOT / "fonts/spare" / Path(FACES[language])),
    }
    (page,) = engine.laid_out(files, "").pages
    found = [box for box in page._page_box.descendants() if isinstance(box, LineBox)]
    texts = [[box for box in line.descendants() if isinstance(box, TextBox)] for line in found]
    return [sorted(line, key=lambda box: box.position_x) for line in texts[:-1]]


@pytest.mark.parametrize("language", WORDS)
def test_each_text_is_drawn_from_its_neighbour_to_the_next(language: str) -> None:
    shown = lines(language)
    assert len(shown) > 4
    left = min(texts[0].position_x for texts in shown)
    from weasyprint.text.line_break import line_size

    for texts in shown:
        edge = left
        for box in texts:
            assert box.position_x == pytest.approx(edge, abs=0.05)
            box.pango_layout.reactivate(box.style)
            edge += line_size(box.pango_layout.get_first_line()[0], box.style)[0]
        assert edge == pytest.approx(left + EDGE, abs=0.05)
