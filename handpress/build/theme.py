"""The theme of a workspace or a series: its tokens, the contrast of its colours, and its specimen."""

from __future__ import annotations

from msgspec import Struct

from handpress.build.load import load
from handpress.core.files.workspace import Workspace
from handpress.core.problems.problem import Problem
from handpress.layout.css.tokens import Pair, Token, pairs_of, tokens_of
from handpress.layout.layout import Layout
from handpress.layout.variant import Variant
from handpress.press.pool import Failed, press
from handpress.press.result import Rendered
from handpress.print.specimen import specimen


class ThemeInUse(Struct, frozen=True):
    """The theme of one series, or of all of them."""

    layout: Layout

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tokens_of(self.layout.sheets)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return pairs_of(self.layout.sheets)

    def specimen(self, style: str, paper: str) -> Rendered:
        """Print a handout that shows all of the theme. Raises RuntimeError if it cannot be printed."""
        made = press(specimen(self.layout, Variant(style, paper)))
        if isinstance(made, Failed):
            raise RuntimeError(made.reason)
        return made


def themes_in_use(workspace: Workspace) -> tuple[dict[str, ThemeInUse], tuple[Problem, ...]]:
    """Return the theme of each series by its id, that of several under "", and all problems."""
    loaded = load(workspace)
    found = {layout.series.id: ThemeInUse(layout) for layout in loaded.shown}
    if found:
        first = loaded.shown[0]
        found[""] = ThemeInUse(first if len(found) == 1 else first.shared)
    return found, loaded.problems
