"""Shared parts of web pages: their stylesheet, faces and recipes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handpress.assets.fonts import Face
from handpress.core.direction import direction
from handpress.core.files.disk import Asset
from handpress.layout.css.digits import in_digits, of_series
from handpress.layout.css.rtl import flip
from handpress.layout.css.stylesheet import layered, of_language
from handpress.layout.layout import Layout
from handpress.layout.words import Words, names
from handpress.press.recipe import Recipe
from handpress.series.model import Series

# The tokens with the families of web pages, and the weights of each, upright or italic; others are only for print.
WEB_FACES = {
    "--text-face": ((400, False), (400, True), (700, False)),
    "--display": ((600, False),),
    "--mono": ((400, False),),
}

# Strings stay as they are; comments go, and white space around the ends of lines.
SPARE = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\s*/\*.*?\*/|(\s*\n\s*)""", re.DOTALL
)


def stylesheet(layout: Layout, at: str, language: str = "", piece: str = "") -> str:
    """Return the stylesheet of a web page in `language` (by default the series').

    `at` is the path from the page to its output folder. `piece` is a sheet of `media/` that only some pages have.
    """
    rules = "".join(
        face.css(f"{at}fonts/{face.name.rpartition('/')[2]}").replace(
            "font-style", "font-display: swap; font-style"
        )
        for face in faces(layout)
    )
    parts = layout.sheets.layers("web", piece=piece)
    parts["tokens"] += (
        "\n:root {\n  --others: system-ui, sans-serif;\n  --others-for-sans: system-ui, sans-serif;\n  --others-for-code: ui-monospace, monospace;\n}\n"
    )
    language = language or layout.series.language
    parts["tokens"] += of_language(layout.words_of(language)) + of_series(layout.series)
    sheet = flip(layered(parts), direction(language))
    return compact(rules + in_digits(sheet, language, layout.series))


def compact(css: str) -> str:
    """Return a stylesheet without comments, indents and empty lines: every page contains it."""
    return SPARE.sub(lambda found: found[1] or ("\n" if found[2] else " "), css)


def faces(layout: Layout) -> list[Face]:
    """Return the faces on web pages, those nearest in weight to the ones that are wanted."""
    found = []
    for token, wanted in WEB_FACES.items():
        family = layout.sheets.family(token, "web")
        for weight, italic in wanted:
            there = [f for f in layout.faces if (f.family, f.italic) == (family, italic)]
            found += sorted(there, key=lambda face: abs(face.weight - weight))[:1]
    return list(dict.fromkeys(found))


# Characters above the articles that leave room for the first handout on the first screen of a phone.
MOST_ABOVE = 330


LEAST = 120  # characters of a description, however long the names are
SENTENCE = re.compile(r"[.!?][\"'”’»)]*(?=\s)|[。！？]")


def description_first(series: Series, words: Words) -> bool:
    """Return whether a series' description has room above its articles; otherwise it is below them."""
    return bool(series.description) and len(series.description) <= _room(series, words)


def _room(series: Series, words: Words) -> int:
    above = (series.title, series.subtitle, names(series.authors, words))
    return MOST_ABOVE - sum(map(len, above))


def short_description(series: Series, words: Words) -> str:
    """Return the description as far as it has room beside others, up to a sentence's end or with an ellipsis."""
    return beginning(series.description, max(LEAST, _room(series, words)))


def beginning(text: str, most: int) -> str:
    """Return at most the first `most` characters of a text: whole sentences if they fill half of them, or else whole words."""
    if len(text) <= most:
        return text
    ends = [m.end() for m in SENTENCE.finditer(text, 0, most + 1) if most // 2 <= m.end() <= most]
    if ends:
        return text[: ends[-1]]
    # A language without spaces is cut after any character.
    cut = text[: most - 1]
    words = cut.rpartition(" ")[0] if text[most - 1] != " " else cut
    return f"{(words if len(words) > most // 2 else cut).rstrip(' ,;:–—-.')}…"


def page(layout: Layout, path: str, files: Mapping[str, Asset], **facts: Any) -> Recipe:
    series = layout.series
    return Recipe(
        path, "copy", files, medium="web", series=series.id, edition=series.edition, **facts
    )


def copy(layout: Layout, path: str, asset: Asset, kind: str = "picture") -> Recipe:
    series = layout.series
    causes = {kind: asset.digest}
    return Recipe(
        path,
        "copy",
        {"file": asset},
        medium="web",
        series=series.id,
        edition=series.edition,
        causes=causes,
    )
