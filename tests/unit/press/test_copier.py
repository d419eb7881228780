"""Copying objects from one PDF to another: nothing is taken for what it only looks like, whoever wrote the file."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.syntax import (
    STRING,
    after,
    characters,
    content,
    entries,
    prefixed,
    replaced,
    replaced_after,
    string,
    values,
)
from helpers.pieces import piece

# Words that look like the syntax around them.
STRANGE = "See (12 0 R), /ID (x) endobj \\ >> ] stream"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"[]", []),
        (b"[1 2.5 -3 true]", [b"1", b"2.5", b"-3", b"true"]),
        (b"[12 0 R 7 13 0 R]", [b"12 0 R", b"7", b"13 0 R"]),
        (rb"[(a \) b) <fe00> /Name/Other]", [rb"(a \) b)", b"<fe00>", b"/Name", b"/Other"]),
        (b"<</A [1 [2] (])]/B<</C 3>>>>", [b"/A", b"[1 [2] (])]", b"/B", b"<</C 3>>"]),
        (b"<< /A << /B [ << /C [ 1 ] >> ] >> /D 4 0 R >>",
         [b"/A", b"<< /B [ << /C [ 1 ] >> ] >>", b"/D", b"4 0 R"]),
    ],
)  # fmt: skip
def test_values_of_arrays_and_dictionaries(text: bytes, found: list[bytes]) -> None:
    assert values(text) == found


@pytest.mark.parametrize("text", ["plain", "(brackets) \\ and )(", "čaj", "नमस्ते", ""])
def test_a_string_is_read_as_it_was_written(text: str) -> None:
    assert characters(string(text)) == text
    assert characters(prefixed(string(text), "3-")) == f"3-{text}"


def test_strings_of_other_programs() -> None:
    assert content(rb"(a\nb\051\\\(\7)") == b"a\nb)\\(\x07"


def test_a_reference_in_a_string_is_none() -> None:
    text = b"<</P 3 0 R/Alt %b/K [4 0 R]>>" % string(STRANGE)
    moved = replaced(text, lambda number: b"%d 0 R" % (int(number) + 100))
    assert moved == b"<</P 103 0 R/Alt %b/K [104 0 R]>>" % string(STRANGE)


def test_a_name_in_a_string_is_none() -> None:
    text = b"<</Alt (/ID <ab>)/ID (one)>>"
    changed = replaced_after(after(rb"/ID", STRING), text, lambda id_: prefixed(id_, "2-"))
    assert changed == b"<</Alt (/ID <ab>)/ID (2-one)>>"


def copied(data: bytes) -> pikepdf.Pdf:
    """The file that has everything that the root of another refers to."""
    out = io.BytesIO()
    file = GrowingPdf(out)
    copier = Copier(file, data)
    root, info = (copier.copied(copier.trailer[key]) for key in (b"/Root", b"/Info"))
    copier.write()
    file.finish(*(int(reference.split()[0]) for reference in (root, info)))
    return pikepdf.open(out)


def shown(pdf: pikepdf.Pdf) -> list[Any]:
    """The objects of a file, without what depends on their numbers."""
    every = [pdf.Root, pdf.docinfo, *(page.obj for page in pdf.pages)]
    return [
        sorted(str(thing.keys()) for thing in every),
        [page.Contents.read_bytes() for page in pdf.pages],
        [str(page.label) for page in pdf.pages],
        str(pdf.docinfo.Title),
        [str(element.get("/Alt", "")) for element in pdf.objects if kind(element) == "/StructElem"],
    ]


def kind(thing: Any) -> str:
    return str(thing.get("/Type", "")) if isinstance(thing, pikepdf.Dictionary) else ""


BODY = f'<h1 id="one">{STRANGE}</h1><p>Čaj</p><img src="dot.png" alt="{STRANGE}">'


def test_a_file_by_weasyprint() -> None:
    with pikepdf.open(io.BytesIO(piece(BODY))) as before, copied(piece(BODY)) as after_:
        assert shown(after_) == shown(before)
        assert STRANGE in shown(after_)[-1]


@pytest.mark.parametrize("objects", pikepdf.ObjectStreamMode.__members__.values())
def test_a_file_by_qpdf(objects: pikepdf.ObjectStreamMode) -> None:
    """With a table of where its objects are, or with that as a stream in which each row is the difference from the last."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(piece(BODY))) as before:
        before.save(out, object_stream_mode=objects)
    with pikepdf.open(out) as before, copied(out.getvalue()) as after_:
        assert shown(after_) == shown(before)


def test_equal_content_is_written_once() -> None:
    """A stream, with all that it refers to, is stored once for all files that have it."""
    out = io.BytesIO()
    file = GrowingPdf(out)
    places = []
    for body in (BODY, f"<p>Before it</p>{BODY}"):
        copier = Copier(file, piece(body))
        pictures = (
            n
            for n in copier.streams
            if b"/Image" in copier.texts[n] and b"/SMask" in copier.texts[n]
        )
        places.append(copier.shared(next(pictures)))
    assert places[0] == places[1]


def test_an_object_that_is_written_otherwise() -> None:
    file = GrowingPdf(io.BytesIO())
    copier = Copier(file, piece(BODY))
    page = copier.pages[0]
    own = copier.moved(page)
    assert copier.copied(b"[%b 0 R]" % page) == b"[%d 0 R]" % own
    assert page not in copier.new.pending


def test_a_place_without_an_object_is_an_error() -> None:
    data = piece(BODY)
    at = data.rindex(b"startxref")
    with pytest.raises(ValueError, match="there is no object at byte 3"):
        Copier(GrowingPdf(io.BytesIO()), data[:at] + b"startxref\n3\n%%EOF\n")


def test_the_entries_of_a_dictionary() -> None:
    assert entries(b"<< /A 1 /B [2 0 R] >>") == {b"/A": b"1", b"/B": b"[2 0 R]"}
