"""Doses in another language: numbers, ranges and amounts of time or weight, by the Unicode CLDR."""

from __future__ import annotations

import re
from typing import Literal

from handpress.core.numerals import LATIN, Numerals

# The words between the ends of a range, as authors write them.
BETWEEN = {
    "ar": "إلى", "cs": "až", "da": "til", "de": "bis", "en": "to", "es": "a", "fr": "à", "it": "a",
    "nb": "til", "nl": "tot", "pl": "do", "pt": "a", "ru": "до", "sv": "till", "uk": "до",
}  # fmt: skip
# The sign between them in print, where it is not a dash.
RANGES = {"ja": "～", "ko": "~"}
UNITS = (
    "duration-second",
    "duration-minute",
    "duration-hour",
    "duration-day",
    "duration-week",
    "mass-gram",
    "mass-kilogram",
    "mass-pound",
    "length-centimeter",
    "length-meter",
)
LENGTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")


def in_language(dose: str, own: str, wanted: str, numerals: Numerals) -> str | None:
    """Return a dose that is written in the language `own` as it is in the `wanted` one, None if it has other words.

    Its numbers are written in `numerals`.
    """
    found = _in_language(LATIN.write(dose), own, wanted)
    return None if found is None else numerals.write(found)


def _in_language(dose: str, own: str, wanted: str) -> str | None:
    between = re.escape(BETWEEN.get(own.partition("-")[0].lower(), "–"))
    form = rf"(?:(\d+)(?:\s*[–~～〜-]\s*|\s+{between}\s+))?(\d+)(\D*)"
    found = re.fullmatch(form, " ".join(dose.split()))
    if found is None:
        return None if any(map(str.isalpha, dose)) else dose
    first, last, unit = found.groups()
    amount = _amount(int(last), unit.strip(), own, wanted) if unit.strip() else last
    if amount is None or amount.count(last) != 1:
        return None
    tongue = wanted.partition("-")[0].lower()
    if tongue == "ja":
        amount = amount.replace(" ", "")
    return amount.replace(last, f"{first}{RANGES.get(tongue, '–')}{last}") if first else amount


def _amount(number: int, unit: str, own: str, wanted: str) -> str | None:
    """Return a number with its unit in another language, None if that is not a unit."""
    from babel.core import Locale, UnknownLocaleError
    from babel.units import format_unit

    try:
        here, there = Locale.parse(own, sep="-"), Locale.parse(wanted, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    for kind in UNITS:
        for length in LENGTHS:
            known = format_unit(number, kind, length, locale=here)
            if known.replace(str(number), "").strip(" .\u00a0") == unit.strip(" ."):
                return format_unit(number, kind, length, locale=there)
    return None
