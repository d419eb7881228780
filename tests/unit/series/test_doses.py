"""Doses in other languages: the words, the sign of a range, and the space before a unit."""

from __future__ import annotations

import pytest

from handpress.core.numerals import LATIN
from handpress.series.doses import in_language


@pytest.mark.parametrize(
    ("dose", "own", "wanted", "written"),
    [
        ("8 to 10", "en", "de", "8–10"),
        ("8 to 10", "en", "ja", "8～10"),
        ("8 to 10", "en", "ko", "8~10"),
        ("2 to 3 minutes", "en", "ja", "2～3分"),
        ("5 seconds", "en", "ja", "5秒"),
        ("5 seconds", "en", "es", "5 segundos"),
        ("2～3分", "ja", "en", "2–3 minutes"),
        ("until tired", "en", "ja", None),
    ],
)
def test_a_dose_is_written_as_its_language_writes_it(
    dose: str, own: str, wanted: str, written: str | None
) -> None:
    assert in_language(dose, own, wanted, LATIN) == written
