"""Dates as exports have them."""

from __future__ import annotations

import datetime
from email.utils import parsedate_to_datetime


def date_in(written: str) -> datetime.date | None:
    """Return the day of a date in ISO 8601 or RFC 2822, None for anything else."""
    written = written.strip()
    try:
        found = datetime.date.fromisoformat(written[:10])
    except ValueError:
        try:
            found = parsedate_to_datetime(written).date()
        except (ValueError, TypeError, IndexError):
            return None
    return found if found.year > 1970 else None
