"""Laws of the reader of Markdown: no word is lost, nothing of its own shows, and no text takes it long."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handpress.core.files.source import CONTROL
from handpress.markup.dialect.formulas import set_formula
from handpress.markup.markdown import read, to_tree
from handpress.markup.tree import CODE, Element, new_element

# Each `?` becomes a word of its own.
PIECES = (
    "?\n", "? *?* **?** ~~?~~ ==?== `?` [?](https://example.org/) ![?](x.png) <b>?</b>\n", "? ?\\\n? ?  \n?\n",
    "## ?\n", "? ?\n---\n", "- ?\n- ? ?\n", "1. ?\n2. ?\n", "* [ ] ?\n", "> ?\n> ?\n", "```js ?\n?\n```\n".replace("js ?", "js"),
    "    ?\n", "| ? | ? |\n|---|---|\n| ? | ? | ? |\n", "? | ?\n--|--\n`?|?` | ?\n", "?\n: ?\n", "?^[?] ?\n", "[^?n]: ?\n",
    "<div>\n?\n</div>\n", "<div markdown=\"1\">\n? *?*\n</div>\n", "{{ ? }} {% ? %} $?^2$\n",
    "$$\n? \\\\ ?\n$$\n", "[@?] \\textbf{?} :::?\n", "? https://example.org/? me@?.org\n", "W> ?\nW> ?\n", "&amp; \\* ? <?\n".replace("<?", "< ?"),
    "{{< figure src=\"x.png\" alt=\"?\" caption=\"?\" >}}\n", "<!-- --> ?\n", "~~~\n?\n~~~\n", "? {: #? }\n".replace("#?", ".c"), "*?\n_?\n[?\n",
)  # fmt: skip


def indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else "" for line in lines[1:])])


CONTAINERS: tuple[Callable[[str], str], ...] = (
    lambda text: indented(text, "- ", "  "),
    lambda text: indented(text, "1. ", "   "),
    lambda text: "\n".join(f"> {line}" for line in text.split("\n")) + "\n",
    lambda text: "> [!tip] ?\n" + "\n".join(f"> {line}" for line in text.split("\n")) + "\n",
    lambda text: f"!!! note\n{indented(text, '    ', '    ')}\n",
    lambda text: f"::: warning ?\n{text}\n:::\n",
    lambda text: f"::: {{.group}}\n{text}\n:::\n",
    lambda text: f"{{{{% notice info %}}}}\n{text}\n{{{{% /notice %}}}}\n",
    lambda text: f"{{blurb}}\n{text}\n{{/blurb}}\n",
    lambda text: f"<details>\n<summary>?</summary>\n\n{text}\n</details>\n",
    lambda text: f"```{{note}} ?\n{text}\n```\n" if "```" not in text else text,
)  # fmt: skip
BLOCKS = st.recursive(
    st.sampled_from(PIECES),
    lambda inside: st.one_of(
        st.builds(lambda wrap, text: wrap(text), st.sampled_from(CONTAINERS), inside),
        st.lists(inside, min_size=1, max_size=3).map("\n".join),
    ),
    max_leaves=5,
)
SOUP = st.text(st.sampled_from("ab \n*_~=`[]()<>{}!|:#-+>$\\^&@.1\"'%"), max_size=80)


def shown(tree: Element) -> str:
    attributes = (v for e in tree.iter() for k in ("alt", "title", "href", "id") if (v := e.get(k)))
    return " ".join(["".join(tree.itertext()), *attributes])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(BLOCKS)
def test_no_word_is_lost(written: str) -> None:
    numbers = count()
    words: list[str] = []

    def word(_: re.Match[str]) -> str:
        words.append(f"q{next(numbers)}z")
        return words[-1]

    text = re.sub(r"\?", word, written)
    there = shown(to_tree(text))
    assert [w for w in words if w not in there] == [], text


@settings(derandomize=True, max_examples=400, deadline=None)
@given(SOUP)
def test_nothing_of_the_reader_shows(soup: str) -> None:
    tree, unread, _ = read(soup)
    text = shown(tree)
    assert not CONTROL.search(text)
    assert not re.search("klzzwxh|wzxhzdk", text)
    for mark in unread:
        assert mark.written in soup


SIGNS = [
    "a",
    "b",
    "12",
    "3.5",
    "+",
    "-",
    "=",
    "<",
    "/",
    "(",
    ")",
    ",",
    "{",
    "}",
    "^",
    "_",
    "\\frac",
    "\\sqrt",
    "\\cdot",
    "\\alpha",
    "\\left(",
    "\\right)",
    "\\,",
    "&",
    "\\\\",
    "\\x",
    "%",
    "\\%",
    "{7}",
    "{8}",
]
TEX = st.lists(st.sampled_from([*SIGNS, " ", "\\text{mg a day}"]), max_size=14).map("".join)


@settings(derandomize=True, max_examples=1000, deadline=None)
@given(TEX)
def test_a_formula_that_is_set_has_all_its_letters_and_numbers(tex: str) -> None:
    nodes = set_formula(f"${tex}$")
    if nodes is not None:
        found = "".join(new_element("p", nodes).itertext())
        names = tex.replace("\\alpha", "α").replace("\\text", "")
        kept = re.findall(r"\w", re.sub(r"\\[a-z]+", "", names.replace("_", "")))
        assert re.findall(r"\w", found) == kept


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab *_~=`[]()<>{}!$\\^&@"), min_size=1, max_size=30))
def test_code_is_as_it_is_typed(typed: str) -> None:
    tree = to_tree(f"~~~~\n{typed}\n~~~~\n\n- ~~~~\n  {typed}\n  ~~~~\n")
    found = [e.text for e in tree.iter() if e.tag in CODE and e.tag != "pre"]
    assert found == [f"{typed}\n"] * 2


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "*a ", "_a", "`a``", "<", "<a ", "&", "~a", "==a", "$a", "{{", "{% ", "[a](", "[^a]", "^[", "\\(", "@",
        "a@", "www.", "http://", "<!--", "<?", "> ", ":::a\n", "::: a\n", "{{< hint >}}\n", "{blurb}\n", "```\n",
        "```{note}\n", "[^a]: b\n", "a|b\n", "|a", "*[a]: b\n", "a\n: b\n", "<div markdown>\n", "$$\n", "{: .note }\n",
    ],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    """Four thousand characters of one mark: at worst the square of a word's time, and far below the limit."""
    began = time.process_time()
    with suppress(RecursionError):  # too deep
        to_tree(piece * (4000 // len(piece)))
    assert time.process_time() - began < 5
