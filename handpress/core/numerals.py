"""Numerals: the digits in which Handpress writes numbers of its own, by the Unicode CLDR.

A language has a numbering system, by the name that the CLDR gives it: `arabext` for Persian, ۰ to ۹. Numbers in
places that programs read, such as ids, addresses and file names, keep the digits 0 to 9, as do those that authors type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from msgspec import Struct

from handpress.core.caches.code_hash import version
from handpress.core.caches.once import once

DIGIT = re.compile(r"\d")


class System(NamedTuple):
    """A numbering system: its digit zero, which the others follow, and its name in CSS, "" for none.

    The names are those of Predefined Counter Styles (W3C), section 3. `between` separates facts in one line.
    """

    zero: str
    in_css: str = ""
    between: str = " · "


# An Arabic zero is a dot: with one after it, a telephone number would have a digit more.
SEMICOLON = "\N{ARABIC SEMICOLON} "


# By the names of the CLDR: every system that is a language's default or its native one, and whose digits are in a row.
SYSTEMS = {
    "latn": System("0", "decimal"),
    "adlm": System("\U0001e950"),
    "arab": System("\u0660", "arabic-indic", SEMICOLON),
    "arabext": System("\u06f0", "persian", SEMICOLON),
    "beng": System("\u09e6", "bengali"),
    "cakm": System("\U00011136"),
    "deva": System("\u0966", "devanagari"),
    "gujr": System("\u0ae6", "gujarati"),
    "guru": System("\u0a66", "gurmukhi"),
    "hmnp": System("\U0001e140"),
    "java": System("\ua9d0"),
    "khmr": System("\u17e0", "khmer"),
    "knda": System("\u0ce6", "kannada"),
    "laoo": System("\u0ed0", "lao"),
    "mlym": System("\u0d66", "malayalam"),
    "mong": System("\u1810", "mongolian"),
    "mtei": System("\uabf0"),
    "mymr": System("\u1040", "myanmar"),
    "nkoo": System("\u07c0"),
    "olck": System("\u1c50"),
    "orya": System("\u0b66", "oriya"),
    "tamldec": System("\u0be6", "tamil"),
    "telu": System("\u0c66", "telugu"),
    "thai": System("\u0e50", "thai"),
    "tibt": System("\u0f20", "tibetan"),
    "vaii": System("\ua620"),
}


class Numerals(Struct, frozen=True):
    """The digits of one numbering system, named as in the CLDR."""

    name: str

    @property
    def digits(self) -> str:
        """The ten digits, from zero on."""
        zero = ord(SYSTEMS[self.name].zero)
        return "".join(map(chr, range(zero, zero + 10)))

    @property
    def style(self) -> str:
        """The name of their counter style in CSS."""
        return SYSTEMS[self.name].in_css or self.name

    @property
    def between(self) -> str:
        """The mark between numbers and other facts in one line, with its spaces."""
        return SYSTEMS[self.name].between

    def write(self, number: int | str) -> str:
        """Return a number, or a text with numbers in any digits, in these digits."""
        text = str(number)
        if self == LATIN and text.isascii():
            return text
        return DIGIT.sub(lambda digit: self.digits[int(digit[0])], text)

    def fill(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a text's blanks, whole numbers in these digits; texts stay as they are."""
        return {n: self.write(v) if isinstance(v, int) else v for n, v in values.items()}

    def pattern(self, text: str) -> str:
        """Return a text whose `format` writes whole numbers in these digits."""
        return text if self == LATIN or "{" not in text else Pattern(text, self)


LATIN = Numerals("latn")  # 0 to 9


class Pattern(str):
    """A text with blanks that takes whole numbers in the digits of a language."""

    __slots__ = ("numerals",)

    numerals: Numerals

    def __new__(cls, text: str, numerals: Numerals) -> Pattern:
        made = super().__new__(cls, text)
        made.numerals = numerals
        return made

    def __getnewargs__(self) -> tuple[str, Numerals]:  # type: ignore[override]  # `str` has its text alone
        return str(self), self.numerals

    # A property, since the sandbox of the templates has a `str.format` of its own.
    @property
    def format(self) -> Callable[..., str]:
        """A function as `str.format`."""
        return partial(_filled, self)


def _filled(pattern: Pattern, **values: Any) -> str:
    return str.format(pattern, **pattern.numerals.fill(values))


@lru_cache(maxsize=256)
def numerals_of(language: str) -> Numerals:
    """Return the numerals that the CLDR gives a language, 0 to 9 for one that it does not know.

    A tag without a region has those of the region where most of its readers are: `ar` those of Egypt.
    """
    # Found once for an installation: Babel reads all that the CLDR knows of a language for it.
    name, of = "digits" + "".join(filter(str.isalnum, language)), f"{language} {version('babel')}"
    system = once(name, of, partial(_system_of, language))
    return Numerals(system) if system in SYSTEMS else LATIN


def _system_of(language: str) -> str:
    """Return the CLDR's name of the numerals of a language; "" if it does not know the language."""
    from babel.core import Locale, UnknownLocaleError, get_global

    likely = get_global("likely_subtags").get(language, "").replace("_", "-")
    for tag in (likely, language, language.partition("-")[0]):
        try:
            return str(Locale.parse(tag, sep="-").default_numbering_system)
        except (UnknownLocaleError, ValueError):
            continue
    return ""


def decimal_of(language: str, numerals: Numerals) -> str | None:
    """Return the decimal mark of a language between these numerals; None if the CLDR has no other one for them."""
    from babel.core import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(language, sep="-").number_symbols
    except (UnknownLocaleError, ValueError):
        return None
    mark = symbols.get(numerals.name, {}).get("decimal")
    return None if mark is None else str(mark)
