"""Formulas of Word, OpenDocument and pages as TeX, and those that have none as text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from handpress.importers.html import parse_fragment
from handpress.importers.maths.office import mathml_of
from handpress.importers.maths.signs import signs_in_line
from handpress.importers.maths.tex import is_read, tex_of_mathml
from helpers.exports import docx, odt, packed, paragraph
from helpers.workspaces import Book

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def run(text: str, style: str = "") -> str:
    properties = f"<m:rPr><m:{style}/></m:rPr>" if style else ""
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def of(name: str, properties: str = "", **parts: str) -> str:
    """A structure of Office MathML with its parts."""
    about = f"<m:{name}Pr>{properties}</m:{name}Pr>" if properties else ""
    inside = "".join(f"<m:{key}>{part}</m:{key}>" for key, part in parts.items())
    return f"<m:{name}>{about}{inside}</m:{name}>"


def value(name: str, text: str) -> str:
    return f'<m:{name} m:val="{text}"/>'


def formula(inside: str) -> str:
    return f'<m:oMath xmlns:m="{OFFICE}">{inside}</m:oMath>'


SUM = value("chr", "∑") + value("limLoc", "undOvr")
SQUARED = of("sSup", e=run("x"), sup=run("2"))
CELLS = "".join(f"<m:mr><m:e>{run(a)}</m:e><m:e>{run(b)}</m:e></m:mr>" for a, b in ("ab", "cd"))


@pytest.mark.parametrize(
    ("office", "tex"),
    [
        (run("a+2,5b"), "a + 2{,}5b"),
        (of("f", num=run("1"), den=run("2")), r"\frac{1}{2}"),
        (of("f", value("type", "lin"), num=run("a"), den=run("b")), "a/b"),
        (of("f", value("type", "noBar"), num=run("n"), den=run("k")), r"{n \atop k}"),
        (SQUARED, "x^2"),
        (of("sSubSup", e=run("x"), sub=run("ij"), sup=run("2")), "x_{ij}^2"),
        (of("sPre", sub=run("6"), sup=run("14"), e=run("C")), "{}_6^{14}C"),
        (of("rad", value("degHide", "1"), deg="", e=SQUARED), r"\sqrt{x^2}"),
        (of("rad", deg=run("3"), e=run("x")), r"\sqrt[3]{x}"),
        (of("nary", SUM, sub=run("i=1"), sup=run("n"), e=run("i")), r"\sum_{i = 1}^ni"),
        (of("nary", sub=run("0"), sup=run("1"), e=run("x")), r"\int_0^1x"),
        (of("d", e=of("f", num=run("1"), den=run("2"))), r"\left(\frac{1}{2} \right)"),
        (of("d", value("begChr", "|") + value("endChr", "|"), e=run("x")), "|x|"),
        (of("d", value("begChr", "["), e=f"<m:m>{CELLS}</m:m>"), r"\left[\begin{matrix}a & b \\ c & d\end{matrix} \right)"),
        (of("d", e=f"<m:m>{CELLS}</m:m>"), r"\begin{pmatrix}a & b \\ c & d\end{pmatrix}"),
        (of("func", fName=run("sin", 'sty m:val="p"'), e=run("α")), r"\sin \alpha"),
        (of("func", fName=of("limLow", e=run("lim", 'sty m:val="p"'), lim=run("x→0")), e=run("x")), r"\lim_{x \to 0}x"),
        (of("acc", value("chr", "\u20d7"), e=run("v")), r"\vec{v}"),
        (of("bar", value("pos", "top"), e=run("AB")), r"\overline{AB}"),
        (of("groupChr", value("chr", "⏟"), e=run("a")), r"\underbrace{a}"),
        (of("borderBox", e=run("x")), r"\boxed{x}"),
        (run("50 % of load", "nor"), r"\text{50 }\%\text{ of load}"),
        (run("R", 'scr m:val="double-struck"') + run("x", 'sty m:val="b"'), r"\mathbb{R}\mathbf{x}"),
        (of("eqArr", e=run("x=y#(1)")), r"x = y \tag{1}"),
        (f"<m:eqArr><m:e>{run('a&amp;=b')}</m:e><m:e>{run('&amp;=c')}</m:e></m:eqArr>", r"\begin{aligned}a & =b \\ & =c\end{aligned}"),
    ],
)  # fmt: skip
def test_structures_of_word(office: str, tex: str) -> None:
    made = mathml_of(ElementTree.fromstring(formula(office)), block=True)
    written = "".join(ElementTree.fromstring(formula(office)).itertext())
    kept = "".join(made.itertext()) + made.get("number", "")
    assert sorted(re.findall(r"\w", written)) == sorted(re.findall(r"\w", kept))
    assert tex_of_mathml(made) == tex
    assert is_read(tex)


@pytest.mark.parametrize(
    "office",
    [
        of("borderBox", value("strikeH", "1"), e=run("x")),
        of("sSup", e=run("^"), sup=run("2")),
        "",
    ],
)
def test_what_has_no_tex_is_left_to_be_text(office: str) -> None:
    assert tex_of_mathml(mathml_of(ElementTree.fromstring(formula(office)), block=False)) == ""


def test_text_of_a_formula_without_tex() -> None:
    """Without its second form, and with spaces around its words."""
    tree = parse_fragment(
        "<math><semantics><mrow><mi>x</mi><mtext>of</mtext><mi>y</mi></mrow>"
        '<annotation encoding="StarMath 5.0">x of y</annotation></semantics></math>'
    )
    assert signs_in_line(tree) == "x of y"


def test_word(empty: Book) -> None:
    display = f'<m:oMathPara xmlns:m="{OFFICE}">{formula(of("f", num=run("1"), den=run("2")))}</m:oMathPara>'
    odd = formula(of("borderBox", value("strikeH", "1"), e=run("gone")))
    body = (
        paragraph("Load ", "", formula(SQUARED) + "<w:r><w:t> is x.</w:t></w:r>")
        + paragraph("", "", display)
        + paragraph("Odd: ", "", odd)
    )
    empty.write("a.docx", docx(body))
    ran = empty.run("import", "a.docx", "--to", "sources/x")
    text = empty.read("sources/x/01-a.md").partition("---\n\n")[2]
    assert text == "Load $x^2$ is x.\n\n$$\\frac{1}{2}$$\n\nOdd: gone\n"
    assert "changed: a formula became text: a.docx" in ran.said
    assert "are not read" not in ran.out


def test_opendocument(empty: Book) -> None:
    """A formula is a document of its own, with a picture of it beside it."""
    frame = (
        '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>'
        "</draw:frame>"
    )
    data = odt(f"<text:p>So {frame} holds.</text:p><text:p>{frame}</text:p>")
    mathml = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><msup><mi>c</mi><mn>2</mn></msup>'
        '<annotation encoding="StarMath 5.0">c^2</annotation></semantics></math>'
    )
    files = {**unpacked(data), "Object 1/content.xml": mathml.encode()}
    empty.write("a.odt", packed(files))
    empty.run("import", "a.odt", "--to", "sources/x")
    text = empty.read("sources/x/01-a.md").partition("---\n\n")[2]
    assert text == "So $c^2$ holds.\n\n$$c^2$$\n"


def test_pages(empty: Book) -> None:
    """Those with TeX keep it if Handpress reads it; a formula on lines of its own is a paragraph."""
    empty.write(
        "a.html",
        "<title>Squares</title><body><article><h1>Squares</h1><p>Words before it, enough for an article.</p><p>"
        '<math display="block"><mfrac><mn>1</mn><mi>x</mi></mfrac></math> and '
        '<math><semantics><mi>y</mi><annotation encoding="application/x-tex">{\\displaystyle y^{2}}</annotation></semantics></math>'
        ' or <math><semantics><msqrt><mi>z</mi></msqrt><annotation encoding="application/x-tex">\\ownmacro z</annotation>'
        "</semantics></math>.</p></article></body>",
    )
    empty.run("import", "a.html", "--to", "sources/x")
    text = empty.read("sources/x/01-a.md")
    assert "$$\\frac{1}{x}$$\n\nand $y^{2}$ or $\\sqrt{z}$.\n" in text


def test_a_formula_is_no_code(empty: Book) -> None:
    """Its text is text, whatever it would be in TeX, Markdown or HTML."""
    evil = r"}$ &lt;script&gt;alert(1)&lt;/script&gt; \\def\\x{\\x}\\input{/etc/passwd} $$"
    fences = value("begChr", r"\\input{x}") + value("endChr", "$")
    body = paragraph("A ", "", formula(run(evil))) + paragraph(
        "B ", "", formula(of("d", fences, e=run("x")))
    )
    empty.write("a.docx", docx(body))
    ran = empty.run("import", "a.docx", "--to", "sources/x")
    assert "changed: a formula became text (2 times): a.docx" in ran.said
    text = empty.read("sources/x/01-a.md").partition("---\n\n")[2]
    assert "<script" not in text.replace("\\<script", "")
    assert "<script" not in empty.read("import-report.html")
    built = empty.build("--only", "web")
    assert built.code == 0
    assert "alert(1)" in empty.read("output/x/articles/a.html")
    assert "<script>alert" not in empty.read("output/x/articles/a.html")


def test_marks_of_formulas_in_a_text_are_none(empty: Book) -> None:
    empty.write("a.docx", docx(paragraph("A\ufdd00\ufdd1 " * 3, "", formula(run("x")))))
    empty.run("import", "a.docx", "--to", "sources/x")
    assert empty.read("sources/x/01-a.md").endswith("A0 A0 A0 $x$\n")


def test_a_bomb_in_a_formula(empty: Book) -> None:
    data = odt('<text:p><draw:frame><draw:object xlink:href="./F"/></draw:frame></text:p>')
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">]><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>&a;</mi></math>'
    empty.write("a.odt", packed({**unpacked(data), "F/content.xml": bomb}))
    ran = empty.run("import", "a.odt")
    assert (ran.code, "defines entities" in ran.err) == (2, True)


def unpacked(data: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
