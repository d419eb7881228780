"""Slugs, as laws: names of files and ids that every system, XML and a URL can hold."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.series.article import LONGEST, global_id, in_ascii, slug_of

ANY = st.text(max_size=80)


@settings(derandomize=True, max_examples=500)
@given(ANY)
def test_a_slug_is_its_own_slug(stem: str) -> None:
    slug = in_ascii(stem)
    assert in_ascii(slug) == slug


@settings(derandomize=True, max_examples=500)
@given(ANY, st.integers(12, LONGEST))
def test_a_slug_is_plain_and_short(stem: str, most: int) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", in_ascii(stem, most))
    assert len(in_ascii(stem, most)) <= most
    assert slug_of(f"03-{stem.replace('/', '')}.md") != "" or not stem


@settings(derandomize=True, max_examples=500)
@given(ANY, ANY)
def test_an_id_is_a_name_in_xml(stem: str, local: str) -> None:
    """And stays one when an article takes it from another: nothing is left to be replaced."""
    found = global_id(in_ascii(stem), local)
    assert re.fullmatch(r"[a-z][\w.\-]*", found)
