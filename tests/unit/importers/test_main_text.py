"""The main text: pages without a name for their article."""

from __future__ import annotations

import pytest

from handpress.importers.html import parse_fragment
from handpress.importers.recognise.main_text import main_text, trim_links
from handpress.markup.tree import text_of

PROSE = "This paragraph has more than enough words to be the prose of an article, and no links."
ARTICLE = f"<p>{PROSE}</p>" * 5
LINKS = '<ul><li><a href="/a">one link</a></li><li><a href="/b">another link</a></li></ul>'


@pytest.mark.parametrize(
    "page",
    [
        f'<div>{LINKS}</div><div id="x">{ARTICLE}</div><div>{LINKS}</div>',
        f"<table><tr><td>{LINKS}</td><td>{ARTICLE}</td></tr></table>",
        f'<main><div class="entry-content">{ARTICLE}</div><div>{PROSE}</div></main>',
        f"<article><p>{PROSE}</p></article><article>{ARTICLE}</article>",
    ],
)
def test_it_is_where_the_prose_is(page: str) -> None:
    assert text_of(main_text(parse_fragment(page))) == " ".join([PROSE] * 5)


def test_an_article_in_several_boxes_stays_whole() -> None:
    page = parse_fragment(f"<div><div>{ARTICLE}</div><div>{ARTICLE}</div></div>")
    assert text_of(main_text(page)) == " ".join([PROSE] * 10)


def test_links_around_it_are_listed_and_those_in_it_kept() -> None:
    article = parse_fragment(
        f"{LINKS}<div><p>{PROSE}</p>{LINKS}<p>{PROSE}</p><div>{LINKS}</div></div>"
    )
    losses = trim_links(article, "page")
    assert [loss.excerpt for loss in losses] == ["one link another link"] * 2
    assert text_of(article) == f"{PROSE} one link another link {PROSE}"
