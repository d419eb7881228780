"""Pictures that cannot be published: a frame with their words is in their place, in every medium."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.disk import Disk
from handpress.series import parse as series_parse
from handpress.series.parse import parse
from helpers.finished import pdf_text
from helpers.pictures import svg
from helpers.workspaces import Book

FRAME = '<span class="missing-picture"><span data-word="missing_picture"></span> {}</span>'


def body(folder: Path, text: str) -> tuple[str, list[str]]:
    (folder / "tides.md").write_text(text, encoding="utf-8")
    article, problems = parse(Disk(folder), "tides.md")
    return article.body, [p.code for p in problems]


@pytest.mark.parametrize(
    ("written", "words", "codes"),
    [
        ("![A low wave](wave.png)", "A low wave", ["missing-picture"]),
        ("![A low wave](../../wave.png)", "A low wave", ["outside-picture"]),
        ("![A low wave](https://example.org/w.png)", "A low wave", ["remote-picture"]),
        ("![A low wave](tides.md)", "A low wave", ["broken-picture"]),
        ("![](images/wave.png?size=2)", "wave.png", ["missing-alt", "missing-picture"]),
        ("![](https://example.org/a/w.png)", "w.png", ["missing-alt", "remote-picture"]),
    ],
)
def test_a_frame_has_the_words_of_the_picture(
    written: str, words: str, codes: list[str], tmp_path: Path
) -> None:
    """Without an alternative text it has the name of the file."""
    found, problems = body(tmp_path, f"The sea.\n\n{written}\n\nIt comes {written} in.\n")
    frame = FRAME.format(words)
    assert f"<figure>{frame}</figure>" in found
    assert f"<p>It comes {frame} in.</p>" in found
    assert problems == codes * 2


def test_a_frame_keeps_caption_link_and_place(tmp_path: Path) -> None:
    text = '[![A wave](w.png "At night")](https://example.org/)\n\n![B](b.png){: #b only="web" }\n'
    found, _ = body(tmp_path, text)
    assert f'<a href="https://example.org/">{FRAME.format("A wave")}</a>' in found
    assert "<img" not in found
    assert 'id="tides--b"' in found
    assert 'only="web"' in found


def test_a_decorative_picture_leaves_nothing(tmp_path: Path) -> None:
    """It has no meaning to replace; its message remains."""
    found, problems = body(tmp_path, "The sea.\n\n![](w.png){: .decorative }\n\nIt comes.\n")
    assert (found.count("<"), problems) == (4, ["missing-picture"])


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "wave.png").symlink_to("wave.png")
    (tmp_path / "tides.md").write_text("![A wave](wave.png)\n", encoding="utf-8")
    (found,) = parse(Disk(tmp_path), "tides.md")[1]
    assert (found.code, found.why) == ("broken-picture", "it is a link to itself")


def test_a_slow_picture_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article is read again without it: its text and its other pictures are there."""
    monkeypatch.setattr(series_parse, "SECONDS", 0.3)
    rules = "".join(f".a{n} ~ g {{}}" for n in range(500))
    (tmp_path / "slow.svg").write_bytes(svg(f"<style>{rules}</style>" + "<g/>" * 5_000))
    (tmp_path / "wave.svg").write_bytes(svg('<path d="M0 0h9v9z"/>'))
    found, problems = body(tmp_path, "Text.\n\n![a](slow.svg)\n\n![A wave](wave.svg)\n")
    assert problems == ["huge-picture"]
    assert "<p>Text.</p>" in found
    assert FRAME.format("a") in found
    assert 'src="picture:wave.svg"' in found


def test_the_frame_is_in_every_medium(book: Book) -> None:
    (book.root / "sources/moon/images/tide.svg").unlink()
    ran = book.build()
    assert ran.code == 0
    assert "there is no file `images/tide.svg`" in ran.err
    for path in ("moon/handouts/neap.pdf", "moon/moon.pdf"):
        text = " ".join(" ".join(pdf_text(book.output / path)).split())
        assert "Missing picture: A low, long wave" in text
        assert "A neap tide in a harbour" in text
    page = (book.output / "moon/articles/neap.html").read_text(encoding="utf-8")
    assert "<span>Missing picture:</span> A low, long wave" in page
