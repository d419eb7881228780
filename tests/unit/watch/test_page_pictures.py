"""The pages of a PDF as pictures. One that the browser will ask for is drawn before it does."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from handpress.watch.sheets import Sheets
from handpress.watch.views import View, Views

WIDTH = 480


@pytest.fixture
def handout(published: Path) -> bytes:
    return next((published / "output").rglob("handouts/*.pdf")).read_bytes()


def test_a_picture_is_as_wide_as_it_was_asked_for(handout: bytes) -> None:
    """Rounded up, so that a window that is dragged does not ask for each width."""
    with Image.open(io.BytesIO(Sheets(handout).picture(0, WIDTH - 10))) as picture:
        assert picture.width == WIDTH


def test_both_forms_of_a_picture_show_the_same(handout: bytes) -> None:
    forms = (Sheets(handout).picture(0, WIDTH, form) for form in ("BMP", "PNG"))
    bmp, png = (Image.open(io.BytesIO(data)) for data in forms)
    assert (bmp.format, bmp.mode, bmp.size) == ("BMP", png.mode, png.size)
    assert bmp.tobytes() == png.tobytes()


def test_what_is_drawn_early_is_what_would_be_drawn(handout: bytes) -> None:
    """It is given once: nobody asks for a picture twice."""
    sheets = Sheets(handout)
    picture = sheets.picture(0, WIDTH, "BMP")
    sheets.draw(0, WIDTH, "BMP")
    assert [*sheets.drawn.values()] == [picture]
    assert sheets.picture(0, WIDTH, "BMP") == picture
    assert not sheets.drawn


def test_the_page_that_changed_is_drawn_as_the_browser_asked_before(
    handout: bytes, tmp_path: Path
) -> None:
    """Without a wish so far, or a place that changed, nothing is drawn."""
    views = Views(tmp_path)
    views.open["1"] = Sheets(handout)
    views.views["handout"] = View("article.md", "1", spot=None)
    views.draw_handout()
    assert views.picture("1", 0, WIDTH, "BMP")
    views.draw_handout()
    assert not views.open["1"].drawn
    sheets = views.open["1"]
    word = sheets.text(0).words[0][0]
    views.views["handout"] = View("article.md", "1", spot=sheets.find((word,)))
    views.draw_handout()
    assert [*sheets.drawn] == [(0, WIDTH, "BMP")]


def test_pages_that_are_gone_have_no_picture(handout: bytes, tmp_path: Path) -> None:
    views = Views(tmp_path)
    assert views.picture("1", 0, WIDTH, "PNG") is None
    views.open["1"] = Sheets(handout)
    assert views.picture("1", 99, WIDTH, "PNG") is None
    views.open["1"].close()
    assert views.picture("1", 0, WIDTH, "PNG") is None
