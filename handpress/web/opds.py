"""The shelf as an OPDS 2.0 catalogue (JSON)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handpress.layout.layout import Layout


def opds2(entries: Sequence[Mapping[str, Any]], layout: Layout) -> str:
    """Return the catalogue in OPDS 2.0: a collection of Readium web publications."""
    publications = []
    for entry in entries:
        series = entry["series"]
        links = [
            {
                "rel": "http://opds-spec.org/acquisition/open-access",
                "href": f"{series.id}/{d.href}",
                "type": d.type,
            }
            for d in entry["whole"]  # apps take the first
        ]
        if not links:
            continue
        metadata = {
            "@type": "http://schema.org/Book",
            "identifier": entry["identifier"],
            "title": series.title,
            "author": [a.name for a in series.authors],
            "language": series.language,
        }
        if series.date:
            metadata["modified"] = entry["updated"]
        for key in ("subtitle", "description", "publisher"):
            if value := getattr(series, key):
                metadata[key] = value
        publication: dict[str, Any] = {"metadata": metadata, "links": links}
        if images := _images(entry):
            publication["images"] = images
        publications.append(publication)
    catalogue = {
        "metadata": {"title": layout.words["shelf"]},
        "links": [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}],
        "publications": publications,
    }
    return json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n"


def _images(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cover of a series in each size, the largest first."""
    images = []
    if entry["cover"]:
        size = dict(zip(("width", "height"), entry["cover_size"], strict=True))
        images.append({"href": entry["cover"], "type": "image/png", **size})
    if small := entry["thumbnail"]:
        href = f"{entry['series'].id}/{small.href}"
        size = {"width": small.width, "height": small.height}
        images.append({"href": href, "type": "image/jpeg", **size})
    return images
