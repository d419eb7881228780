"""Embedded media: what takes the place of a video, a sound or a page of another site."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.disk import Disk
from handpress.series.parse import parse

WATCH = "https://www.youtube.com/watch?v=x1-Y"
POSTER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2"/></svg>'


def read(folder: Path, text: str) -> tuple[str, list[str]]:
    (folder / "still.svg").write_text(POSTER)
    (folder / "a.md").write_text(f"# A\n\n{text}\n", encoding="utf-8")
    article, problems = parse(Disk(folder), "a.md")
    return article.body.strip(), [f"{p.place.line} {p.code}" for p in problems]


@pytest.mark.parametrize(
    ("written", "body"),
    [
        (
            '<iframe width="560" src="https://www.youtube.com/embed/x1-Y?rel=0" title="A \'squat\'"></iframe>',
            f'<p><a href="{WATCH}">A ‘squat’</a></p>',
        ),
        (
            '<iframe src="//www.youtube-nocookie.com/embed/x1-Y"></iframe>',
            f'<p><a href="{WATCH}">youtube.com/watch?v=x1-Y</a></p>',
        ),
        (
            '<iframe src="https://player.vimeo.com/video/12?h=3">Squats</iframe>',
            '<p><a href="https://vimeo.com/12">Squats</a></p>',
        ),
        (
            '<video controls><source src="https://a.org/s.mp4">Your browser cannot play it.</video>',
            '<p><a href="https://a.org/s.mp4">a.org/s.mp4</a></p>',
        ),
        (
            '<p>See <audio src="https://a.org/s.mp3" aria-label="the steps"></audio> here.</p>',
            '<p>See <a href="https://a.org/s.mp3">the steps</a> here.</p>',
        ),
        (
            '<div class="video"><object data="https://a.org/s.pdf">The <b>form</b></object></div>',
            '<div class="video"><p><a href="https://a.org/s.pdf">The form</a></p></div>',
        ),
        (
            '<video poster="still.svg">A squat</video>',
            '<p><span><img src="picture:still.svg" alt="A squat" /></span></p>',
        ),
        (
            '<embed src="javascript:alert(1)" title="Words">',
            "<p><span>Words</span></p>",
        ),
    ],
)
def test_what_takes_its_place(written: str, body: str, tmp_path: Path) -> None:
    assert read(tmp_path, written) == (body, ["3 embedded-media"])


def test_a_picture_with_a_link(tmp_path: Path) -> None:
    body, problems = read(
        tmp_path, '<video src="https://a.org/s.mp4" poster="still.svg" title="A squat"></video>'
    )
    assert 'href="https://a.org/s.mp4"' in body
    assert '<img src="picture:still.svg" alt="A squat" />' in body
    assert body.startswith("<figure>")
    assert problems == ["3 embedded-media"]


def test_a_file_beside_the_article_keeps_its_words(tmp_path: Path) -> None:
    body, problems = read(tmp_path, '<video src="squat.mp4" title="A squat"></video>')
    assert "A squat" in body
    assert problems[0] == "3 embedded-media"


def test_without_address_and_words_it_is_removed(tmp_path: Path) -> None:
    assert read(tmp_path, "Words.\n\n<iframe></iframe>") == ("<p>Words.</p>", ["5 html-removed"])


@pytest.mark.parametrize(
    ("written", "alt"),
    [
        ("![](still.svg)", None),
        ('![](still.svg "The knee bent")', "The knee bent"),
        ('Words ![](still.svg "The knee bent") here', "The knee bent"),
        ("<figure><img src='still.svg'><figcaption>The <b>knee</b></figcaption></figure>", "The knee"),
        ("![A knee](still.svg \"Bent\")", "A knee"),
        ("![](still.svg){: .decorative }", ""),
    ],
)  # fmt: skip
def test_title_and_caption_are_words_for_a_picture(
    written: str, alt: str | None, tmp_path: Path
) -> None:
    body, problems = read(tmp_path, f"Text.\n\n{written}")
    assert f'alt="{alt or ""}"' in body
    assert problems == (["5 missing-alt"] if alt is None else [])
