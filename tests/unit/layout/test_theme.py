"""Theme: tokens, rules and styles of a workspace's own, and the messages on those that cannot be used."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handpress.core.styles import styles
from handpress.epub.css import flatten
from handpress.layout.css.check import declared, faults
from handpress.layout.css.stylesheet import LAYERS, Sheets
from helpers.workspaces import Book, bare_workspace

TOKENS, THEME = "layouts/styles/tokens.css", "layouts/theme.css"
ROSE = "layouts/styles/styles/rose/style.css"


def sheet(book: Book, medium: str = "handout", **options: object) -> dict[str, str]:
    """The layers of a medium in the workspace."""
    there = bare_workspace(book.root)
    return Sheets(there).layers(medium, **options)  # type: ignore[arg-type]


# --- Tokens and rules --------------------------------------------------------------------------


def test_a_token_of_ones_own_leaves_all_others(book: Book) -> None:
    """A workspace's tokens come after ours, so that one of them is enough."""
    book.write(TOKENS, ":root { --brand: #7a1f3d; }")
    tokens = sheet(book)["tokens"]
    assert tokens.rindex("--brand: #7a1f3d") > tokens.index("--brand: #0e5a5a")
    assert "--half: 8pt" in tokens
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, ""), ran.err


def test_a_theme_stands_over_every_medium(book: Book) -> None:
    """Only the rules that the binding of a book needs override a theme."""
    book.write(THEME, "h1 { letter-spacing: 0.05em }")
    assert LAYERS.index("theme") > LAYERS.index("style")
    for medium in ("handout", "book", "epub", "web", "cover", "booklet"):
        assert sheet(book, medium)["theme"] == "h1 { letter-spacing: 0.05em }"
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, ""), ran.err
    assert "letter-spacing: 0.05em" in book.read("output/moon/index.html")
    with zipfile.ZipFile(book.output / "moon/moon.epub") as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("style.css"))
        assert "letter-spacing: 0.05em" in epub.read(name).decode()


@pytest.mark.parametrize(
    ("css", "place", "reason"),
    [
        ("p { margin: 0 }\nh1 { color: var(--brnad) }", "2:13", "no token `--brnad`"),
        ("p { margin: calc(var(--accnt) + 2pt) }", "1:18", "did you mean `--accent`?"),
        ("p { margin: var() }", "1:13", "`var()` wants the name of a token"),
        (":root { --half: + }", "1:9", "`+` lacks a value beside it"),
        ("p { margin: calc(2pt +) }", "1:13", "`calc(2pt +)` cannot be worked out"),
        ("p { margin: calc(2pt / 0) }", "1:13", "cannot be worked out"),
        (":root { --a: var(--b); --b: var(--a) }", "1:9", "`--a` is made of itself"),
        (":root { --half:; }", "1:9", "`--half` has no value"),
        ("p { margin: 0", "1:1", "never closed"),
        ("p { margin: 0 /* }", "1:1", "never closed"),
        ("p { margin: 0 } } h1 { margin: 0 }", "1:17", "Unmatched }"),
        ("p { margin 0 }", "1:13", "qualified rule"),
        ("p { background: url(rose.png) }", "1:17", "brings no other files"),
        ("p { background: url('https://example.org/x.png') }", "1:17", "brings no other files"),
        ("@import 'other.css';", "1:1", "brings no other files"),
        ("p { font-size: 1e400pt }", "1:16", "is too large"),
        ("p { letter-spacing: -9999999pt }", "1:21", "is too large"),
        ("@page { @top-left { content: attr(x) } }", "1:30", "a page has no attributes"),
        ("@media print { p { margin: var(--brnad) } }", "1:28", "no token `--brnad`"),
        ("/* </style> */ p { margin: 0 }", "1:4", "would end the sheet"),
    ],
)
def test_a_mistake_in_a_stylesheet_is_told_at_its_place(
    css: str, place: str, reason: str, book: Book
) -> None:
    """By `check` already, and never by the press or a browser."""
    book.write(THEME, css)
    ran = book.run("check")
    assert ran.code == 1
    assert ran.err.startswith(f"{THEME}:{place}: layout cannot be used [broken-layout]\n"), ran.err
    assert reason in ran.err


def test_a_stylesheet_that_is_no_text_is_told(book: Book) -> None:
    book.write(THEME, b"p { content: '\xff' }")
    ran = book.run("check")
    assert ran.code == 1
    assert ran.err.startswith(f"{THEME}:1:1: layout cannot be used [broken-layout]\n")


def test_our_own_sheets_have_no_fault(book: Book) -> None:
    """They are held to the same rules, copied into a workspace."""
    there = Sheets(bare_workspace(book.root))
    for name in there.names:
        book.write(f"layouts/{name}", there.text(name))
    ran = book.run("check")
    assert (ran.code, ran.err) == (0, "")


def test_a_fallback_makes_an_unknown_token_right() -> None:
    assert list(faults("p { margin: var(--none, 2pt) }", {})) == []
    assert declared(":root { --a: 1pt } @media print { :root { --b: 2pt } }").keys() == {
        "--a",
        "--b",
    }


PIECES = st.sampled_from(
    [
        "var(--half)",
        "var(--none,2pt)",
        "var(--none,var(--half))",
        "calc(",
        ")",
        "+",
        "*",
        "/",
        "(",
        ")",
        "2pt",
        "0",
        "1.5",
        "red",
        "#fff",
        "url(x)",
        "{",
        "}",
        ";",
        ",",
        "var(",
        '"',
        "'",
        "/*",
        "*/",
        "@page",
        "@media",
        ":",
        "p",
        "--half",
        "--own",
    ]
)


@settings(deadline=None, max_examples=200, derandomize=True)
@example(pieces=["var(--half)", "/"], name="font")
@example(pieces=["+"], name="--half")
@given(
    pieces=st.lists(PIECES, max_size=8),
    name=st.sampled_from(("margin", "--half", "width", "font")),
)
def test_no_stylesheet_stops_the_press(
    pieces: list[str], name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A theme without a fault is laid out, and the ebook's stylesheet needs no computation."""
    from handpress.press.pdf.engine import engine

    ours = Sheets(bare_workspace(tmp_path_factory.getbasetemp())).layers("book")
    css = f"{':root' if name.startswith('--') else 'p'} {{ {name}: {' '.join(pieces)} }}"
    known = declared("\n".join(ours.values())) | declared(css)
    if list(faults(css, known | {"--others": (), "--page-of": ()})):
        return
    base = ":root { --half: 8pt } p { margin: calc(var(--half) / 2 + 1pt); padding: var(--half) }"
    weasyprint = engine()
    page = weasyprint.HTML(string="<p>word")
    page.render(stylesheets=[weasyprint.CSS(string=base + css)])
    flat = flatten(dict.fromkeys(LAYERS, "") | {"base": base, "theme": css})
    assert "var(" not in flat.lower()
    assert "calc(" not in flat.lower()


# --- Styles ------------------------------------------------------------------------------------


def test_a_style_of_ones_own(book: Book) -> None:
    """A folder makes it: for series.yaml, for the command, for the web page, by its own name."""
    book.write(ROSE, ":root { --base: clear-print; --smallest: 11pt; --brand: #7a1f3d }")
    book.write(
        "layouts/styles/styles/rose/words.yaml",
        'en: { handout: Rosy handout, pack: "{title} in rose" }\n',
    )
    book.edit(
        "sources/moon/series.yaml", "title:", "styles: [rose]\npacks: { all: [neap] }\ntitle:"
    )
    ran = book.build("--jobs", "1")
    assert (ran.code, ran.err) == (0, ""), ran.err
    assert (book.output / "moon/handouts/rose/neap.pdf").is_file()
    home = book.read("output/moon/index.html")
    assert "Rosy handout" in home
    assert "All in rose" in home
    sheets = sheet(book, style="rose")["style"]
    assert sheets.index("--text: 14pt") < sheets.index("#7a1f3d")  # the base first


def test_a_style_may_be_asked_for_and_goes_with_its_file(book: Book) -> None:
    file = book.write(ROSE, "h1 { color: var(--ink) }")
    ran = book.build("--style", "rose", "--only", "handout", "--jobs", "1")
    assert (ran.code, ran.err) == (0, ""), ran.err
    made = book.output / "moon/handouts/rose/neap.pdf"
    assert made.is_file()
    book.build("--jobs", "1")
    assert made.is_file()
    file.unlink()
    assert book.build("--jobs", "1").code == 0
    assert not made.exists()


@pytest.mark.parametrize(
    ("style", "meant"), [("rosé", "did you mean `rose`?"), ("x", "use one of: clear-print, ")]
)
def test_a_style_that_is_not_there_is_told(style: str, meant: str, book: Book) -> None:
    book.write(ROSE, "")
    ran = book.build("--style", style)
    assert ran.code == 2
    assert f"unknown style `{style}`" in ran.err
    assert meant in ran.err


def test_a_style_in_the_settings_that_is_not_there_is_told(book: Book) -> None:
    book.write(ROSE, "")
    book.edit("sources/moon/series.yaml", "title:", "styles: [large_print, rosse]\ntitle:")
    ran = book.run("check")
    assert ran.code == 0
    assert (
        f"{book.place('sources/moon/series.yaml', 'large_print')}: warning: wrong value" in ran.err
    )
    assert "did you mean `large-print`?" in ran.err
    assert "did you mean `rose`?" in ran.err


def test_a_style_begins_as_one_that_there_is(book: Book) -> None:
    book.write(ROSE, ":root { --base: tulip }")
    ran = book.run("check")
    assert ran.code == 1
    assert f"{ROSE}:1:1" in ran.err
    assert "there is no style `tulip`" in ran.err


def test_a_style_shares_rules_with_others(book: Book) -> None:
    """They are before its own, which override them."""
    book.write(ROSE, ":root { --shared: letterhead-below } .letterhead { display: table }")
    rules = sheet(book, style="rose")["style"]
    assert rules.index("var(--between-facts)") < rules.index("--shared") < rules.index("table }")


def test_shared_rules_that_are_not_there_are_a_problem(book: Book) -> None:
    book.write(ROSE, ":root { --shared: tulip }")
    ran = book.run("check")
    assert ran.code == 1
    assert f"{ROSE}:1:1" in ran.err
    assert "there are no shared rules `tulip`" in ran.err


def test_styles_that_begin_as_each_other_are_each_once(book: Book) -> None:
    book.write(ROSE, ":root { --base: tulip }")
    book.write("layouts/styles/styles/tulip.css", ":root { --base: rose }")
    assert sheet(book, style="rose")["style"].count("--base") == 2


def test_no_style_has_the_name_of_another_folder(book: Book) -> None:
    """`handouts/grey/` and `handouts/a5/` are there already."""
    for name in ("grey", "a5", "Two Words"):
        book.write(f"layouts/styles/styles/{name}/style.css", "")
    assert styles(bare_workspace(book.root)) == styles()


def test_a_style_may_be_one_file(book: Book) -> None:
    """It is called by the name of its file, and takes the place of our style of that name."""
    book.write("layouts/styles/styles/tulip.css", ":root { --half: 5pt }")
    book.write("layouts/styles/styles/large-print.css", ":root { --text: 19pt }")
    assert "tulip" in styles(bare_workspace(book.root))
    assert sheet(book, style="tulip")["style"] == ":root { --half: 5pt }"
    assert sheet(book, style="large-print")["style"] == ":root { --text: 19pt }"
    book.write("layouts/styles/styles/large-print/style.css", ":root { --text: 20pt }")
    assert sheet(book, style="large-print")["style"] == ":root { --text: 20pt }"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ('en: { pack: "{name} in rose" }', "`pack_rose` has a blank {name} that nothing fills"),
        ("en: { handout: '{title}' }", "`style_rose` has a blank {title} that nothing fills"),
        ("en: { hanout: Rosy }", "`hanout` is not a word of a style: there are handout and pack"),
        ("en: rosy", "`en` is a str, not keys and words"),
    ],
)
def test_the_names_of_a_style_that_cannot_be_used_are_told(
    words: str, reason: str, book: Book
) -> None:
    book.write(ROSE, "")
    book.write("layouts/styles/styles/rose/words.yaml", f"{words}\n")
    ran = book.run("check")
    assert ran.code == 1
    assert reason in ran.err
    assert "layouts/styles/styles/rose/words.yaml:1" in ran.err


def test_a_word_for_a_style_has_the_blanks_of_all_styles(book: Book) -> None:
    book.write("layouts/words/en.yaml", 'pack_rose: "{name} in rose"\n')
    ran = book.run("check")
    assert ran.code == 1
    assert "`pack_rose` has a blank {name} that nothing fills" in ran.err
