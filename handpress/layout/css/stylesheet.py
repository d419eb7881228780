"""Stylesheets: the cascade layers of one medium in one style on one paper.

``layouts/styles/``: `tokens.css` (colours, faces, sizes), `base.css` (elements), `parts/`, `media/`,
`papers/`, ``styles/NAME/style.css``; `shared/` has rules for several papers and styles, which name them. A block's own
sheet is ``layouts/blocks/KIND/style.css``. The order of the layers is declared once and decides, so no rule needs
`!important`. A workspace's `tokens.css` is added to ours, and its `layouts/theme.css` overrides all of them. The tokens derived from the colour `--brand` are between ours and the
workspace's, so that each of them can be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from msgspec import Struct

from handpress.assets.colour import BLACK, Colour, Palette, palette, parse_colour
from handpress.core.caches import installed
from handpress.core.caches.code_hash import version
from handpress.core.caches.once import once
from handpress.core.files.disk import Asset, digest
from handpress.core.files.workspace import Workspace
from handpress.core.media import TABLE
from handpress.core.problems.problem import BrokenLayout, Place, problem
from handpress.core.styles import THEME, TOKENS, style_sheet, styles
from handpress.core.themes import theme_sheet
from handpress.layout.css.grey import greyed
from handpress.series.settings.theme import OURS, Theme

MOST = 200  # stylesheets whose tokens are kept
PRINTED = "styles/media/print.css"  # the rules that handouts and the book share
LAYERS = ("tokens", "base", "parts", "medium", "paper", "style", "theme", "piece")
# Tokens that are set for each series, from its faces and words.
GIVEN = (
    "--others",
    "--others-for-sans",
    "--others-for-code",
    "--page-of",
    "--page-of-beside",
    "--see-page",
)

# Tokens that the palette is derived from, in the order of its arguments, and those that it has.
GROUNDS = ("--brand", "--page", "--page-at-night", "--ink")
DERIVED = ("--on-brand", "--accent", "--tint", "--accent-at-night", "--tint-at-night")


class Style(Struct, frozen=True):
    """A style's own tokens for Handpress: the style whose rules stand before its own (`--base`), and the
    kind of file that its pages are made for (``--dosage: rows``).
    """

    base: str = ""
    kind: str = "pdf"


class Sheets:
    """The stylesheets of a workspace, each read once. Raises :class:`BrokenLayout` for a mistake in one of
    the workspace's own.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.theme = workspace, OURS
        self.tokens_by_text: dict[str, Mapping[str, str]] = {}
        self.names = [n for n in workspace.listing("layouts") if n.endswith(".css")]
        self.styles = styles(workspace)
        sheets = [_read(a, f"layouts/{TOKENS}") for a in workspace.overlays("layouts", TOKENS)]
        self.texts = {TOKENS: sheets[0]}
        self.own_tokens = "\n".join(sheets[1:])
        self.looks: tuple[object, ...] = ()  # the values of the theme that decide the sheets
        # Layers and tokens in each theme, by what was asked for.
        self.known: dict[tuple[object, ...], dict[str, str]] = {}
        self._check()

    def _check(self) -> None:
        own = [n for n in self.names if self.workspace.disk.is_file(f"layouts/{n}")]
        if not own:
            return
        from handpress.layout.css.check import declared, faults

        known: dict[str, Sequence[Any]] = dict.fromkeys((*GIVEN, *DERIVED), ())
        known |= declared(self.own_tokens)
        for name in self.names:
            known |= declared(self.text(name))
        for name in own:
            written = _read(self.workspace.disk.asset(f"layouts/{name}"), f"layouts/{name}")
            for found in faults(written, known):
                text = written.split("\n")[found.line - 1]
                place = Place(f"layouts/{name}", found.line, found.column, text=text)
                raise BrokenLayout(
                    problem("broken-layout", place, meant=found.meant, reason=found.reason)
                )
        for style in self.styles:
            self.style_options(style)
        for name in own:
            self._with_shared(name)

    def style_options(self, style: str) -> Style:
        """Return the options of a style, which are tokens in its stylesheet."""
        file = style_sheet(self.workspace, style)
        tokens = self.tokens_in(self.text(file))
        base = tokens.get("--base", "")
        if base and base not in self.styles:
            place, reason = Place(f"layouts/{file}"), f"there is no style `{base}`"
            raise BrokenLayout(problem("broken-layout", place, reason=reason))
        return Style(base, "pdf-rows" if tokens.get("--dosage") == "rows" else "pdf")

    def layers(
        self, medium: str, style: str = "", paper: str = "", grey: bool = False, piece: str = ""
    ) -> dict[str, str]:
        """The text of each layer. A file that is not there is an empty layer. `piece` names a sheet of
        `media/` for what is laid out apart from the rest of its medium, or several with spaces between.
        """
        asked = self.looks, medium, style, paper, grey, piece
        if asked not in self.known:
            found = self._written(medium, style, paper, piece)
            derived = _palette(self._tokens(found)).tokens
            found["tokens"] += ruled(":root", derived) + self.own_tokens
            shown = {layer: greyed(text) for layer, text in found.items()} if grey else found
            self.known[asked] = shown
        return dict(self.known[asked])

    def themed(self, theme: Theme) -> Sheets:
        """Return these sheets with the values of a theme, and the stylesheet of the one it begins as."""
        found = copy(self)
        found.theme = theme
        found.looks = (theme.base, theme.accent, theme.display, theme.text, theme.book)
        return found

    def tokens(self, medium: str, style: str = "", paper: str = "") -> dict[str, str]:
        """Return the values of all tokens of a medium, the derived ones after their colour."""
        asked = self.looks, "tokens", medium, style, paper
        if asked not in self.known:
            tokens = self._tokens(self._written(medium, style, paper))
            names = list(tokens)
            at = names.index("--brand") + 1
            before = {name: tokens[name] for name in names[:at]}
            self.known[asked] = before | _palette(tokens).tokens | tokens
        return dict(self.known[asked])

    def family(self, token: str, medium: str, style: str = "", paper: str = "") -> str:
        """Return the first family in the list of families that a token has."""
        tokens = self.tokens(medium, style, paper)
        value = f"var({token})"
        for _ in tokens:
            if not (other := re.match(r"var\(\s*(--[\w-]+)\s*\)", value)):
                break
            value = tokens.get(other[1], "")
        return value.partition(",")[0].strip("\"' ")

    def colour(self, token: str, medium: str) -> Colour:
        return _colour(token, self.tokens(medium))

    def _tokens(self, layers: Mapping[str, str]) -> dict[str, str]:
        tokens: dict[str, str] = {}
        for layer, text in layers.items():
            tokens |= self.tokens_in(text)
            if layer == "tokens":
                tokens |= self.tokens_in(self.own_tokens)
        return tokens

    def tokens_in(self, text: str) -> Mapping[str, str]:
        """Return the tokens that a stylesheet sets on the root; reading all of them takes as long as a page."""
        if text not in self.tokens_by_text:
            self.tokens_by_text[text] = _tokens(text)
        return self.tokens_by_text[text]

    def _written(
        self, medium: str, style: str = "", paper: str = "", piece: str = ""
    ) -> dict[str, str]:
        """Return the text of each layer as it is in the files, without the workspace's tokens."""
        parts, ours = sorted(filter(_part, self.names), key=_part), self.text(TOKENS)
        shared = self.text(PRINTED) if medium in TABLE and TABLE[medium].paper else ""
        return {
            "tokens": ours + _chosen(self.theme, self.tokens_in(ours)),
            "base": self.text("styles/base.css"),
            "parts": "\n".join(map(self.text, parts)),
            "medium": shared + self.text(f"styles/media/{medium}.css"),
            "paper": self._with_shared(f"styles/papers/{paper}.css"),
            "style": "\n".join(map(self._with_shared, self._based(style))),
            "theme": self.text(theme_sheet(self.theme.base)) + self.text(THEME),
            "piece": "".join(self.text(f"styles/media/{name}.css") for name in piece.split()),
        }

    def _with_shared(self, name: str) -> str:
        """Return a stylesheet after the rules in `styles/shared/` that its token `--shared` names."""
        text = self.text(name)
        found = [text]
        for rules in reversed(self.tokens_in(text).get("--shared", "").split()):
            if (file := f"styles/shared/{rules}.css") not in self.names:
                place, reason = Place(f"layouts/{name}"), f"there are no shared rules `{rules}`"
                raise BrokenLayout(problem("broken-layout", place, reason=reason))
            found.insert(0, self.text(file))
        return "".join(found)

    def _based(self, style: str) -> list[str]:
        """The sheets of a style, that of the style it begins as before its own."""
        found: list[str] = []
        while style and (file := style_sheet(self.workspace, style)) not in found:
            found.insert(0, file)
            style = self.style_options(style).base
        return found

    def text(self, name: str) -> str:
        if name not in self.texts:
            asset = self.workspace.overlay("layouts", name) if name in self.names else None
            self.texts[name] = _read(asset, f"layouts/{name}") if asset else ""
        return self.texts[name]


def _part(name: str) -> str:
    """The block or other part of a page that the stylesheet `name` is for; "" if it is for none."""
    found = re.fullmatch(r"styles/parts/(.+)\.css|blocks/([^/]+)/style\.css", name)
    return found[1] or found[2] if found else ""


def _read(asset: Asset, name: str) -> str:
    try:
        return asset.read().decode()
    except UnicodeDecodeError as error:
        raise BrokenLayout(problem("broken-layout", Place(name), reason=error)) from None


# The lists of families that a family of a theme goes before.
LISTS = {"display": ("--display",), "text": ("--sans", "--narrow"), "book": ("--book-face",)}


def _chosen(theme: Theme, tokens: Mapping[str, str]) -> str:
    """Return the tokens that a theme sets; `tokens` are ours."""
    found = {"--brand": theme.accent.hex} if theme.accent else {}
    for key, lists in LISTS.items():
        if family := getattr(theme, key):
            found |= {t: f"{quoted(family)}, {tokens[t]}" for t in lists if t in tokens}
    return ruled(":root", found) if found else ""


def _palette(tokens: Mapping[str, str]) -> Palette:
    return palette(*(_colour(name, tokens) for name in GROUNDS))


def _colour(name: str, tokens: Mapping[str, str]) -> Colour:
    """Return the colour that a token has, by way of other tokens as well; black if it has none."""
    value = tokens.get(name, "")
    for _ in tokens:
        if not (other := re.fullmatch(r"var\(\s*(--[\w-]+)\s*\)", value)):
            break
        value = tokens.get(other[1], "")
    return parse_colour(value) or BLACK


@lru_cache(maxsize=64)
def _tokens(css: str) -> dict[str, str]:
    """Return the tokens that a stylesheet sets on the root, which are found once for an installation."""

    def find() -> dict[str, str]:
        installed.keep_newest("tokens", MOST)
        return {
            name: value
            for selectors, pairs in rules_of(css)
            if selectors == [":root"]
            for name, value in pairs
            if name.startswith("--")
        }

    return once(f"tokens{digest(css.encode())[:25]}", version("tinycss2"), find)


def layered(parts: Mapping[str, str]) -> str:
    """One stylesheet of cascade layers, for WeasyPrint and browsers."""
    body = "".join(f"@layer {name} {{\n{text}\n}}\n" for name, text in parts.items() if text)
    return f"@layer {', '.join(LAYERS)};\n{body}"


Pairs = list[tuple[str, str]]  # names and values, in order


def rules_of(css: str) -> Iterator[tuple[list[str], Pairs]]:
    """The rules of a stylesheet but those that begin with an at sign: selectors and declarations."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        inside = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        pairs = [
            (
                d.name if d.name.startswith("--") else d.lower_name,
                tinycss2.serialize(d.value).strip(),
            )
            for d in inside
            if d.type == "declaration"
        ]
        # No selector of ours has a comma inside brackets.
        yield [" ".join(s.split()) for s in tinycss2.serialize(rule.prelude).split(",")], pairs


def ruled(selector: str, pairs: Mapping[str, str]) -> str:
    """Return a rule with declarations, on lines of their own."""
    inside = "".join(f"  {name}: {value};\n" for name, value in pairs.items())
    return f"\n{selector} {{\n{inside}}}\n"


def of_language(words: Mapping[str, Any]) -> str:
    """Return the tokens that have the marks of a language in place of ours."""
    marks = {
        "--full-stop": (words["full_stop"], ". "),
        "--between-facts": (words["numerals"].between, " · "),
    }
    others = {token: quoted(mark) for token, (mark, ours) in marks.items() if mark != ours}
    return ruled(":root", others) if others else ""


def quoted(text: str) -> str:
    """`text` as a CSS string."""
    return '"' + re.sub(r'[\\"\n]', lambda m: f"\\{ord(m.group()):x} ", text) + '"'
