"""Front matter that is damaged: nothing raises, nothing is lost silently, and no draft is published."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handpress.core.files.source import Source
from handpress.core.problems.problem import Problem
from handpress.series.frontmatter.read import read_front_matter
from handpress.series.settings.schema import ARTICLE
from handpress.series.settings.yaml_reader import Settings

BODY = ("Alpha moves the sea.", "", "## Beta", "", "- gamma", "- delta: epsilon", "", "---", "", "Zeta ends it.", "")  # fmt: skip
WORDS = ["Alpha", "Beta", "gamma", "delta", "epsilon", "Zeta"]

# The settings of each format, with the place for a mark of a draft as the first of them.
FORMATS = {
    "yaml": (
        "---\n{mark}",
        "title: Neap Tides\ntags: [sea, moon]\nauthors:\n  - name: Ada\n    url: https://a.example\nsummary: >\n  Low\n  water\n---\n",
    ),
    "toml": (
        "+++\n{mark}",
        'title = "Neap Tides"\ntags = ["sea", "moon"]\n[[authors]]\nname = "Ada"\n[params]\nx = """\nLow\n"""\n+++\n',
    ),
    "json": (
        "{{\n{mark}",
        '  "title": "Neap Tides",\n  "tags": ["sea", "moon"],\n  "authors": [{"name": "Ada"}],\n  "params": {"x": 1}\n}\n',
    ),
}  # fmt: skip
MARKS = {
    "yaml": ("draft: true\n", "published: false\n", "status: draft\n", "Draft: yes\n"),
    "toml": ("draft = true\n", "published = false\n", 'status = "draft"\n'),
    "json": ('  "draft": true,\n', '  "published": false,\n', '  "status": "draft",\n'),
}
PIECES = st.sampled_from(
    ["", " ", "\n", "\t", ":", "=", '"', "'", "[", "]", "{", "}", "#", "-", "---\n", "+++\n", "}\n", "|", ">", "&a", "*a",
     "<<: ", "draft: false\n", "\\", "é", "\ufeff", "<!--", "- x\n", "Note: x\n", ",", "```\n", "..."]
)  # fmt: skip


def read(text: str) -> tuple[Settings, str, list[Problem]]:
    settings, start, problems = read_front_matter(Source("neap.md", text), ARTICLE, "an article")
    lines = text.split("\n")
    for found in problems:
        assert found.place.path == "neap.md"
        assert 1 <= found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1
    return settings, text[start:], problems


@st.composite
def damaged(draw: st.DrawFn, form: str, mark: str) -> str:
    """Settings with a few characters replaced behind the mark, or cut off there; then the body."""
    head, tail = FORMATS[form]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(tail)))
        end = min(len(tail), at + draw(st.integers(0, 6)))
        tail = tail[:at] + draw(PIECES) + tail[end:]
    if draw(st.booleans()):
        tail = tail[: draw(st.integers(0, len(tail)))]
    return head.format(mark=mark) + tail + draw(st.sampled_from(["", "\n"])) + "\n".join(BODY)


@given(st.data(), st.sampled_from(sorted(FORMATS)))
def test_a_mark_before_the_damage_keeps_the_article_back(data: st.DataObject, form: str) -> None:
    mark = data.draw(st.sampled_from(MARKS[form]))
    text = data.draw(damaged(form, mark))
    assert read(text)[0].get("draft") is True, text


@given(st.data(), st.sampled_from(sorted(FORMATS)))
def test_each_word_is_in_the_body_or_there_is_a_message(data: st.DataObject, form: str) -> None:
    text = data.draw(damaged(form, ""))
    _, body, problems = read(text)
    assert problems or all(word in body for word in WORDS), text


@given(st.text(st.sampled_from("-+;{}[]:=\"'#\n \tdraft123é.,<!>|&*"), max_size=120))
def test_any_text_is_read(text: str) -> None:
    """Its settings and its places are sound, whatever it is."""
    for fence in ("", "---\n", "+++\n", ";;;\n", "{\n", '{"a": '):
        settings, body, _ = read(fence + text)
        assert (fence + text).endswith(body)
        assert set(settings.values) <= set(ARTICLE)


def test_an_object_that_ends_too_early_still_keeps_the_article_back() -> None:
    settings, body, _ = read(
        '{\n  "published": false,\n  "a": "b"}],\n  "c": {"x": 1}\n}\nThe sea.\n'
    )
    assert (settings.get("draft"), body) == (True, "The sea.\n")
    assert read('{"a": 1} is an object.\n')[1:] == ('{"a": 1} is an object.\n', [])
