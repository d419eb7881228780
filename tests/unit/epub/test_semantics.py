"""Semantics: the mark-up of the ebook, so that it reads well from beginning to end."""

from __future__ import annotations

import pytest

from handpress.epub.semantics import for_epub
from handpress.markup.tree import parse_tree, serialize


def tagged(markup: str) -> str:
    tree = parse_tree(markup)
    for_epub(tree)
    return serialize(tree)


def table(head: str, *rows: str) -> str:
    """A table of words, one cell each."""
    cells = "".join(f'<th scope="col">{word}</th>' for word in head.split())
    body = "".join(
        "<tr>" + "".join(f"<td>{word}</td>" for word in row.split()) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def test_a_dosage_is_heard_part_by_part() -> None:
    """The columns are heard as "Sets 3, Hold 5 s", not as "Sets, Hold, 3, 5 s"."""
    dose = (
        '<table class="dose"><thead><tr><th scope="col">Sets</th><th scope="col">Hold</th></tr></thead>'
        "<tbody><tr><td>3</td><td>5 s</td></tr></tbody></table>"
    )
    assert tagged(f'<section class="exercise">{dose}</section>') == (
        '<section class="exercise"><table class="dose in-rows"><tbody>'
        '<tr><th scope="row">Sets</th><td>3</td></tr>'
        '<tr><th scope="row">Hold</th><td>5 s</td></tr></tbody></table></section>'
    )


def test_a_table_that_fits_a_phone_stays() -> None:
    assert tagged(table("Day Load Pain", "one 10 mild")) == table("Day Load Pain", "one 10 mild")


def test_a_table_wider_than_a_phone_becomes_groups_of_lines() -> None:
    """A group for each row, a line for each cell, with the head of its column. No word is lost."""
    wide = table(
        "Muscle Origin Insertion Innervation Action",
        "gluteus-maximus ilium iliotibial inferior extension",
        "gluteus-medius ilium trochanter superior abduction",
    )
    made = tagged(wide)
    assert made.startswith(
        '<table class="stacked"><tbody><tr><th scope="row">Muscle</th><td>gluteus-maximus</td></tr>'
        '<tr><th scope="row">Origin</th><td>ilium</td></tr>'
    )
    assert (made.count("<tbody>"), made.count("<tr>")) == (2, 10)


def test_what_stands_below_an_empty_corner_names_its_lines() -> None:
    wide = table("Muscle Origin Insertion Innervation Action", "gluteus a b c iliotibialis")
    corner = wide.replace('<th scope="col">Muscle</th>', "<td></td>")
    made = tagged(corner.replace("<td>gluteus</td>", "<th>gluteus-maximus-et-medius</th>"))
    assert made.startswith(
        '<table class="stacked"><tbody>'
        '<tr><th scope="rowgroup" colspan="2">gluteus-maximus-et-medius</th></tr>'
        '<tr><th scope="row">Origin</th><td>a</td></tr>'
    )


def test_what_is_linked_to_in_a_head_stands_there_once() -> None:
    """The heads are repeated for each row; a note's call and its id are in the first."""
    wide = table("Muscle Origin Insertion Innervation Action", "a b c d e", "f g h i iliotibialis")
    call = '<sup class="call"><a class="noteref" href="#fn" id="fnref">1</a></sup>'
    made = tagged(wide.replace("Innervation<", f"Innervation-of-it-all{call}<"))
    assert made.count("Innervation-of-it-all<sup") == 2
    assert made.count('id="fnref"') == 1


def test_a_table_in_a_box_has_less_room() -> None:
    """Four characters less for each list, quotation or care box around it."""
    fits = table("Zeitraum Belastung Schmerz", "Woche-eins zehn-Kilo keiner-bis-mild")
    assert tagged(fits) == fits
    for start, end in (("<ul><li>", "</li></ul>"), ("<blockquote>", "</blockquote>")):
        assert 'class="stacked"' in tagged(start + fits + end)


def test_a_head_may_be_a_picture() -> None:
    wide = table("Muscle Origin Insertion Innervation Action", "a b c d iliotibialis-tract")
    made = tagged(wide.replace(">Insertion<", '><img alt="Insertion" src="i.svg" /><'))
    assert '<tr><th scope="row"><img alt="Insertion" src="i.svg" /></th><td>c</td></tr>' in made


def test_an_empty_row_is_no_group_of_lines() -> None:
    wide = table("Muscle Origin Insertion Innervation Action", "a b c d iliotibialis-tract")
    empty = "<tr>" + "<td></td>" * 5 + "</tr>"
    assert tagged(wide.replace("<tbody>", f"<tbody>{empty}")) == tagged(wide)


def test_a_dosage_is_never_made_smaller() -> None:
    dose = table("Repetitionsandmore Timesadayandmore Daysaweekandmore", "1 2 3")
    dose = dose.replace("<table>", '<table class="dose">')
    made = tagged(f'<section class="exercise">{dose}</section>')
    assert made.startswith('<section class="exercise"><table class="dose in-rows">')


def test_a_table_in_a_cell_is_left_where_it_is() -> None:
    wide = table("Muscle Origin Insertion", "incomprehensibilities counterrevolutionaries X")
    nested = wide.replace(">X<", f">{table('A B C', 'd e f')}<")
    assert tagged(nested) == nested.replace("<table>", '<table class="wide">', 1)


@pytest.mark.parametrize("span", ["colspan", "rowspan"])
def test_a_table_that_cannot_be_taken_apart_is_only_marked(span: str) -> None:
    """Its stylesheet makes it smaller and lets words be divided."""
    wide = table("A B C", "incomprehensibilities " * 3).replace("<td>", f'<td {span}="1">', 1)
    assert tagged(wide) == wide.replace("<table>", '<table class="wide">')


def test_a_box_is_called_by_its_lines() -> None:
    """A listener who jumps to it hears its kind, then its text as it is."""
    box = (
        '<section class="care urgent"><p class="level">Urgent</p><p class="title">Call 111 if:</p>'
        "<ul><li>it swells</li></ul></section>"
    )
    said = ' aria-label="Urgent: Call 111 if" epub:type="notice" role="doc-notice">'
    assert tagged(box) == box.replace(">", said, 1)
    assert "aria-label" not in tagged('<aside class="note"><p>Words.</p></aside>')


def test_a_note_of_any_kind_is_a_note() -> None:
    """A warning is not a tip: a box of another kind is only marked as beside the text."""
    assert tagged('<aside class="note"><p>Words.</p></aside>') == (
        '<aside class="note" role="note"><p>Words.</p></aside>'
    )


def test_notes_have_a_name_and_no_heading() -> None:
    """A reader that shows them where they are called hides them here: no heading is left behind."""
    notes = (
        '<section class="notes"><h2 id="a---notes">Notes</h2>'
        '<aside class="footnote" id="a--fn-1"><p>Words.</p></aside></section>'
    )
    assert tagged(notes) == (
        '<section class="notes" aria-label="Notes" epub:type="footnotes">'
        '<aside class="footnote" id="a--fn-1" epub:type="footnote" role="doc-footnote">'
        "<p>Words.</p></aside></section>"
    )
