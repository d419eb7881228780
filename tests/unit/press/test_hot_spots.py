"""Hot spots: what is made with the quicker functions is, byte for byte, what WeasyPrint makes without them."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from handpress.assets.qr import qr
from handpress.press.pdf.hot_spots import drawing
from helpers.workspaces import ROOT

# Handouts and chapters of every kind of text that we have: all blocks, all scripts, right to left, tables.
MADE = """
import json, sys
from pathlib import Path
from handpress.build.load import load
from handpress.core.workspace import find
from handpress.layout.variant import Variant
from handpress.press import pool
from handpress.press.pdf import engine
from handpress.press.result import Rendered
from handpress.print.book_pieces import book_pieces, piece_recipe
from handpress.print.handout import handouts
from handpress.core.disk import digest

if sys.argv[1] == "slow":
    engine.quicken = lambda: None
made = {}
for folder in ("tests/specimen", "tests/languages", "."):
    for layout in load(find(Path(folder))).layouts:
        recipes = []
        if "book" in layout.series.media:
            front, chapters = book_pieces(layout)
            recipes = [piece_recipe(piece) for piece in (front, *chapters)]
        for style in ("standard", "large-print"):
            recipes += handouts(layout, Variant(style, "a4"), {})
        for number, recipe in enumerate(recipes):
            result = pool.press(recipe)
            assert isinstance(result, Rendered), result
            made[f"{number} {recipe.path}"] = digest(result.data), repr(result.findings)
from weasyprint.css import ComputedStyle
print(json.dumps([ComputedStyle.__missing__.__module__, made]))
"""


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[str, dict[str, list[str]]]]:
    """The module of a patched function, and the digest and the findings of each document, in both ways."""
    found = {}
    for way in ("slow", "quick"):
        command = [sys.executable, "-c", MADE, way]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        found[way] = json.loads(ran.stdout)
    return found


def test_the_bytes_are_the_same(made: dict[str, tuple[str, dict[str, list[str]]]]) -> None:
    (slow_module, slow), (quick_module, quick) = made["slow"], made["quick"]
    assert (slow_module, quick_module.partition(".")[0]) == ("weasyprint.css", "handpress")
    assert len(slow) > 20
    assert quick == slow


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
    """A stub is gone after WeasyPrint's import, and calls what it stood for."""
    ran = subprocess.run(
        [sys.executable, "-c", LATE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == (
        "(False, False) ['fontTools.subset', 'fontTools.varLib.instancer'] "
        "argument of type 'NoneType' is not iterable\n"
    )


SAME = """
import json, pyphen
from cffi.cparser import Parser
from handpress.press.pdf.engine import engine
slow = {name: pyphen.HyphDict(pyphen.LANGUAGES[name]) for name in ("en_GB", "de_DE", "hu_HU", "ca", "ru_RU", "te_IN")}
engine()
quick = {name: pyphen.HyphDict(pyphen.LANGUAGES[name]) for name in slow}
words = [pattern.replace(".", "") for one in slow.values() for pattern in list(one.patterns)[::297]]
words = list(map("".join, zip(words, words[1:], words[2:])))
places = [[(int(at), at.data) for at in d.positions(w)] for way in (slow, quick) for d in way.values() for w in words]
half = len(places) // 2
from weasyprint.text.ffi import ffi
names = ("PangoRectangle *", "FcChar8 **", "char[]", "char[4]", "hb_codepoint_t[76]", "unsigned int *", "PangoLogAttr[]",
         "int *", "const char *", "PangoLayout *")
parser = ffi._parser
quickly, slowly = ([parse(name) for name in names] for parse in (parser.parse_type, lambda n: Parser.parse_type(parser, n)))
from cssselect2 import ElementWrapper
from cssselect2.compiler import compile_selector_list
from xml.etree.ElementTree import fromstring
tree = ElementWrapper.from_html_root(fromstring('<p class="a"><b lang="en"/><i class="a b"/></p>'))
found = [[e.etree_element.tag for e in tree.iter_subtree() if s.test(e)] for s in compile_selector_list(".a, p > b, b + i.b, :has(i)")]
print(json.dumps([places[:half] == places[half:], sum(map(len, places[:half])), quickly == slowly, found]))
"""


def test_what_is_read_late_is_the_same() -> None:
    """Hyphens of languages in all forms of patterns, types of C, and selectors."""
    ran = subprocess.run(
        [sys.executable, "-c", SAME], cwd=ROOT, capture_output=True, text=True, check=True
    )
    same_hyphens, hyphens, same_types, found = json.loads(ran.stdout)
    assert same_hyphens
    assert hyphens > 300
    assert same_types
    assert found == [["p", "i"], ["b"], ["i"], ["p"]]
