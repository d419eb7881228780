"""Grey stylesheets: each colour becomes a grey that is as dark, and nothing else changes."""

from __future__ import annotations

import pytest

from handpress.assets.colour import Colour
from handpress.layout.css.grey import greyed
from handpress.layout.css.stylesheet import Sheets
from handpress.series.settings.theme import Theme
from helpers.workspaces import CASES, bare_workspace


@pytest.mark.parametrize(
    ("written", "grey"),
    [
        ("p { color: #7a1f3d }", "p { color: rgb(62, 62, 62) }"),
        ("p { color: red }", "p { color: rgb(76, 76, 76) }"),
        ("p { border: 1pt solid rgb(0, 0, 255) }", "p { border: 1pt solid rgb(29, 29, 29) }"),
        (":root { --own: hsl(0 100% 50%) }", ":root { --own: rgb(76, 76, 76) }"),
        ("p { background: url(\"data:image/svg+xml,%3Cpath fill='%23f00'/%3E\") }",
         "p { background: url(\"data:image/svg+xml,%3Cpath fill='rgb(76, 76, 76)'/%3E\") }"),
        ("p { border-bottom: 1pt solid var(--accent) }", None),
        (".red-box { white-space: nowrap }", None),
        ('p { font-family: "Red Hat" }', None),
        ("p::before { content: 'red #f00' }", None),
        ("@page { background: no-repeat center / contain }", None),
        ("p { color: inherit; fill: none }", None),
    ],
)  # fmt: skip
def test_a_colour_in_any_place_becomes_grey(written: str, grey: str | None) -> None:
    assert greyed(written) == (written if grey is None else grey)


def test_a_theme_is_grey_as_well() -> None:
    """Also the colours that are derived from its own, and those of the text of a style."""
    sheets = Sheets(bare_workspace(CASES)).themed(Theme(accent=Colour(0xB0, 0x12, 0x4A)))
    coloured, grey = (sheets.layers("handout", "standard", "a4", grey) for grey in (False, True))
    assert "#b0124a" in coloured["tokens"]
    assert "#b0124a" not in grey["tokens"]
    assert "--brand: rgb(72, 72, 72)" in grey["tokens"]
