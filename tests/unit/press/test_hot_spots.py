"""Hot spots and drafts: what is made with them is, byte for byte, what WeasyPrint makes without them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handpress.assets.qr import qr
from handpress.core.files.disk import Asset
from handpress.press.pages.boxes import flow_boxes, page_boxes
from handpress.press.pdf import engine
from handpress.press.pdf.hot_spots import drawing
from handpress.press.preflight.copyfit import taken
from helpers.workspaces import ROOT

# Handouts and chapters of every kind of text that we have: all blocks, all scripts, right to left, tables.
MADE = """
import json, sys
from pathlib import Path
from handpress.build.load import load
from handpress.core.files.workspace import find
from handpress.layout.variant import Variant
from handpress.press import pool
from handpress.press.pdf import engine, render
from handpress.press.result import Rendered
from handpress.print.book_pieces import book_pieces, piece_recipe
from handpress.print.handout import handouts
from handpress.core.files.disk import Asset, digest
from handpress.press.recipe import Recipe
from handpress.press.options import RenderOptions

def plain(files, tight, piece=False, change=None):
    # All of it, each time anew, as WeasyPrint does it.
    weasyprint = engine.engine()
    css, fonts = engine._stylesheet(files)
    text, fetch = files["index.html"].read().decode(), engine._fetchers()(files)
    html = weasyprint.HTML(string=text, base_url=engine.BASE, url_fetcher=fetch)
    if tight:
        html.etree_element.set("class", f"{html.etree_element.get('class', '')} {tight}".strip())
    if piece:
        engine._lead_elsewhere(html.etree_element)
    if change:
        change(html.etree_element)
    document = html.render(stylesheets=[css], font_config=fonts, cache=None)
    document.sheets, document.flow = [page._page_box for page in document.pages], None
    return document

if sys.argv[1] == "slow":
    engine.quicken = lambda: None
    render.laid_out = plain
made = {}
pages = json.loads(sys.argv[2])
for number, (page, style) in enumerate(pages):
    files = {
        "index.html": Asset.of(page.encode()),
        "style.css": Asset.of(style.encode()),
        "fonts/text.ttf": Asset.file(Path("fonts/source-sans/SourceSans-Regular.ttf")),
    }
    result = render.render_pdf(files, RenderOptions())
    made[f"page {number}"] = digest(result.data), repr(result.findings)
for folder in ("tests/specimen", "tests/languages", "."):
    for layout in load(find(Path(folder))).layouts:
        # The translations of the sample have its blocks again, in other words.
        again = layout.series.id.startswith("fascia-remedy-")
        recipes = []
        if "book" in layout.series.media and not again:
            front, chapters = book_pieces(layout)
            recipes = [piece_recipe(piece) for piece in (front, *chapters)]
        for style in ["standard"] if again else ["standard", "large-print"]:
            recipes += handouts(layout, Variant(style, "a4"), {})
        for number, recipe in enumerate(recipes):
            result = pool.press(recipe)
            assert isinstance(result, Rendered), result
            made[f"{number} {recipe.path}"] = digest(result.data), repr(result.findings)
from weasyprint.css import ComputedStyle
print(json.dumps([ComputedStyle.__missing__.__module__, made]))
"""


# One stylesheet for pages that change what others find: units of the page's size, boxes of their own style, and
# the overflow of a body, which its page takes.
SHEET = """
@font-face { font-family: Text; src: url(fonts/text.ttf) }
@page { size: 120mm 90mm; margin: 10mm; @bottom-center { content: counter(page); border-top: 1pt solid } }
@page broad { size: 180mm 90mm }
html { font: 10pt/14pt Text }
.broad { page: broad }
.half { width: 50vw; background: #ddd; padding: 1vmin }
.half p { width: calc(25vw + 2em) }
body { overflow: hidden }
p::first-line { font-variant-caps: small-caps; letter-spacing: 1pt }
ol { list-style-type: upper-roman }
.to::after { content: leader('. ') target-counter(attr(href), page); white-space: pre }
.on::after { content: ' (page ' target-counter(attr(href), page) ')' }
.tight p { margin: 0 }
"""
WORDS = "<p>The tide goes out twice a day, and comes in twice a day again.</p>" * 3
BODIES = (
    f"<div class=half>{WORDS}</div><ol><li>One<li>Two</ol>",
    f"<div class=broad><div class=half>{WORDS}</div></div>",
    f"<p style='color: #333; margin-left: 2em'>Out</p>{WORDS}<p style='color: #333'>In</p>",
    f"<h2 id=a>Tides</h2>{WORDS}<p><a class=to href='#a'>Tides</a></p><table><tr><td>{WORDS}<td>In</table>",
)
# The space behind a comma is left out where a line ends, and nowhere else.
CODES = "<p>Ebb</p>" + "".join(
    f"<div style='width: {width}mm'><code>title</code>, <code>subtitle</code>, <code>date</code></div>"
    for width in (1, 9, 12, 20, 28, 40)
)
# Numbers of pages come into lines that were laid out without them.
NUMBERS = f"<p>The <a class=on href='#b'>last tide</a> comes in.</p>{WORDS * 5}<h2 id=b>Tides</h2>"
PAGES = [
    (f"<html lang={lang}><title>Tides</title><body>{body}", sheet)
    for lang in ("en", "de")
    for body, sheet in (
        *((body, SHEET) for body in (*BODIES, *reversed(BODIES), CODES)),
        (NUMBERS, SHEET.replace("p::first-line", ".none")),
    )
]


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[str, dict[str, list[str]]]]:
    """The module of a patched function, and the digest and the findings of each document, in both ways."""
    found = {}
    for way in ("slow", "quick"):
        command = [sys.executable, "-c", MADE, way, json.dumps(PAGES)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        found[way] = json.loads(ran.stdout)
    return found


def test_the_bytes_are_the_same(made: dict[str, tuple[str, dict[str, list[str]]]]) -> None:
    (slow_module, slow), (quick_module, quick) = made["slow"], made["quick"]
    assert (slow_module, quick_module.partition(".")[0]) == ("weasyprint.css", "handpress")
    assert len(slow) > 20
    assert quick == slow


def laid(body: str, tight: str = "", sheet: str = SHEET) -> Any:
    files = {
        "index.html": Asset.of(f"<html lang=en><title>Tides</title><body>{body}".encode()),
        "style.css": Asset.of(sheet.encode()),
        "fonts/text.ttf": Asset.file(ROOT / "fonts/source-sans/SourceSans-Regular.ttf"),
    }
    return engine.laid_out(files, tight)


def test_a_line_is_broken_once() -> None:
    kept = laid(BODIES[0]).font_config.kept_lines
    before = set(kept)
    laid(BODIES[0])
    assert before
    assert set(kept) == before


def test_the_lines_of_a_paragraph_are_broken_in_few_layouts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first line, which may have another width, and all that follow it."""
    from weasyprint.text import line_break

    plain = SHEET.replace("p::first-line", ".none")
    laid("", sheet=plain)
    texts: list[str] = []
    slowly = line_break.create_layout

    def create_layout(text: str, *rest: Any) -> Any:
        texts.append(text)
        return slowly(text, *rest)

    monkeypatch.setattr(line_break, "create_layout", create_layout)
    text = "The ebb takes the boats out, and the flood brings them home. " * 8
    document = laid(f"<p>{text.strip()}", sheet=plain)
    lines = [piece for piece in flow_boxes(document).pieces if piece.kind == "line"]
    assert len(lines) > 7
    assert len(texts) == 2


def test_the_lines_of_a_paragraph_that_moves_are_laid_out_once() -> None:
    """Also where there is emphasis or a link in it; the draft's own elements are in them."""

    def lower(root: Any) -> None:
        root.find("body").set("style", "padding-top: 20mm")

    files = {
        "index.html": Asset.of(f"<html lang=en><title>Tides</title>{TEXTS}".encode()),
        "style.css": Asset.of(SHEET.replace("p::first-line", ".none").encode()),
        "fonts/text.ttf": Asset.file(ROOT / "fonts/source-sans/SourceSans-Regular.ttf"),
    }
    before = flow_boxes(engine.laid_out(files, ""))
    _, _, lines = engine._tree(files, piece=False)
    known = set(lines)
    after = flow_boxes(engine.laid_out(files, "", change=lower))
    assert len(known) > 2
    assert set(lines) == known
    both = [[p for p in laid.pieces if p.kind == "line"] for laid in (before, after)]
    assert len(both[0]) == len(both[1])
    for old, new in zip(*both, strict=True):
        assert new.box.position_y > old.box.position_y or new.page > old.page
        assert new.box.position_x == old.box.position_x
        assert set(after.root.iter()) >= {box.element for box in new.box.descendants()}


TEXTS = (
    "<body><p>The <em>ebb</em> takes the boats out, and <a href='#flood'>the flood</a> brings "
    "them home.</p>"
    + "<p id=flood>The tide comes in twice a day again, and goes out again.</p>"
    * 3
)


def test_elements_that_selectors_cannot_tell_apart_are_matched_once() -> None:
    sheet = ".tide p { color: red } .tide p:first-child { color: blue } #ebb { color: green }"
    matches = rules_of(sheet, "<div class=tide><p>A<p id=one>B<p id=two>C<p id=ebb>D</div><p>E<p>F")
    first, one, two, ebb, outside, last = matches
    assert one == two
    assert outside == last
    assert len({first, one, ebb, outside}) == 4


def rules_of(sheet: str, body: str) -> list[int]:
    """Return the numbers of the rules of the paragraphs of a page."""
    draft = laid(body, sheet=SHEET + sheet)
    numbers = [number for _, number in draft._html.matches.values()]
    elements = list(draft._html.etree_element.iter())
    return [n for n, element in zip(numbers, elements, strict=True) if element.tag == "p"]


def test_a_text_that_fits_on_a_line_is_measured_for_all_widths() -> None:
    kept = laid("<div style='width: 60mm'>Two tides a day.</div>").font_config.kept_lines
    before = set(kept)
    laid("<div style='width: 61mm'>Two tides a day.</div>")
    assert set(kept) == before
    laid("<div style='width: 10mm'>Two tides a day.</div>")
    assert set(kept) > before


def test_a_space_is_lost_only_where_a_line_ends() -> None:
    """A comma and its space fit into the width of the comma, without the space."""
    boxes = flow_boxes(laid(CODES))
    lines = [
        "".join(box.text for box in piece.box.descendants() if hasattr(box, "text"))
        for piece in boxes.pieces
        if piece.kind == "line"
    ]
    assert lines[-1] == "title, subtitle, date"


def test_documents_share_the_templates_of_their_styles() -> None:
    templates = laid(BODIES[0]).font_config.style_templates
    before = len(templates)
    laid(BODIES[0].replace("tide", "ebb"))
    assert len(templates) == before
    laid("<aside>Something else.</aside>")
    assert len(templates) > before


@pytest.mark.parametrize("rule", [".tight p { margin: 0 }", ":root.tight > body > p { margin: 0 }"])
def test_a_step_may_have_rules_for_what_is_below_the_root(rule: str) -> None:
    """Cached rules of elements are dropped then."""
    sheet = SHEET.replace(".tight p { margin: 0 }", rule)

    def height(tight: str) -> float:
        return taken(flow_boxes(laid(WORDS, tight, sheet)), 1)

    assert height("tight") < height("")


def test_the_margins_of_a_draft_are_made_when_its_pages_are_used() -> None:
    draft = laid(WORDS * 4)
    assert len(draft.sheets) > 2
    before = [len(sheet.children) for sheet in draft.sheets[1:]]
    boxes = page_boxes(draft)
    assert [len(sheet.children) for sheet in draft.sheets[1:]] != before
    flow = flow_boxes(draft)
    margins = [piece for piece in boxes.pieces if piece not in flow.pieces]
    assert {piece.page for piece in margins} == set(range(1, len(draft.sheets) + 1))
    assert (boxes.tops, boxes.heights, boxes.notes) == (flow.tops, flow.heights, flow.notes)
    assert len(draft.pages) == len(draft.sheets)


def test_a_qr_code_is_a_path_of_steps() -> None:
    """The quick way is for codes as they are drawn."""
    for path in re.findall(r' d="([^"]+)"', qr("https://example.org/a/long/address").decode()):
        if len(path) > 50:
            assert drawing.STEPS.fullmatch(path)
            return
    pytest.fail("the code has no path")


LATE = """
import sys
from handpress.press.pdf.engine import engine
engine()
from weasyprint.pdf import fonts
before = "fontTools.subset" in sys.modules, "fontTools.varLib.instancer" in sys.modules
fonts.subset.Options(hinting=False)
import fontTools.subset, fontTools.varLib.instancer
after = fontTools.subset.Subsetter, fontTools.varLib.instancer.instantiateVariableFont
try:
    fonts.instantiateVariableFont(None, {})
except TypeError as error:
    print(before, [thing.__module__ for thing in after], error)
"""


def test_late_imports_come_with_their_first_use() -> None:
    """A stub is gone after WeasyPrint's import, and calls the function that it replaced."""
    ran = subprocess.run(
        [sys.executable, "-c", LATE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == (
        "(False, False) ['fontTools.subset', 'fontTools.varLib.instancer'] "
        "argument of type 'NoneType' is not iterable\n"
    )


LATE_ERROR = """
import io, sys
from handpress.press.pdf.engine import engine
engine()
from weasyprint.pdf import fonts
from weasyprint.text import fonts as families
late = [n for n in ("ttLib", "ttLib.woff2", "ttLib.tables.DefaultTable") if f"fontTools.{n}" in sys.modules]
try:
    fonts.TTFont(io.BytesIO(b"none of these"))
except fonts.TTLibError as error:
    print(late, error, families.woff2.__name__, fonts.ttFont.getTableClass("loca").__name__)
"""


def test_an_error_of_a_late_import_is_caught_by_its_class() -> None:
    """With the first call, every name is that of the real thing."""
    ran = subprocess.run(
        [sys.executable, "-c", LATE_ERROR], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wanted = "[] Not a TrueType or OpenType font (bad sfntVersion) fontTools.ttLib.woff2 table__l_o_c_a\n"
    assert ran.stdout == wanted


TREE = r"""<p class="a"><b lang="en"/><i class="a b" title="it's &quot;a \ b&quot;"/><u title=""/></p>"""
SELECTORS = r""".a, p > b, b + i.b, :has(i), [title='it\'s "a \\ b"'], [title=""], i[title*="'"]"""
SAME = """
import json, pyphen, sys
from handpress.press.pdf.engine import engine
slow = {name: pyphen.HyphDict(pyphen.LANGUAGES[name]) for name in ("en_GB", "de_DE", "hu_HU", "ca", "ru_RU", "te_IN")}
engine()
quick, kept = ({name: pyphen.HyphDict(pyphen.LANGUAGES[name]) for name in slow} for _ in range(2))
words = [pattern.replace(".", "") for one in slow.values() for pattern in list(one.patterns)[::297]]
words = list(map("".join, zip(words, words[1:], words[2:])))
places = [[(int(at), at.data) for at in d.positions(w)] for way in (slow, quick, kept) for d in way.values() for w in words]
third = len(places) // 3
from cssselect2 import ElementWrapper
from cssselect2.compiler import compile_selector_list
from xml.etree.ElementTree import fromstring
tree = ElementWrapper.from_html_root(fromstring(sys.argv[1]))
found = [[e.etree_element.tag for e in tree.iter_subtree() if s.test(e)] for s in compile_selector_list(sys.argv[2])]
same = places[:third] == places[third : 2 * third] == places[2 * third :]
print(json.dumps([same, sum(map(len, places[:third])), found]))
"""


def test_what_is_read_late_is_the_same(tmp_path: Path) -> None:
    """Hyphens of languages in all forms of patterns, also when they were kept, and selectors."""
    ran = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", SAME, TREE, SELECTORS],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    same_hyphens, hyphens, found = json.loads(ran.stdout)
    assert same_hyphens
    assert hyphens > 300
    assert found == [["p", "i"], ["b"], ["i"], ["p"], ["i"], ["u"], ["i"]]
    assert list(tmp_path.rglob("*hyphdeDE*"))
