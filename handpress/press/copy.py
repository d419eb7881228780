"""Copying: a file that needs no press, such as a web page or its pictures."""

from __future__ import annotations

from collections.abc import Mapping

from handpress.core.files.disk import Asset
from handpress.press.options import Options
from handpress.press.result import Rendered


def copy_file(files: Mapping[str, Asset], options: Options) -> Rendered:
    """Return the only file of a recipe as it is."""
    (asset,) = files.values()
    return Rendered(asset.read())
