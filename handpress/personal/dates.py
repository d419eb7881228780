"""Dates in a table of clients: recognised in the usual notations, or refused with the reason."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from handpress.layout.words import Words, long_date
from handpress.personal.columns import WrongCell

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")
SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
AMBIGUOUS = (
    "its day and month could be exchanged: write it as `2026-11-28`, or choose which comes first"
)
TIME = re.compile(r"[ T](\d{1,2}:\d{2})(?::00)?$")


class NoSuchDay(WrongCell):
    """A date with a day that its month does not have."""


def in_words(text: str, words: Words, first: str = "") -> str:
    """Return a date, with its time if it has one, in `words`; other text as it is. Raises as :func:`read_date`."""
    day, time = without_time(text)
    date = read_date(day, first)
    if date is None:
        return text
    if not time.strip("0:"):
        return long_date(date, words)
    return f"{long_date(date, words)}, {words['numerals'].write(time)}"


def read_date(text: str, first: str = "") -> datetime.date | None:
    """Return the date in `text`; None for words, such as `in two weeks`, which are printed as they are.

    Of a date with slashes, the day or the month is `first`. Without that, one that could be both is refused.
    Raises :class:`WrongCell`.
    """
    if any(character.isalpha() for character in text):
        return None
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := DOTS.fullmatch(text):
        day, month, year = found.groups()
    elif found := SLASHES.fullmatch(text):
        one, two, year = found.groups()
        day, month = _in_order(int(one), int(two), first)
    else:
        raise WrongCell("it is not a date: write it as `2026-11-28`")
    try:
        return datetime.date(int(year) + 2000 * (len(year) == 2), int(month), int(day))
    except ValueError:
        raise NoSuchDay("there is no such day") from None


def order_of(texts: Iterable[str]) -> str:
    """Return the part that comes first in dates such as `29/11/2026`, "" without one, or if two of them disagree."""
    orders = set()
    for text in texts:
        if found := SLASHES.fullmatch(without_time(text.strip())[0]):
            one, two = int(found[1]), int(found[2])
            orders |= {"day"} if one > 12 >= two else {"month"} if two > 12 >= one else set()
    return orders.pop() if len(orders) == 1 else ""


def without_time(text: str) -> tuple[str, str]:
    """Return a date and the time after it, "" without one."""
    found = TIME.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _in_order(one: int, two: int, first: str) -> tuple[int, int]:
    """Return the day and the month of two numbers."""
    if not first and one <= 12 and two <= 12 and one != two:
        raise WrongCell(AMBIGUOUS)
    month_first = first == "month" or (not first and two > 12)
    return (two, one) if month_first else (one, two)
