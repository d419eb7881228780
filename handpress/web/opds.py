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
        offers = [d for d in entry["downloads"] if not d.number]
        links = [
            {
                "rel": "http://opds-spec.org/acquisition/open-access",
                "href": f"{series.id}/{d.href}",
                "type": d.type,
            }
            for d in sorted(
                offers, key=lambda d: d.type == "application/pdf"
            )  # apps take the first
        ]
        if not links:
            continue
        metadata = {
            "@type": "http://schema.org/Book",
            "identifier": entry["identifier"],
            "title": series.title,
            "author": [a.name for a in series.authors],
            "language": series.language,
            "modified": entry["updated"],
        }
        for key in ("subtitle", "description", "publisher"):
            if value := getattr(series, key):
                metadata[key] = value
        width, height = entry["cover_size"]
        image = {"href": entry["cover"], "type": "image/png", "width": width, "height": height}
        publication: dict[str, Any] = {"metadata": metadata, "links": links}
        if entry["cover"]:
            publication["images"] = [image]
        publications.append(publication)
    catalogue = {
        "metadata": {"title": layout.words["shelf"]},
        "links": [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}],
        "publications": publications,
    }
    return json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n"
