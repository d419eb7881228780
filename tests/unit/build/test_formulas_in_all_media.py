"""Formulas in every medium: MathML that EPUBCheck accepts, pictures with their words in a PDF that conforms."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.finished import Ebook, pdf_tags, wrong_in
from helpers.one_jvm import epubcheck
from helpers.workspaces import publish

TEXT = r"""# Formulas

A root $\sqrt{x}$ and \(\bar{x}\) in a line, for $5 or $10; `$\sqrt{y}$` is code.

$$\frac{a}{b} = c \tag{7}$$

- In a list:

  $$
  \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}
  $$

| a table | of |
| --- | --- |
| the mean | $\bar{x}$ |

- One that is wider than its column ($\sqrt{a}WIDE$).

$$\begin{matrix}aTALL\end{matrix}$$

A note.[^1]

[^1]: With $\sqrt{z}$ in it.
"""
TEXT = TEXT.replace("WIDE", r" + \text{length}" * 14).replace("TALL", r" \\ a" * 40)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sums")
    (folder / "formulas.md").write_text(TEXT, "utf-8")
    ran = publish("build", folder, "--output", folder / "output")
    assert (ran.code, ran.err) == (0, "")
    (book,) = (folder / "output").rglob("*.epub")
    return book.parent


def test_the_ebook_has_mathml_and_says_so(output: Path) -> None:
    (path,) = output.glob("*.epub")
    assert epubcheck([path]) == {path: []}
    ebook = Ebook(path)
    with_mathml = [
        p for p, a in ebook.items.values() if "mathml" in a.get("properties", "").split()
    ]
    assert with_mathml == [ebook.below("formulas.xhtml")]
    assert "MathML" in ebook.said("accessibilityFeature")
    page = ebook.files[with_mathml[0]].decode()
    assert page.count(' xmlns="http://www.w3.org/1998/Math/MathML">') == page.count("<math ") == 8
    assert 'alttext="a/b = c"' in page
    assert "<code>$\\sqrt{y}$</code>" in page
    assert any("NotoSansMath" in name for name in ebook.files)


def test_print_has_pictures_that_are_read_as_words(output: Path) -> None:
    handout = output / "handouts/formulas.pdf"
    assert wrong_in(handout.read_bytes()) == []
    found = [line.strip() for line in pdf_tags(handout) if line.strip().startswith("Formula")]
    del found[5:7]  # the wide and the tall one
    assert found == [
        "Formula Alt=√x",
        "Formula Alt=x̄",
        "Formula Alt=a/b = c",
        "Formula Alt=(1, 0; 0, 1)",
        "Formula Alt=x̄",
        "Formula Alt=√z",
    ]
    assert "for $5 or $10;" in " ".join(pdf_tags(handout))


def test_the_web_page_has_mathml(output: Path) -> None:
    page = (output / "articles/formulas.html").read_text("utf-8")
    assert page.count("<math ") == 8
    assert '<span class="formula-number">(7)</span>' in page
