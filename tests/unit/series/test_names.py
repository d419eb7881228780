"""The names of articles, as their paths give them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.series.names import name_of, names_of


def slugs(*paths: str) -> list[str]:
    """The slugs of articles in a series, in the order of their paths."""
    names, _ = names_of(paths, ".")
    return [names[path].slug for path in paths]


@pytest.mark.parametrize(
    ("path", "slug", "title"),
    [
        ("02-strong-glutes.md", "strong-glutes", "Strong glutes"),
        ("foot.MD", "foot", "Foot"),
        ("foot.markdown", "foot", "Foot"),
        ("back.qmd", "back", "Back"),
        ("1_2_offer.md", "offer", "Offer"),
        ("1.2 Offer.md", "offer", "Offer"),
        ("02-10-ways.md", "10-ways", "10 ways"),
        ("2021-review.md", "2021-review", "2021 review"),
        ("2021-13-01-x.md", "2021-13-01-x", "2021 13 01 x"),
        ("3d-printing.md", "3d-printing", "3d printing"),
        ("01-.md", "01", "01"),
        ("knee/index.md", "knee", "Knee"),
        ("01-knee/README.md", "knee", "Knee"),
        ("part/knee/_index.md", "knee", "Knee"),
        ("Morning walk.textbundle/text.markdown", "morning-walk", "Morning walk"),
        ("index.md", "index", "Index"),
        ("README.md", "readme", "README"),
        ("4 - HTTP.md", "http", "HTTP"),
        ("21 08 2026.md", "21-08-2026", "21 08 2026"),
        ("Erste Schritte.md", "erste-schritte", "Erste Schritte"),
        ("Stop-and-wait in use.md", "stop-and-wait-in-use", "Stop-and-wait in use"),
        ("applyMiddleware.md", "applymiddleware", "ApplyMiddleware"),
        ("01.introduction.md", "introduction", "Introduction"),
    ],
)
def test_a_name_leaves_out_number_and_ending(path: str, slug: str, title: str) -> None:
    assert (name_of(path).slug, name_of(path).title, name_of(path).date) == (slug, title, None)


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("2021-03-04-knee.md", "knee"),
        ("_posts/2021-03-04-knee.markdown", "knee"),
        ("20210304-knee.md", "knee"),
        ("2021-03-04_knee.md", "knee"),
        ("2021-03-04-knee/index.md", "knee"),
        ("2021-03-04.md", "2021-03-04"),
    ],
)
def test_a_date_before_the_name_is_the_date_of_the_article(path: str, slug: str) -> None:
    assert (name_of(path).slug, name_of(path).date) == (slug, datetime.date(2021, 3, 4))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["intro.md", "part-1/knee.md"], ["intro", "knee"]),
        (["part-1/knee.md", "part-2/knee.md"], ["part-1-knee", "part-2-knee"]),
        (["knee.md", "part-1/knee.md"], ["knee", "part-1-knee"]),
        (["a/x/knee.md", "b/x/knee.md", "c/hip.md"], ["a-x-knee", "b-x-knee", "hip"]),
        (["01-a/1-knee.md", "02-b/1-knee.md"], ["a-knee", "b-knee"]),
        (["01-knee.md", "02-knee.md"], ["01-knee", "02-knee"]),
        (["2021-03-04-news.md", "2022-03-04-news.md"], ["2021-03-04-news", "2022-03-04-news"]),
        (["knee.md", "knee.qmd"], ["knee", "knee-2"]),
        (["knee/_index.md", "knee/index.md"], ["knee-index", "knee"]),
        (["a/knee/_index.md", "a/knee/index.md", "b/knee.md"], ["knee-index", "a-knee", "b-knee"]),
        (["knee/_index.md", "knee/_index.de.md"], ["knee", "knee-2"]),
        (["knee.md", "knee/index.md"], ["knee", "knee-2"]),
        (["a-knee.md", "a/knee.md", "b/knee.md"], ["a-knee", "a-knee-2", "b-knee"]),
    ],
)
def test_articles_of_one_name_are_told_apart(paths: list[str], expected: list[str]) -> None:
    assert slugs(*paths) == expected


def test_only_articles_of_one_folder_are_a_mistake() -> None:
    _, problems = names_of(["a/knee.md", "b/knee.md", "b/02-hip.md", "b/03-hip.md"], ".")
    assert [(p.code, p.place.path) for p in problems] == [("duplicate-article", "b/03-hip.md")]


PIECE = st.sampled_from(["a", "b", "01-a", "2021-03-04-a", "index", "readme", "_index", "é", "a-b"])


@settings(derandomize=True, max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.lists(PIECE.filter(bool), max_size=3), PIECE, st.sampled_from([".md", ".MD", ".qmd"])
        )
    )
)
def test_every_article_has_a_name_of_its_own(parts: list[tuple[list[str], str, str]]) -> None:
    paths = list(dict.fromkeys("/".join([*folders, stem + end]) for folders, stem, end in parts))
    names, _ = names_of(paths, ".")
    assert list(names) == paths
    assert len({name.slug for name in names.values()}) == len(paths)
    assert all(name.slug for name in names.values())
    assert names_of(reversed(paths), ".")[0].keys() == names.keys()
