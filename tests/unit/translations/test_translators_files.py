"""Translators' files: XLIFF and PO by their standards, and as real tools give them back."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from translate.storage import pypo, xliff2

from handpress.markup.dialect.reader import environment
from handpress.translations import po, xliff
from handpress.translations.files import (
    MISSING,
    OLDER,
    TRANSLATED,
    Entry,
    Outgoing,
    TranslationRefused,
)
from handpress.translations.inlines import Code, Pieces, read, write
from helpers.translators import XLIFF, translated

TEXT = "A [link](b.md) with **strong** `code`, and a\\\nbreak & <tag>.[^n]"
ENV = environment() | {"notes": {"n"}}


def entry(text: str, state: str = MISSING, target: str = "", name: str = "s:a:1") -> Entry:
    source = read(text, ENV)
    there = read(target, ENV) if target else None
    return Entry(
        name, source, there, state, text, target, ("sources/my series/a.md", 3), "paragraph"
    )


ENTRIES = (
    entry(TEXT),
    entry("Old", OLDER, "Alt", "s:a:2"),
    entry("Done", TRANSLATED, "Fertig", "s:a:3"),
)
OUTGOING = Outgoing("The “Sea”", "en", "pt-BR", "2026-01-02", {"sources/my series/a.md": ENTRIES})


# --- XLIFF -------------------------------------------------------------------------------------


def test_xliff_has_the_structure_of_the_standard() -> None:
    """XLIFF 2.0, section 4.2 (elements, their order and their attributes) and 4.3 (ids and references to data)."""
    root = ElementTree.fromstring(xliff.write(OUTGOING))
    name = f"{{{XLIFF}}}"
    assert root.tag == f"{name}xliff"
    assert dict(root.attrib) == {"version": "2.0", "srcLang": "en", "trgLang": "pt-BR"}
    ids = []
    for file in root:
        assert (file.tag, file.get("id")) == (f"{name}file", "f1")
        assert [(e.tag, e.get("category"), e.text) for e in file[0]] == [
            (f"{name}note", "exported for", "pt-BR")
        ]
        for unit in file[1:]:
            ids.append(unit.get("id"))
            order = ["notes", "originalData", "segment"]
            tags = [child.tag.removeprefix(name) for child in unit]
            assert tags == [tag for tag in order if tag in tags]
            assert tags[-1] == "segment"
            data = {d.get("id") for d in unit.iter(f"{name}data")}
            used = set()
            for source in unit.iter(f"{name}source"):
                inline = [e for e in source.iter() if e is not source]
                assert {e.tag.removeprefix(name) for e in inline} <= {"pc", "ph"}
                assert len({e.get("id") for e in inline}) == len(inline)
                for e in inline:
                    used |= {v for key, v in e.items() if key.startswith("dataRef")}
                    assert e.get("type") in {"fmt", "link", "image", "other"}
                    if (e.get("subType") or "").startswith("xlf:"):
                        assert e.get("type") == "fmt"
            assert used == data
    assert len(ids) == len(set(ids)) == 3
    assert all(re.fullmatch(r"[\w.:-]+", i or "") for i in ids), "an NMTOKEN"
    states = [(s.get("state"), s.get("subState")) for s in root.iter(f"{name}segment")]
    assert states == [(None, None), ("initial", "handpress:older"), ("translated", None)]


def given_back(change: str, by: str) -> Pieces | None:
    """The entry of the first text in a file, with `change` replaced `by` something else."""
    data = translated(xliff.write(OUTGOING)).decode()
    assert change in data
    found = xliff.read(data.replace(change, by).encode()).texts.get("s:a:1")
    return found.pieces if found and found.done else None


def ids(pieces: Pieces | None) -> list[str]:
    assert pieces is not None
    return [p if isinstance(p, str) else f"{p.id} {p.side}" for p in pieces]


def test_xliff_as_it_is_given_back() -> None:
    found = ids(given_back("xliff", "xliff"))
    assert found == [
        "A ", "1 open", "link", "1 close", " with ", "2 open", "strong", "2 close", " ", "3 alone", ", and a", "4 alone",
        "break & ", "5 alone", ".", "6 alone",
    ]  # fmt: skip


TARGET = re.search(r"<target>.*?</target>", translated(xliff.write(OUTGOING)).decode(), re.S)[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        # Attributes in another order, lines that are wrapped, an annotation, a character as `cp`.
        ('<target xml:space="preserve"><pc type="link" id="1"\n>B</pc>\n  C</target>', ["1 open", "B", "1 close", " C"]),
        ('<target>B <mrk id="m" type="term">C</mrk> <sm id="x"/>D<em startRef="x"/></target>', ["B C D"]),
        ('<target>B<cp hex="00A0"/>C<cp hex="0001"/><cp hex="zz"/></target>', ["B\u00a0C"]),
        # A pair that is written as its two ends, and a copy of a code.
        ('<target><sc id="2"/>B<ec startRef="2"/><ph id="9" copyOf="4"/></target>', ["2 open", "B", "2 close", "4 alone"]),
    ],
)  # fmt: skip
def test_xliff_of_other_tools(by: str, words: list[str]) -> None:
    assert ids(given_back(TARGET, by)) == words


def unit(content: str, version: str = "2.0", space: str = XLIFF) -> bytes:
    text = f'<xliff xmlns="{space}" version="{version}" srcLang="en" trgLang="de"><file id="f"><unit id="s:a:1">{content}'
    return f"{text}</unit></file></xliff>".encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        # Segments, with what is between them, and in another order in the translation.
        ("<segment><source>A.</source><target>X.</target></segment><ignorable><source> </source></ignorable>"
         "<segment><source>B.</source><target>Y.</target></segment>", "X. Y."),
        ('<segment><source>A </source><target order="2">X </target></segment>'
         '<segment><source>B </source><target order="1">Y </target></segment>', "Y X "),
        # Not all of them are translated.
        ("<segment><source>A.</source><target>X.</target></segment><segment><source>B.</source></segment>", None),
        ("<segment><source>A.</source><target/></segment>", None),
        # A tool filled in the original; a translator who says that the words are the same.
        ("<segment><source>A.</source><target>A.</target></segment>", None),
        ('<segment state="reviewed"><source>A.</source><target>A.</target></segment>', "A."),
        # A tool's mark for a text to edit.
        ('<segment state="initial"><source>A.</source><target>X.</target></segment>', "unfinished"),
    ],
)  # fmt: skip
def test_segments(content: str, words: str | None) -> None:
    for version, space in (("2.0", XLIFF), ("2.1", XLIFF), ("2.2", XLIFF.replace("2.0", "2.2"))):
        texts = xliff.read(unit(content, version, space)).texts
        found = texts.get("s:a:1")
        shown = found and ("".join(map(str, found.pieces or ())) if found.done else "unfinished")
        assert shown == words


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "it is XLIFF 1.2"),
        (b"<html/>", "it is not XLIFF 2"),
        (b"<xliff", "it is not XML: unclosed token: line 1, column 0"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "it has a document type, which may expand without end"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>', "it has a document type, which may expand without end"),
        (unit("<segment><source>a</source><target>" + "<pc id='1'>" * 3000 + "</pc>" * 3000 + "</target></segment>"), "its codes are nested too deep"),
    ],
)  # fmt: skip
def test_what_is_no_xliff(data: bytes, reason: str) -> None:
    with pytest.raises(TranslationRefused) as refused:
        xliff.read(data)
    assert refused.value.reason == reason


# --- PO ----------------------------------------------------------------------------------------


def test_po_as_it_is_written() -> None:
    text = po.write(OUTGOING).decode()
    head, *entries = text.split("\n\n")
    assert '"Language: pt_BR\\n"' in head
    assert entries[1:] == [
        '#. paragraph\n#: sources/my%20series/a.md:3\n#, fuzzy\nmsgctxt "s:a:2"\nmsgid "Old"\nmsgstr "Alt"',
        '#. paragraph\n#: sources/my%20series/a.md:3\nmsgctxt "s:a:3"\nmsgid "Done"\nmsgstr "Fertig"\n',
    ]
    assert r'msgid ""' in entries[0]
    assert r'"A [link](b.md) with **strong** `code`, and a\\\n"' in entries[0]


WRAPPED = r"""
# My name
msgid ""
msgstr ""
"Language: pt_BR\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. paragraph
#| msgid "before"
msgctxt "s:a:1"
msgid "one"
msgstr ""
"o \"sol\" "
"nasce"

#, fuzzy
msgctxt "s:a:2"
msgid "two"
msgstr "dois"

msgctxt "s:a:3"
msgid "three"
msgstr ""

#~ msgctxt "s:a:4"
#~ msgid "four"
#~ msgstr "quatro"
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_po_of_other_tools(ends: str, encoding: str) -> None:
    """Wrapped lines, other ends of lines, comments of all kinds, fuzzy and obsolete texts."""
    text = WRAPPED.replace("nasce", "já").replace(
        "UTF-8", "ISO-8859-1" if encoding == "latin-1" else "UTF-8"
    )
    found = po.read(text.replace("\n", ends).encode(encoding))
    assert found.tag == "pt-BR"
    shown = {name: (text.markdown, text.done) for name, text in found.texts.items()}
    assert shown == {"s:a:1": ('o "sol" já', True), "s:a:2": ("dois", False)}


def test_po_there_and_back() -> None:
    found = po.read(translated(po.write(OUTGOING)))
    pieces = read(found.texts["s:a:1"].markdown, ENV)
    assert pieces == ENTRIES[0].source
    assert write(pieces, ENV) == ENTRIES[0].markdown
    assert sum(isinstance(p, Code) for p in pieces) == 8


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04\xff\xfe", "it is not a PO file in utf-8"),
        (b'msgid "one"\nmsgstr "eins"\n', "it has no texts of Handpress: none has a `msgctxt`"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=x-none\\n"\n', "it is not a PO file in x-none"),
    ],
)  # fmt: skip
def test_what_is_no_po(data: bytes, reason: str) -> None:
    with pytest.raises(TranslationRefused) as refused:
        po.read(data)
    assert refused.value.reason == reason


# --- The tools of the Translate Toolkit, which Weblate and Pootle use ---------------------------


def test_xliff_in_the_translate_toolkit() -> None:
    store = xliff2.Xliff2File.parsestring(xliff.write(OUTGOING))
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "pt-BR")
    assert [u.isfuzzy() for u in store.units] == [False, True, False]
    assert [u.istranslated() for u in store.units] == [False, False, True]
    first = store.units[0]
    first.rich_target = first.rich_source
    first.marktranslated()
    back = xliff.read(bytes(store)).texts["s:a:1"]
    assert back.done
    assert ids(back.pieces) == ids(given_back("xliff", "xliff"))


def test_po_in_the_translate_toolkit() -> None:
    store = pypo.pofile.parsestring(po.write(OUTGOING))
    units = [unit for unit in store.units if not unit.isheader()]
    assert [u.isfuzzy() for u in units] == [False, True, False]
    assert units[0].source == TEXT
    units[0].target = TEXT
    assert po.read(bytes(store)).texts["s:a:1"].markdown == TEXT
