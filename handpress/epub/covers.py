"""Covers of the ebooks that only an option asks for: bundles and single articles."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from handpress.epub.publication import EbookJob
from handpress.press.recipe import Recipe
from handpress.print.cover import cover


def recipes(job: EbookJob) -> Iterator[Recipe]:
    """Yield a cover for each of these ebooks."""
    for publication in job.publications:
        yield replace(
            cover(publication.layout),
            path=publication.cover,
            article=publication.article,
            members=publication.bundled,
            asked=True,
        )
