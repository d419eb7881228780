"""Released editions in addresses: the place on an article's page that is about copies of one edition."""

from __future__ import annotations

from msgspec.structs import replace

from handpress.series.ledger.editions import Edition
from handpress.series.model import Series


def present(series: Series) -> Edition | None:
    """Return the released edition that a series has now, None for one that is only planned or without a ledger."""
    position = series.edition, series.revision
    return next((e for e in series.editions if e.position == position), None)


def anchor_of(edition: Edition) -> str:
    """Return the id of an edition on the pages of its articles: ``edition-2``, or ``edition-2-1`` for a revision."""
    return f"edition-{edition.label.replace('.', '-')}"


def as_released(series: Series, edition: Edition) -> Series:
    """Return a series with number, revision and date of one of its editions."""
    return replace(series, edition=edition.number, revision=edition.revision, date=edition.date)
