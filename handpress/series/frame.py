"""The frame of a series: everything that its pages may show, except the text of their own article.

A page depends on its article and on the frame. A new word in an article does not change the frame; a new title or heading
does.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from handpress.core.files.disk import Asset, digest
from handpress.core.files.source import Source
from handpress.core.problems.problem import Place
from handpress.series.article import Article
from handpress.series.model import Series
from handpress.series.settings.yaml_reader import Settings

PLAIN = {str, int, float, bool, type(None)}
APART = ("digests", "levels")  # fields of a series that no page shows


def frame_of(series: Series) -> str:
    """Return the hash of a series without the text of its articles."""
    whole = {n: getattr(series, n) for n in series.__struct_fields__ if n not in APART}
    whole["articles"] = [_without_text(article) for article in series.articles]
    return digest(json.dumps(_plain(whole)).encode())


def _without_text(article: Article) -> list[object]:
    return [
        article.slug,
        article.path,
        article.title,
        article.settings,
        article.anchors,
        article.pictures,
        article.looked_up,
        sorted(article.formulas),
    ]


def _plain(value: Any) -> Any:
    """Return a value as JSON. Places are left out, since no page shows a line of a source."""
    if type(value) in PLAIN:  # by far most
        return value
    match value:
        case bool() | int() | float() | str():
            return value
        case Asset():
            return value.digest
        case Settings():
            return _plain(value.values)
        case Source() | Place():
            return None
        case Mapping():
            return [[_plain(key), _plain(inside)] for key, inside in value.items()]
        case Set():
            return sorted(map(_plain, value), key=repr)
        case list() | tuple():
            return [_plain(each) for each in value]
        case datetime.date() | Path():
            return str(value)
        case bytes():
            return digest(value)
        case Struct():
            return [_plain(part) for part in astuple(value)]
    raise TypeError(f"a {type(value).__name__} is in a series")
