"""Declarations of C: the compiled ones are those of the WeasyPrint that is installed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import cffi
import pytest
from cffi import recompiler

from handpress.press.pdf.hot_spots import compiled
from handpress.press.pdf.hot_spots.c_declarations import declaring_module, digest
from helpers.workspaces import ROOT

HEAD = '''"""WeasyPrint's declarations of C, compiled by cffi; see `c_declarations`.

Made by `pytest tests/unit/press/test_c_declarations.py --rewrite`.
"""
'''

# Each kind of thing that WeasyPrint does with them.
USED = """
import json, sys
from handpress.press.pdf import engine
if "slow" in sys.argv:
    from handpress.press.pdf.hot_spots import compiled
    compiled.DIGEST = ""
engine.engine()
from weasyprint.text.ffi import ffi, pango, FROM_UNITS, unicode_to_char_p
names = ("PangoRectangle *", "FcChar8 **", "char[]", "char[4]", "hb_codepoint_t[76]", "unsigned int *", "PangoLogAttr[]",
         "int *", "const char *", "PangoLayout *", "PangoGlyphString *", "hb_subset_input_t *")
sizes = [[ffi.sizeof(name) if "[]" not in name else 0, ffi.typeof(name).cname] for name in names]
described = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
pango.pango_font_description_set_family(described, unicode_to_char_p("Serif")[0])
pango.pango_font_description_set_weight(described, 700)
print(json.dumps([
    hasattr(ffi, "_parser"), sizes, FROM_UNITS, pango.PANGO_WRAP_WORD,
    ffi.string(pango.pango_font_description_to_string(described)).decode(),
]))
"""


def declared(module: Path) -> str:
    """Return the declarations in a module of WeasyPrint: the argument of its only `ffi.cdef`."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
    )
    return str(ast.literal_eval(call.args[0]))


def test_they_are_compiled_from_those_of_weasyprint(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """``pytest --rewrite`` compiles them again, as a new version of WeasyPrint or cffi requires."""
    ffi = cffi.FFI()
    ffi.cdef(declared(declaring_module()))
    made = tmp_path / "made.py"
    recompiler.make_py_source(ffi, "made", str(made))
    (call,) = (
        node for node in ast.walk(ast.parse(made.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    values = {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}
    if request.config.getoption("--rewrite"):
        rows = "".join(f"    {name!r}: {value!r},\n" for name, value in values.items())
        text = f"{HEAD}\nDIGEST = {digest(declaring_module())!r}\nDECLARATIONS = {{\n{rows}}}\n"
        Path(compiled.__file__).write_text(text, "utf-8")
        return
    assert values == compiled.DECLARATIONS
    assert digest(declaring_module()) == compiled.DIGEST


def test_weasyprint_uses_them_as_it_uses_parsed_ones() -> None:
    """And parses its own where ours are those of another version."""
    quick, slow = (
        json.loads(
            subprocess.run(
                [sys.executable, "-c", USED, *how],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for how in ([], ["slow"])
    )
    assert (quick[0], slow[0]) == (False, True)
    assert quick[1:] == slow[1:]
