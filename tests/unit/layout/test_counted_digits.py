"""Digits in stylesheets: counters and the numbers of lists."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from handpress.core.files.workspace import find
from handpress.layout.css.digits import in_digits, of_series
from handpress.series.assemble import assemble_all
from handpress.series.model import Series
from helpers.workspaces import Book


@pytest.fixture
def english(book: Book) -> Series:
    workspace = find(book.root)
    assert workspace is not None
    return next(series for series, _ in assemble_all(workspace))


@pytest.fixture
def persian(english: Series) -> Series:
    return replace(english, language="fa", digits={"fa": "arabext"})


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("counter(page)", "counter(page, persian)"),
        ("counter( step ) '. '", "counter( step , persian) '. '"),
        ("counters(item, '.')", "counters(item, '.', persian)"),
        ('counters(item, ")")', 'counters(item, ")", persian)'),
        ("counter(page, lower-roman)", "counter(page, lower-roman)"),
        ("counter(page, decimal)", "counter(page, decimal)"),
        ("counter-reset: page 1", "counter-reset: page 1"),
    ],
)
def test_counters_have_the_digits(css: str, expected: str, persian: Series) -> None:
    """Except those with a style."""
    assert in_digits(css, "fa", persian).endswith(f"\n{expected}")


def test_their_style_is_defined_for_every_program(persian: Series) -> None:
    style, _ = in_digits("a {}", "fa", persian).split("\n")
    symbols = " ".join(f'"{digit}"' for digit in "۰۱۲۳۴۵۶۷۸۹")
    assert style == f"@counter-style persian {{ system: numeric; symbols: {symbols} }}"
    assert "list-style-type: persian" in of_series(persian)


def test_digits_without_a_style_of_css_have_one_of_their_own(english: Series) -> None:
    santali = replace(english, language="sat", digits={"sat": "olck"})
    assert "@counter-style olck" in in_digits("", "sat", santali)
    assert "list-style-type: olck" in of_series(santali)


def test_0_to_9_need_nothing(english: Series) -> None:
    assert in_digits("counter(page)", "en", english) == "counter(page)"
    assert of_series(english) == ""


def test_what_is_in_another_language_has_its_own(english: Series, persian: Series) -> None:
    assert '[lang="fa"] ol {\n  list-style-type: persian;' in of_series(english, persian)
    assert '[lang="en"] ol {\n  list-style-type: decimal;' in of_series(persian, english)
    assert in_digits("counter(page)", "en", english, persian).startswith("@counter-style persian")
