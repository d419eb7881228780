"""Style: sheets in layers for the press and for browsers, flat and plain for e-readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.core.files.workspace import Workspace
from handpress.core.media import PAPERS
from handpress.core.styles import styles
from handpress.epub.css import flatten
from handpress.layout.css.stylesheet import LAYERS, Sheets, layered, quoted, rules_of
from helpers.workspaces import ROOT, bare_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return bare_workspace(tmp_path)


def flat(**parts: str) -> str:
    return flatten(dict.fromkeys(LAYERS, "") | parts)


# --- Layers ------------------------------------------------------------------------------------


def test_the_layers_are_declared_once_in_their_order(workspace: Workspace) -> None:
    """Which rule wins is decided by the order of the layers, from tokens to theme, not by shouting."""
    sheet = layered(Sheets(workspace).layers("handout", "large-print", "a4"))
    assert sheet.startswith("@layer tokens, base, parts, medium, paper, style, theme, piece;\n")
    found = list(re.findall(r"^@layer (\w+) \{", sheet, re.M))
    assert found == [layer for layer in LAYERS if layer in found]
    assert {"tokens", "base", "parts", "medium", "style"} <= set(found)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "layouts/styles").rglob("*.css")), ids=lambda f: f.name
)
def test_no_sheet_shouts(file: Path) -> None:
    """No rule of ours says `!important`."""
    assert "!important" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "file", sorted((ROOT / "layouts/styles").rglob("*.css")), ids=lambda f: f.name
)
def test_every_sheet_is_css(file: Path) -> None:
    """Every sheet parses without an error."""

    def errors(rules: list[object]) -> list[str]:
        return [rule.message for rule in rules if rule.type == "error"]  # type: ignore[attr-defined]

    rules = tinycss2.parse_stylesheet(file.read_text(encoding="utf-8"))
    assert errors(rules) == []
    for rule in rules:
        if rule.type == "qualified-rule":
            assert errors(tinycss2.parse_blocks_contents(rule.content)) == []


@pytest.mark.parametrize(
    "name", [*(f"styles/{s}" for s in styles()), *(f"papers/{p}" for p in PAPERS)]
)
def test_every_style_and_paper_has_its_sheet(name: str) -> None:
    file = f"{name}/style.css" if name.startswith("styles/") else f"{name}.css"
    assert (ROOT / "layouts/styles" / file).is_file()


def test_a_workspaces_own_sheet_takes_the_place_of_ours(workspace: Workspace) -> None:
    """So does a part that only the workspace has: it joins the others."""
    for name, text in (("styles/standard", "p { color: red }"), ("parts/own", ".own { top: 0 }")):
        file = workspace.disk.root / f"layouts/styles/{name}.css"
        file.parent.mkdir(parents=True)
        file.write_text(text)
    found = Sheets(workspace).layers("handout", "standard", "a4")
    assert found["style"] == "p { color: red }"
    assert ".own { top: 0 }" in found["parts"]
    assert ".exercise" in found["parts"]


# --- Flattened ---------------------------------------------------------------------------------


def test_the_ebooks_sheet_is_plain(workspace: Workspace) -> None:
    """No variable, no sum, no layer, no colour, no address is left: what e-readers stumble over."""
    sheet = flatten(Sheets(workspace).layers("epub"))
    assert sheet.strip()
    for word in (
        "var(",
        "calc(",
        "@layer",
        "--",
        "url(",
        "rgb",
        "attr(",
        "position",
        "grid",
        "flex",
    ):
        assert word not in sheet, word
    names = {
        d.lower_name
        for rule in tinycss2.parse_stylesheet(sheet, skip_whitespace=True)
        for d in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    }
    assert not {n for n in names if "color" in n or "background" in n or "shadow" in n}
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", sheet)


def test_the_levels_of_care_boxes_differ_in_their_bars_in_ebooks(workspace: Workspace) -> None:
    """The weight of the bar is the level, also where an app shows no sign: without it, urgent was as plain as a note."""
    sheet = flatten(Sheets(workspace).layers("epub"))
    assert re.search(r"^\.care \{[^}]*border-left-width: 2pt", sheet, re.M)
    assert re.search(r"^\.care\.urgent \{[^}]*border-left-width: 5pt", sheet, re.M)
    assert re.search(r"^\.care\.emergency \{[^}]*border-width: [^;}]* 5pt", sheet, re.M)


def test_every_declaration_of_the_ebooks_sheet_has_a_value(workspace: Workspace) -> None:
    """A variable that the ebook does not know leaves no `width: ;` behind (EPUBCheck, CSS-008)."""
    for rule in tinycss2.parse_stylesheet(
        flatten(Sheets(workspace).layers("epub")), skip_whitespace=True
    ):
        assert rule.type == "qualified-rule", rule
        for found in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True):
            assert found.type == "declaration"
            assert tinycss2.serialize(found.value).strip(), (rule.serialize(), found.name)


VALUE = st.recursive(
    st.sampled_from(("2pt", "1.5em", "0", "3", "var(--a)", "var(--b)", "var(--none)", "red")),
    lambda inside: st.one_of(
        st.builds("calc({} {} {})".format, inside, st.sampled_from("+-*/"), inside),
        st.builds("({} {} {})".format, inside, st.sampled_from("+-*/"), inside),
        st.builds("var(--{}, {})".format, st.sampled_from(("a", "none")), inside),
        st.builds("{} {}".format, inside, inside),
    ),
    max_leaves=5,
)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(VALUE, VALUE, VALUE)
def test_whatever_a_theme_says_is_worked_out_or_left_out(a: str, b: str, value: str) -> None:
    """No e-reader gets a variable or a sum, however they are nested, and no variable ends in itself."""
    sheet = flat(tokens=f":root {{ --a: {a}; --b: {b} }}", parts=f"p {{ margin: {value}; top: 0 }}")
    assert "var(" not in sheet
    assert "calc(" not in sheet


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("p { margin: var(--a) }", "p { margin: 0.333em }"),
        ("p { margin: var(--b) }", "p { margin: 0.333em }"),
        ("p { margin: calc(var(--a) * 1.5) }", "p { margin: 0.5em }"),
        ("p { margin: calc(9pt / 2) }", "p { margin: 0.375em }"),
        ("p { font-size: 9PT }", "p { font-size: 0.75em }"),
        ("p { margin: 0 3mm 1in 40q }", "p { margin: 0 0.709em 6em 2.362em }"),
        ("p { border-top: 2pt solid #0e5a5a }", "p { border-top: 2pt solid }"),
        ("p { width: 50vw }", ""),
        ("p { hyphens: none }", "p { -epub-hyphens: none; -webkit-hyphens: none; hyphens: none }"),
        ("p { color: red; margin: 0 }", "p { margin: 0 }"),
        ("p { position: absolute }", ""),
        ("p { display: flex; width: 1em }", "p { width: 1em }"),
        ("p { margin: var(--unknown) }", ""),
        ("p { margin: calc(1pt + 2em) }", ""),
        ("p { margin: CALC(9pt / 2) }", "p { margin: 0.375em }"),
        ("p { margin: var(--unknown) 2em }", ""),
        ("p { margin: var(--unknown, 2em) }", "p { margin: 2em }"),
        ("p { margin: var(--unknown, var(--a)) 1em }", "p { margin: 0.333em 1em }"),
        ("p { margin: var(--unknown, var(--other)) }", ""),
        ("p { margin: VAR( --a ) }", "p { margin: 0.333em }"),
        ("p { margin: calc((1pt + 2pt) * 2) }", ""),
        ("p { margin: min(1em, 2em) }", ""),
        (
            ":root { --c: var(--d); --d: var(--c) } p { margin: var(--c); padding: 0 }",
            "p { padding: 0 }",
        ),
        ("p { break-before: page }", "p { page-break-before: always; break-before: page }"),
        ("p { break-inside: avoid }", "p { page-break-inside: avoid; break-inside: avoid }"),
        ("p { break-before: right }", "p { page-break-before: always; break-before: page }"),
        ("/* no */ p{margin:0}", "p { margin: 0 }"),
        ("@page { margin: 0 }", ""),
    ],
)
def test_flattening(given: str, expected: str) -> None:
    """Variables and simple sums are worked out; what cannot be, or is not safe, is left out. Lengths grow
    with the text, except the thickness of lines. Old readers know some properties by other names.
    """
    tokens = ":root { --a: 4pt; --b: var(--a) }"
    assert flat(tokens=tokens, base=given).strip() == expected


def test_a_later_layer_sets_a_variable_for_all() -> None:
    """A medium's own value holds in the rules of the layers before it, as it does in a browser."""
    parts = {"tokens": ":root { --a: 1pt }", "base": "p { margin: var(--a) }"}
    assert flat(**parts, medium=":root { --a: 3pt }").strip() == "p { margin: 0.25em }"


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("p { margin: 0 }", "p { margin: 1em }", "p { margin: 1em }"),
        ("p { margin-top: 0 }", "p { margin: 1em }", "p { margin: 1em }"),
        ("p { margin: 0 }", "p { margin-top: 1em }", "p { margin: 0 }\np { margin-top: 1em }"),
        ("p, li { margin: 0 }", "p { margin: 1em }", "li { margin: 0 }\np { margin: 1em }"),
        ("p { margin: 0 }", "p.x { margin: 1em }", "p { margin: 0 }\np.x { margin: 1em }"),
        ("p { border: 0; border-top: 1pt solid }", "", "p { border: 0; border-top: 1pt solid }"),
        ("td { border-collapse: collapse }", "td { border: 0 }",
         "td { border-collapse: collapse }\ntd { border: 0 }"),
    ],
)  # fmt: skip
def test_what_is_overruled_is_left_out(earlier: str, later: str, expected: str) -> None:
    """Only where a later rule has the very selector: anything else may still be right somewhere."""
    assert flat(base=earlier, medium=later).strip() == expected


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("p { margin: 0 }", True),
        (".care > p:first-child::before { margin: 0 }", True),
        ('p[lang="de"] { margin: 0 }', True),
        ("table { margin: 0 }", False),
        ("p.lead { margin: 0 }", False),
        (".care li { margin: 0 }", False),
    ],
)
def test_what_no_page_has_needs_no_rule(rule: str, kept: bool) -> None:
    sheet = flatten(dict.fromkeys(LAYERS, "") | {"base": rule}, {"p", "section", ".care"})
    assert bool(sheet) == kept


@pytest.mark.parametrize("text", ["plain", 'with "quotes"', "a\\b", "line\nbreak", "</style>"])
def test_a_quoted_text_is_one_css_string(text: str) -> None:
    """Any title is one string token, and reads the same."""
    (token,) = tinycss2.parse_component_value_list(quoted(text))
    assert (token.type, token.value) == ("string", text)


def test_media_on_paper_share_their_rules(workspace: Workspace) -> None:
    """Each is in one sheet, which screens do not have, and a medium may override it."""
    shared = (ROOT / "layouts/styles/media/print.css").read_text(encoding="utf-8")
    for medium in ("handout", "book"):
        own = (ROOT / f"layouts/styles/media/{medium}.css").read_text(encoding="utf-8")
        assert Sheets(workspace).layers(medium)["medium"] == shared + own
    for medium in ("web", "epub", "cover"):
        assert "data-fit" not in Sheets(workspace).layers(medium)["medium"]
    both = [rules_in(medium) for medium in ("handout", "book")]
    assert {found for found in both[0] & both[1] if "data-fit" in found[0]} == set()


def rules_in(medium: str) -> set[tuple[str, str]]:
    """The rules of a medium's own sheet: selector and declarations."""
    css = (ROOT / f"layouts/styles/media/{medium}.css").read_text(encoding="utf-8")
    return {(", ".join(selectors), repr(pairs)) for selectors, pairs in rules_of(css)}


def test_no_token_has_two_meanings() -> None:
    """The second of two with one name replaces the first, without a warning."""
    sheet = (ROOT / "layouts/styles/tokens.css").read_text(encoding="utf-8")
    names = re.findall(r"^  (--[\w-]+):", sheet, re.MULTILINE)
    assert len(names) > 40
    assert [name for name in names if names.count(name) > 1] == []
