"""Numerals: the digits of each language of the CLDR, and texts with numbers in them."""

from __future__ import annotations

import copy
import pickle
import unicodedata

import pytest
from babel.core import Locale
from babel.localedata import locale_identifiers

from handpress.core.in_english import InEnglish
from handpress.core.numerals import (
    LATIN,
    SYSTEMS,
    Numerals,
    Pattern,
    decimal_of,
    numerals_of,
)

PERSIAN, ARABIC = Numerals("arabext"), Numerals("arab")
# The ten characters of Chinese are not in a row. No language has them by default.
NOT_IN_A_ROW = {"hanidec"}


def test_the_table_has_the_digits_of_every_language() -> None:
    """Those that the CLDR gives by default, and those that it calls native."""
    locales = [Locale.parse(name) for name in locale_identifiers()]
    default = {locale.default_numbering_system for locale in locales}
    native = {locale.other_numbering_systems.get("native") for locale in locales} - {None}
    assert default <= SYSTEMS.keys()
    assert native - SYSTEMS.keys() == NOT_IN_A_ROW


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_digits_are_in_order(name: str) -> None:
    assert [unicodedata.decimal(digit) for digit in Numerals(name).digits] == list(range(10))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "latn"), ("fa", "arabext"), ("fa-AF", "arabext"), ("ps", "arabext"), ("pa-Arab", "arabext"),
        ("ar", "arab"), ("ar-EG", "arab"), ("ar-AE", "latn"), ("ar-MA", "latn"), ("ckb", "arab"),
        ("hi", "latn"), ("mr", "deva"), ("ne", "deva"), ("bn", "beng"), ("my", "mymr"), ("ur", "latn"),
        ("zh-Hans", "latn"), ("no", "latn"), ("tlh", "latn"), ("en-x-own", "latn"),
    ],
)  # fmt: skip
def test_each_language_has_those_of_the_cldr(language: str, name: str) -> None:
    assert numerals_of(language).name == name


def test_numbers_are_written_in_the_digits() -> None:
    assert (PERSIAN.write(120), PERSIAN.write("8 to 10"), PERSIAN.write("٣")) == (
        "۱۲۰",
        "۸ to ۱۰",
        "۳",
    )
    assert (LATIN.write(120), LATIN.write("۱۲ xii"), LATIN.write("½ ²")) == ("120", "12 xii", "½ ²")


def test_a_text_writes_whole_numbers_and_leaves_texts_as_they_are() -> None:
    """A telephone number or the name of a version comes as text."""
    page = PERSIAN.pattern("صفحهٔ {number} از {total}")
    assert page.format(number=3, total="12") == "صفحهٔ ۳ از 12"
    assert type(PERSIAN.pattern("صفحه")) is str
    assert LATIN.pattern("Page {number}") == "Page {number}"
    assert type(LATIN.pattern("Page {number}")) is str


def test_a_text_stays_what_it_is_in_copies() -> None:
    """Recipes are copied, and go to other processes."""
    page = PERSIAN.pattern("{number}")
    assert isinstance(page, Pattern)
    for other in (copy.deepcopy(page), pickle.loads(pickle.dumps(page))):
        assert other.format(number=3) == "۳"


def test_english_among_the_words_of_another_language_has_the_digits_of_the_page() -> None:
    page = InEnglish("Page {number} of {total}", numerals=Numerals("deva"))
    assert page.format(number=3, total=10) == "Page ३ of १०"


def test_the_decimal_mark_is_that_between_these_digits() -> None:
    assert (decimal_of("fa", PERSIAN), decimal_of("ar", ARABIC), decimal_of("ar", LATIN)) == (
        "٫",
        "٫",
        ".",
    )
    assert decimal_of("mr", Numerals("deva")) is None
