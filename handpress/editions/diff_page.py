"""A page with the differences between two states of a workspace: their sentences, and their handouts side by side."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from handpress.core.direction import dir_attribute
from handpress.editions.compare import Compared
from handpress.editions.differences import ArticleDifferences
from handpress.editions.printed import Spread, printed, spreads


class Shown(Struct, frozen=True):
    """An article of the page, with its printed pages."""

    differences: ArticleDifferences
    spreads: tuple[Spread, ...]

    @property
    def about(self) -> str:
        return self.differences.about

    @property
    def changed(self) -> list[Spread]:
        return [spread for spread in self.spreads if spread.change]

    @property
    def same(self) -> list[Spread]:
        return [spread for spread in self.spreads if not spread.change]


def diff_page(compared: Sequence[Compared]) -> str:
    """Return the page in HTML, with everything that it shows."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"data": _data, "dir": dir_attribute}
    series = [(each, _shown(each)) for each in compared]
    return environment.get_template("diff.html").render(series=series)


def _shown(compared: Compared) -> list[Shown]:
    changed = compared.differences.changed
    old = printed(compared.old, {a.old_slug or a.slug for a in changed if a.kind != "added"})
    new = printed(compared.new, {a.slug for a in changed if a.kind != "removed"})
    return [
        Shown(a, tuple(spreads(old.get(a.old_slug or a.slug), new.get(a.slug)))) for a in changed
    ]


def _data(picture: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture).decode()}"
