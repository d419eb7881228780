"""Formulas: TeX is MathML in the form that browsers draw, and a line of signs; what is not understood is left alone."""

from __future__ import annotations

import time

import pytest

from handpress.markup.formulas.mathml import to_mathml
from handpress.markup.formulas.tex import read_tex
from handpress.markup.formulas.words import in_words
from handpress.markup.markdown import to_tree
from handpress.markup.tree import Element, serialize_element

WORDS = {
    r"$$x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}$$": "x = (−b ± √(b² − 4ac))/2a",
    r"\[\sum_{i=1}^{n} x_i^2\]": "∑_(i=1)ⁿ x_i²",
    r"\(\int_0^\infty e^{-x}\,dx = \frac{\sqrt{\pi}}{2}\)": "∫₀^∞ e^(−x) dx = (√π)/2",
    r"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$": "(a, b; c, d)",
    r"$$\begin{bmatrix} a \\ b \end{bmatrix}^T$$": "[a; b]^T",
    r"$a \rarr b \isin \R \\$": "a → b ∈ ℝ",
    r"$`\hat{\beta} = \bar{x}`$": "β̂ = x̄",
    r"\begin{align} a &= b \\ &= c \end{align}": "a = b; = c",
    r"\begin{aligned} a &= b \end{aligned}": "a = b",
    r"\begin{gather*} a = b \\ c = d \end{gather*}": "a = b; c = d",
    r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}": "a = b; c = d",
    r"\begin{alignat}{2} a &= b \end{alignat}": "a = b",
    r"\begin{equation} a = b \label{eq:a} \end{equation}": "a = b",
    r"\begin{equation} (\#eq:a) a = b \end{equation}": "a = b",
    r"$$a = b \\ c = d$$": "a = b; c = d",
    r"$$E = \frac{1}{2} mv^2$$ {#eq-energy}": "E = 1/2 mv²",
    r"$\mathrm{BMI} = \frac{\text{weight in kg}}{h^2}$": "BMI = (weight in kg)/h²",
    r"$\mathbf{A} \in \mathbb{R}$": "A ∈ ℝ",
    r"$37\,^\circ\mathrm{C}$": "37 °C",
    r"$\color{red}{x} \not= 20\%$": "x ≠ 20%",
    r"$D := \text{cost of $x_{i}$ to $y$}$": "D: = cost of x_i to y",
    r"$f'(x) + \sin^2 x$": "f′(x) + sin² x",
}


@pytest.mark.parametrize("written", WORDS)
def test_a_formula_is_read_out_as_a_line(written: str) -> None:
    assert in_words(made(written)) == WORDS[written]


def made(written: str) -> Element:
    tex = read_tex(written)
    assert tex is not None
    math = to_mathml(tex)
    assert math is not None
    return math


BLANK = r"""$$
x =

\frac{a}{b}
$$"""


def test_a_formula_may_have_blank_lines() -> None:
    """As in Joplin, where a `$$` alone on its line opens it; what follows is TeX, and not a paragraph."""
    assert to_tree(BLANK).find("pre/code[@class='formula']") is not None
    for other in (BLANK.replace(r"\frac{a}{b}", "two more"), BLANK.replace("$$\nx", "$$x")):
        assert to_tree(other).find("pre") is None


def test_mathml_is_of_the_kind_that_browsers_draw() -> None:
    math = serialize_element(made(r"$\mathrm{BMI} \pm \mathsf{x} \perp \color{red}{\mathrm{d}}$"))
    assert math == (
        '<math display="inline"><mrow><mi>BMI</mi><mo>±</mo><mi>𝗑</mi><mo>⟂</mo>'
        '<mi mathvariant="normal">d</mi></mrow></math>'
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [(r"$$a \tag{3}$$", "(3)"), (r"$$a \tag*{A}$$", "A"), (r"$$a$$", "")],
)
def test_a_tag_is_the_number_of_its_formula(written: str, number: str) -> None:
    tex = read_tex(written)
    assert tex is not None
    assert (tex.source, tex.number) == ("a", number)


@pytest.mark.parametrize(
    "tex",
    [
        "", "x^", r"\unknown{x}", r"\frac{1}", "{{{", r"\newcommand{\a}{\a\a}\a", r"\def\a{\a\a}\a", "a & b", "x_1_2",
        r"\left( x", r"\begin{matrix} a", r"\text{of $x}", r"\unicode{x0}", r"\ce{H2O}", "a" * 5000, "{" * 2000 + "}" * 2000,
        r"\sqrt{" * 20 + "x" + "}" * 20, "a+" * 1999, r"\frac{1}{1+" * 15 + "x" + "}" * 15, r"\left(" * 300,
        r"\begin{matrix}" * 12 + "a" + r"\end{matrix}" * 12, r"\mathbf" * 50, r"\limits" * 50, r"\color{" * 10, "_" * 99,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left_alone_at_once(tex: str) -> None:
    began = time.process_time()
    read = read_tex(f"$${tex}$$")
    assert read is None or to_mathml(read) is None
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "<p>At <var>α</var> &gt; 0, so.</p>"),
        ("ar", '<p>At <bdi dir="ltr"><var>α</var> &gt; 0</bdi>, so.</p>'),
    ],
)
def test_a_formula_runs_from_left_to_right_in_every_text(language: str, expected: str) -> None:
    body = to_tree(r"At $\alpha > 0$, so.", language)
    assert serialize_element(body[0]).strip() == expected


def test_a_formula_that_is_drawn_needs_no_element_for_its_direction() -> None:
    body = to_tree(r"At $\sqrt{x^2}$, so.", "ar")
    assert body.find(".//bdi") is None
