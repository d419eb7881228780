"""Fallbacks: a warning costs no words, and none of them lands in a wrong place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handpress.core.files.decoding import decode
from handpress.core.files.disk import Disk
from handpress.core.files.source import without_controls
from handpress.core.files.workspace import find
from handpress.markup.tree import parse_tree, text_of
from handpress.series.assemble import assemble
from handpress.series.model import Series
from handpress.series.parse import parse
from helpers.workspaces import Book


def read(folder: Path, text: str | bytes) -> tuple[str, list[str], list[str]]:
    """The text of an article, that of its notes, and the codes of its problems."""
    (folder / "tides.md").write_bytes(text.encode() if isinstance(text, str) else text)
    article, problems = parse(Disk(folder), "tides.md")
    notes = [text_of(parse_tree(note)) for note in article.notes.values()]
    return text_of(parse_tree(article.body)), notes, [p.code for p in problems]


# --- Notes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("A.[^1]\n\n[^1]: One.[^2]\n\n[^2]: Two.\n", ["One. (Two.)"]),
        ("A.[^1]\n\n[^1]: One.[^2] [^2]\n\n[^2]: Two.\n", ["One. (Two.)"]),
        ("A.[^1]\n\n[^1]: One.[^1]\n", ["One."]),
        ("A.[^1]\n\n[^1]: One.[^2]\n\n[^2]: Two.[^1]\n", ["One. (Two.)"]),
        ("A.[^1]\n\n[^1]: One.[^2]\n\n[^2]: Two.[^3]\n\n[^3]: Three.\n", ["One. (Two. (Three.))"]),
        ("A.[^1]\n\n[^1]: One.[^2]\n\n[^2]: Two.\n\n    Too.\n", ["One. (Two. Too.)"]),
        ("A.[^1] B.[^2]\n\n[^1]: One.[^2]\n\n[^2]: Two.\n", ["One. (Two.)", "Two."]),
    ],
)
def test_a_nested_note_is_in_brackets(text: str, notes: list[str], tmp_path: Path) -> None:
    _, found, problems = read(tmp_path, text)
    assert [" ".join(note.split()) for note in found] == notes
    assert set(problems) == {"nested-footnote"}


def test_a_note_goes_to_one_that_is_called(tmp_path: Path) -> None:
    """Not to an unused note, with which it would be lost."""
    text = "A.[^used]\n\n[^unused]: U.[^deep]\n\n[^used]: One.[^deep]\n\n[^deep]: Deep.\n"
    _, notes, problems = read(tmp_path, text)
    assert notes == ["One. (Deep.)"]
    assert "unused-footnote" in problems


def test_two_notes_of_one_label_are_one(tmp_path: Path) -> None:
    _, notes, problems = read(tmp_path, "A.[^1]\n\n[^1]: One.\n\n[^1]: Two.\n")
    assert ["One." in notes[0], "Two." in notes[0]] == [True, True]
    assert (len(notes), problems) == (1, ["duplicate-footnote"])


@pytest.mark.parametrize("rest", ["The sea.\n", "", "- The sea.\n"])
def test_a_note_of_the_title_is_called_in_the_text(rest: str, tmp_path: Path) -> None:
    (tmp_path / "tides.md").write_text(f"# Tides[^1]\n\n{rest}\n[^1]: Of the moon.\n")
    article, problems = parse(Disk(tmp_path), "tides.md")
    assert article.title == "Tides"
    assert article.body.count('class="noteref"') == 1
    assert list(article.notes.values()) == ["<p>Of the moon.</p>"]
    assert [p.code for p in problems] == ["title-footnote", *([] if rest else ["empty-article"])]


# --- Lines of a dosage ---------------------------------------------------------------------------


@pytest.mark.parametrize("box", ["exercise", "diary"])
def test_an_unknown_line_is_printed_below_the_others(box: str, tmp_path: Path) -> None:
    known = "Sets" if box == "exercise" else "Days"
    text = f'!!! {box} "Row"\n\n    {known}\n    :   3\n\n    Frequency\n    :   daily *or* more\n'
    found, _, problems = read(tmp_path, text)
    assert "Frequency: daily or more" in found
    assert problems == ["unknown-dose"]


@pytest.mark.parametrize(
    ("language", "line", "meant"),
    [
        ("es-MX", "Repeticones", "`Repeticiones`"),
        ("es", "Sätz", "Series, Repeticiones"),
        ("en", "Rest", "Sets, Repetitions, Hold"),
        ("eo", "Repititions", "`Repetitions`"),
    ],
)
def test_an_unknown_line_is_compared_with_the_labels_of_its_language(
    language: str, line: str, meant: str, tmp_path: Path
) -> None:
    known = "Series" if language.startswith("es") else "Sets"
    text = (
        f'---\nlanguage: {language}\n---\n\n!!! exercise "Row"\n\n    {known} : 3\n    {line} : 1\n'
    )
    (tmp_path / "tides.md").write_text(text, encoding="utf-8")
    (problem,) = parse(Disk(tmp_path), "tides.md")[1]
    assert meant in problem.help


@pytest.mark.parametrize("box", ["exercise", "diary"])
@pytest.mark.parametrize(("language", "printed"), [("en", "Pause: 1"), ("fr", "Pause : 1")])
def test_only_french_has_a_space_before_the_colon_of_a_line(
    language: str, printed: str, box: str, tmp_path: Path
) -> None:
    known = "Sets : 3" if box == "exercise" else "Days : 3"
    head = f"---\nlanguage: {language}\n---\n\n"
    found, _, _ = read(tmp_path, f'{head}!!! {box} "Row"\n\n    {known}\n    Pause : 1\n')
    assert printed in found


# --- Encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"Caf\xe9", "Café", "Windows-1252"),
        (b"It\x92s \x93so\x94 \x96 yes", "It’s “so” – yes", "Windows-1252"),
        (b"\xef\xbb\xbfSea", "Sea", ""),
        ("\ufeffThe sea – 水".encode("utf-16-le"), "The sea – 水", "UTF-16"),
        ("\ufeffThe sea – 水".encode("utf-16-be"), "The sea – 水", "UTF-16"),
        ("é and ".encode() + b"\xe9", "é and é", "Windows-1252"),  # two files that were joined
    ],
)
def test_an_older_encoding_is_read(data: bytes, text: str, encoding: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Приливы и отливы", "cp1251"),
        ("Η θάλασσα", "iso-8859-7"),
        ("潮の満ち引き", "shift-jis"),
        ("大海", "gbk"),
    ],
)
def test_an_encoding_that_is_not_clear_is_an_error(
    text: str, encoding: str, tmp_path: Path
) -> None:
    """Read as Western text, each word would be wrong."""
    assert read(tmp_path, f"# Sea\n\n{text}\n".encode(encoding))[2] == ["not-utf8"]


@given(st.text())
def test_utf_8_is_never_doubted(text: str) -> None:
    if text[:1] != "\ufeff":
        assert decode(text.encode("utf-8", "ignore")).encoding == ""


@given(st.binary())
def test_any_bytes_are_decoded(data: bytes) -> None:
    found = decode(data)
    assert found.text.encode("utf-8", "strict") is not None
    assert found.at is None or 0 <= found.at <= len(found.text)


def test_a_binary_file_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, bytes(range(32)) * 40)[2] == ["not-utf8"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("ti\x08de", "tide"),
        ("a\x0cb", "a b"),
        ("it\x92s", "it’s"),
        ("\x81x\ufffe", "x"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_a_control_character_is_what_it_stands_for(written: str, text: str) -> None:
    assert without_controls(written) == text


def test_a_control_character_costs_itself_alone(tmp_path: Path) -> None:
    found, _, problems = read(tmp_path, "---\ntitle: T\x08ides\n---\n\nThe s\x00ea.\n")
    assert (found, problems) == ("The sea.", ["control-character"] * 2)


# --- Settings ------------------------------------------------------------------------------------


def series_of(book: Book) -> tuple[Series, list[str]]:
    workspace = find(book.root)
    assert workspace is not None
    series, problems = assemble(workspace, workspace.folders[0])
    return series, [p.code for p in problems]


def test_an_author_without_a_name_has_that_of_the_file(book: Book) -> None:
    book.write("sources/authors/ada-stone.md", "---\nrole: Writer\n---\n\nShe writes.\n")
    series, problems = series_of(book)
    assert [author.name for author in series.authors] == ["Ada Stone"]
    assert problems == ["missing-value"]


def test_an_edition_that_cannot_be_read_is_not_the_first(book: Book) -> None:
    book.write("sources/moon/series.yaml", "title: Moon\nedition: two and a half\n")
    series, problems = series_of(book)
    assert (series.edition, problems) == (0, ["wrong-value"])


def test_a_pack_leaves_out_what_is_not_published(book: Book) -> None:
    packs = "packs:\n  both: [neap, nothing]\n  none: [nothing]\n"
    book.write("sources/moon/series.yaml", f"title: Moon\n{packs}")
    series, problems = series_of(book)
    assert series.packs == {"both": ("neap",)}
    assert problems == ["missing-handout"] * 2


def test_content_for_unknown_media_alone_is_in_all(tmp_path: Path) -> None:
    text = 'A.\n{: only="papyrus" }\n\nB.\n{: only="book papyrus" }\n'
    (tmp_path / "tides.md").write_text(text)
    article, problems = parse(Disk(tmp_path), "tides.md")
    assert article.body == '<p>A.</p>\n<p only="book">B.</p>\n'
    assert [p.code for p in problems] == ["unknown-medium"] * 2
