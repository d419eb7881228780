"""Parts of an article that have a notation of their own: authors' boxes, exercises, notes, questions."""

from __future__ import annotations

import pytest

from handpress.importers.bios import author_file
from handpress.importers.html import parse_fragment, words_of
from handpress.importers.leave_out import leave_out
from handpress.importers.markdown.write import write
from handpress.importers.model import Loss, Writer
from handpress.importers.recognise.author_box import take_author_boxes
from handpress.importers.recognise.exercises import suggested
from handpress.importers.recognise.faq import mark_faq
from handpress.importers.recognise.notes import take_notes
from handpress.importers.recognise.pager import take_pager
from handpress.importers.simplify import Simplifier
from handpress.markup.tree import text_of
from helpers.workspaces import Book


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-box"><h4>About Ada Stone</h4><p>Ada keeps a harbour.</p></div>',
        '<div class="author-info"><h3>About the author</h3><p>Ada Stone keeps a harbour.</p></div>',
        '<div class="saboxplugin-wrap"><div class="saboxplugin-authorname">Ada Stone</div>'
        '<div class="saboxplugin-desc"><p>She keeps a harbour.</p></div></div>',
        "<p><strong>Ada Stone</strong></p><p>Ada keeps a harbour.</p>",
    ],
)
def test_a_box_about_the_author(box: str) -> None:
    tree = parse_fragment(f"<p>Text.</p>{box}")
    (writer,) = take_author_boxes(tree, ("Ada Stone",))
    assert writer.name == "Ada Stone"
    assert "keeps a harbour." in writer.bio
    assert text_of(tree) == "Text."


def test_a_name_in_the_text_is_not_a_box() -> None:
    tree = parse_fragment("<p>Ada Stone</p><p>lived here. Others did too.</p>" + "<p>Text.</p>" * 9)
    assert take_author_boxes(tree, ("Ada Stone",)) == ()


def test_an_exercise_is_suggested() -> None:
    tree = parse_fragment(
        '<h3>Bridge</h3><figure><img src="a.png" alt="A"></figure><ol><li>Lie.</li><li>Lift.</li></ol>'
        "<p>3 sets of 10. Hold for 5 seconds, twice a day.</p><h3>Rest</h3><ol><li>Sit.</li><li>Stay.</li></ol>"
    )
    assert list(suggested(Simplifier("page").simplify(tree))) == [
        (
            "Bridge",
            '!!! exercise "Bridge"\n\n    ![A](a.png)\n\n    1. Lie.\n    2. Lift.\n\n'
            "    Sets : 3\n    Repetitions : 10\n    Hold : 5 seconds\n    Times a day : 2",
        )
    ]


def noted(html: str) -> str:
    tree = parse_fragment(html)
    notes = take_notes(tree)
    simple = {label: Simplifier("page").simplify(note) for label, note in notes.items()}
    return write(Simplifier("page").simplify(tree), simple)[0]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Text<sup id="r1"><a href="#n1">1</a></sup>.</p><ol><li id="n1">The note. <a href="#r1">↩</a></li></ol>',
        '<p>Text<sup><a href="#n1" id="r1">[1]</a></sup>.</p><hr><div class="footnotes"><p id="n1"><a href="#r1">1.</a> The note.</p></div>',
        '<p>Text<a id="r1" class="footnote-anchor" href="#n1">1</a>.</p><div class="footnote"><a id="n1" href="#r1">1</a>'
        '<div class="footnote-content"><p>The note.</p></div></div>',
        '<p>Text<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> The note.</p></div>',
        '<p>Text<a epub:type="noteref" href="#n1">*</a>.</p><aside id="n1" epub:type="footnote"><p>The note.</p></aside>',
    ],
)
def test_notes_of_many_programs(html: str) -> None:
    assert noted(html).rstrip("-\n ") == "Text[^1].\n\n[^1]: The note."


def test_a_link_to_a_section_is_not_a_note() -> None:
    html = '<p>See <a href="#s">1</a>.</p><h2 id="s">1</h2><p>Text.</p>'
    assert take_notes(parse_fragment(html)) == {}


def test_an_item_with_more_than_a_question_and_its_answer_stays() -> None:
    tree = parse_fragment(
        '<div class="faq-item"><h3 class="faq-question">Why?</h3><p>Between.</p><p class="faq-answer">So.</p></div>'
    )
    assert mark_faq(tree) == []
    assert text_of(tree) == "Why? Between. So."


@pytest.mark.parametrize(
    ("pager", "sides"),
    [
        ('<nav class="post-navigation"><div class="nav-previous"><a href="/a">A</a></div><div class="nav-next">'
         '<a href="/b">B</a></div></nav>', ("/a", "/b")),
        ('<a rel="prev" href="/a">A</a>', ("/a", "")),
        ('<div class="pager"><a href="/b">Next: B</a></div>', ("", "/b")),
        ('<p><a href="/b">Next week</a> we rest.</p>', ("", "")),
    ],
)  # fmt: skip
def test_pagers(pager: str, sides: tuple[str, str]) -> None:
    assert take_pager(parse_fragment(f"<p>Text.</p>{pager}")) == sides


def test_hidden_answers_are_kept() -> None:
    tree = parse_fragment(
        '<p>Text.</p><div style="display: none"><p>An answer that is folded, of more than a few words.</p></div>'
        '<span hidden>two words</span><div class="post__share">Share it</div>'
    )
    losses = leave_out(tree, "page", page=True)
    assert [(loss.kind, loss.what) for loss in losses] == [
        ("changed", "hidden text is shown"), ("left out", "hidden text"), ("left out", "share buttons"),
    ]  # fmt: skip
    assert text_of(tree) == "Text. An answer that is folded, of more than a few words."


def test_a_part_that_is_nearly_all_of_a_page_is_its_article() -> None:
    words = "Words of the article. " * 30
    tree = parse_fragment(f'<div class="related"><p>{words}</p></div>')
    assert leave_out(tree, "page", page=True) == []


def test_the_first_line_of_a_bio_may_be_the_role() -> None:
    losses: list[Loss] = []
    bio = "<p>Written by Ada Stone, keeper of a harbour.</p><p>She sails. She also swims.</p>"
    assert author_file(Writer("Ada Stone", bio, "https://example.org"), losses) == (
        "---\nname: Ada Stone\nrole: keeper of a harbour\nshort: She sails. She also swims.\n"
        'links:\n  website: "https://example.org"\n---\n\nShe sails. She also swims.\n'
    )
    assert [loss.excerpt for loss in losses] == [
        "keeper of a harbour",
        "She sails. She also swims.",
    ]


@pytest.mark.parametrize("start", ["1 ", "1. ", "[1] ", "<sup>1</sup> ", "<b>1.</b> "])
def test_a_note_does_not_repeat_its_number(start: str) -> None:
    html = f'<p>Text<sup id="r1"><a href="#n1">1</a></sup>.</p><p id="n1" class="footnote">{start}The 1 note.</p>'
    assert noted(html).rstrip("\n") == "Text[^1].\n\n[^1]: The 1 note."


def test_a_note_in_a_table_that_is_html_is_in_its_cell(empty: Book) -> None:
    table = '<table><tr><td colspan="2">a<sup id="r1"><a href="#n1">1</a></sup></td></tr><tr><td>b</td><td>c</td></tr></table>'
    note = '<aside id="n1" class="footnote"><p>The note. <a href="#r1">↩</a></p></aside>'
    empty.write(
        "page.html", f"<title>One</title><article><h1>One</h1><p>Text.</p>{table}{note}</article>"
    )
    ran = empty.run("import", "page.html")
    assert '<td colspan="2">a [The note.]</td>' in empty.read("sources/one/01-page.md")
    assert "[^1]" not in empty.read("sources/one/01-page.md")
    assert "changed: a note in a table or caption is in its text: page.html" in ran.said


def test_a_question_within_the_title_of_another() -> None:
    tree = parse_fragment(
        "<details><summary>Why?<div><details><summary>How?</summary>So.</details></div></summary>Yes.</details>"
    )
    mark_faq(tree)
    assert words_of(tree) == ["Common", "questions", "Why", "How", "So", "Yes"]
