"""The command `translate`: to translators and back, and what is missing or older than its original."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from helpers.translators import same, translated
from helpers.workspaces import Book

NEAP, SPRING = "sources/moon/01-neap.md", "sources/moon/02-spring.md"
ADA_ES = "sources/authors/ada-stone.es.md"
NEAP_ES, SPRING_ES = "sources/moon.es/01-neap.md", "sources/moon.es/02-spring.md"


def exchanged(
    book: Book, *options: str, change: Callable[[str], str] = same, form: str = "xliff"
) -> str:
    """Export the texts to translate, and return the file that a translator gives back."""
    ran = book.run(
        "translate", "export", "moon", "--to", "es", "--format", form, "--output", "out.x", *options
    )
    assert (ran.code, ran.err) == (0, "")
    back = f"back.{form}"
    book.write(back, translated((book.root / "out.x").read_bytes(), change))
    return back


def upper(text: str) -> str:
    """Words in capitals, those of PO without the Markdown between them."""
    parts = re.split(r"(\]\([^)]*\)|\[\^\w+\])", text)
    return "".join(part if n % 2 else part.upper() for n, part in enumerate(parts))


def status(book: Book) -> list[str]:
    ran = book.run("translate", "status")
    assert (ran.code, ran.err) == (0, "")
    return ran.said


@pytest.mark.parametrize("form", ["xliff", "po"])
def test_to_translators_and_back(book: Book, form: str) -> None:
    back = exchanged(book, change=upper, form=form)
    ran = book.run("translate", "import", back)
    assert (ran.code, ran.err) == (0, "")
    assert ran.said == [
        "sources/moon.es/series.yaml: 1 new text",
        f"{NEAP_ES}: 8 new texts",
        f"{SPRING_ES}: 4 new texts",
        f"{ADA_ES}: 2 new texts",
    ]
    assert book.read("sources/moon.es/series.yaml") == "title: THE MOON AND THE SEA\n"
    assert (
        book.read(NEAP_ES)
        == """\
---
title: NEAP TIDES
summary: WHEN THE SEA MOVES LEAST.
---

TWICE A MONTH THE SEA HARDLY MOVES.[^range] COMPARE IT WITH [SPRING TIDES](02-spring.md#when-it-comes).

## WHY IT HAPPENS

THE SUN PULLS ACROSS THE MOON.

![A LOW, LONG WAVE](images/tide.svg "A NEAP TIDE IN A HARBOUR")

[^range]: THE RANGE MAY BE HALF OF THE MEAN.
"""
    )
    assert status(book) == [
        "moon, en to es: 15 of 15 texts translated",
        "  settings: translated  (sources/moon.es/series.yaml)",
        f"  1. Neap Tides: translated  ({NEAP_ES})",
        f"  2. Spring Tides: translated  ({SPRING_ES})",
        f"  Ada Stone: translated  ({ADA_ES})",
    ]
    ran = book.run("translate", "import", back)
    assert ran.said == ["nothing to write: the translated articles have all of it"]
    ran = book.run("translate", "export", "moon", "--to", "es", "--changed")
    assert ran.said == [
        "nothing to translate: all texts are translated, and none was changed since"
    ]


def test_what_is_missing_or_older(book: Book) -> None:
    book.run("translate", "import", exchanged(book, change=upper))
    book.edit(NEAP, "Twice a month", "Two times a month")
    book.edit(NEAP, "The sun pulls", "A new paragraph.\n\nThe sun pulls")
    book.write("sources/moon/03-ebb.md", "# Ebb\n\nIt falls.\n")
    assert status(book) == [
        "moon, en to es: 14 of 18 texts translated, 3 missing, 1 older than their originals",
        "  settings: translated  (sources/moon.es/series.yaml)",
        f"  1. Neap Tides  ({NEAP_ES})",
        f"     older     beginning: 1 older  ({NEAP}:2)",
        f"     partly    Why it happens: 1 of 6 texts missing  ({NEAP}:8)",
        f"  2. Spring Tides: translated  ({SPRING_ES})",
        "  3. Ebb: 2 texts, not translated  (sources/moon/03-ebb.md)",
        f"  Ada Stone: translated  ({ADA_ES})",
    ]
    found = [
        json.loads(line)
        for line in book.run("translate", "status", "--message-format", "json").said
    ]
    assert found[0] == {
        "type": "translation", "series": "moon", "language": "es", "translated": 14, "missing": 3, "older": 1,
    }  # fmt: skip
    assert {
        "type": "section", "series": "moon", "language": "es", "article": "neap", "path": NEAP, "line": 8,
        "translation": NEAP_ES, "section": "Why it happens", "state": "partly", "texts": 6, "missing": 1, "older": 0,
    } in found  # fmt: skip
    back = exchanged(book, "--changed", change=str.swapcase)
    assert len(re.findall("<(?:ns0:)?unit ", book.read(back))) == 4
    book.run("translate", "import", back)
    assert "tWO TIMES A MONTH" in book.read(NEAP_ES)
    assert "a NEW PARAGRAPH.\n\nTHE SUN PULLS" in book.read(NEAP_ES)
    assert book.read("sources/moon.es/03-ebb.md") == "# eBB\n\niT FALLS.\n"
    assert status(book)[0] == "moon, en to es: 18 of 18 texts translated"


def test_a_part_of_the_translation(book: Book) -> None:
    """Texts that are missing stay those of the original, or their earlier translations."""
    back = exchanged(book, change=upper)
    text = book.read(back)
    (book.root / back).write_text(
        re.sub(r"<target>WHY IT HAPPENS</target>", "", text), encoding="utf-8"
    )
    book.run("translate", "import", back)
    assert "## Why it happens" in book.read(NEAP_ES)
    assert f"     partly    Why it happens: 1 of 5 texts missing  ({NEAP}:8)" in status(book)
    back = exchanged(book, "--changed", change=str.swapcase)
    book.run("translate", "import", back)
    assert "## wHY IT HAPPENS" in book.read(NEAP_ES)
    assert "TWICE A MONTH" in book.read(NEAP_ES)


def test_changes_by_hand_stay(book: Book) -> None:
    back = exchanged(book, change=upper)
    book.run("translate", "import", back)
    book.edit(NEAP_ES, "TWICE A MONTH", "Dos veces al mes")
    ran = book.run("translate", "import", back)  # the translator changed nothing since
    assert (ran.code, ran.said) == (0, ["nothing to write: the translated articles have all of it"])
    again = exchanged(book, change=str.swapcase)
    ran = book.run("translate", "import", again)
    assert ran.code == 1
    assert ran.err.splitlines()[0].startswith(
        f"  conflict    {NEAP}:6: the file has another text: Dos veces"
    )
    assert "Dos veces al mes" in book.read(NEAP_ES)
    assert "## wHY IT HAPPENS" in book.read(NEAP_ES)
    ran = book.run("translate", "import", again, "--force")
    assert ran.code == 0
    assert "tWICE A MONTH" in book.read(NEAP_ES)


def test_a_block_of_ones_own_stays(book: Book) -> None:
    book.run("translate", "import", exchanged(book, change=upper))
    book.edit(NEAP_ES, "## WHY", '!!! advice "Solo aquí"\n\n    Una nota.\n\n## WHY')
    ran = book.run("translate", "import", exchanged(book, change=str.swapcase))
    assert ran.said[-1] == f"{NEAP_ES} has blocks of its own, so only its texts were replaced"
    assert "Una nota." in book.read(NEAP_ES)
    assert "tWICE A MONTH" in book.read(NEAP_ES)


def test_a_translation_by_hand(book: Book) -> None:
    """It is paired by its places, and a command records that it is up to date."""
    book.write(
        SPRING_ES,
        "---\ntitle: Mareas vivas\n---\n\nEl mar se mueve más. Lee [](neap.md).\n\n## Cuándo\n\nCon luna nueva.\n",
    )
    assert status(book)[:1] == ["moon, en to es: 4 of 15 texts translated, 11 missing"]
    ran = book.run("translate", "record", "moon", "--to", "es", "--article", "02-spring")
    assert (ran.code, ran.said) == (0, [f"recorded {SPRING_ES}"])
    book.edit(SPRING, "At full", "Always at full")
    assert f"     older     When it comes: 1 older  ({SPRING}:7)" in status(book)
    ran = book.run("translate", "record", "moon", "--to", "es")
    assert ran.said == [f"recorded {SPRING_ES}"]
    assert status(book)[0] == "moon, en to es: 4 of 15 texts translated, 11 missing"
    # An exported text that comes back changed is not a conflict.
    ran = book.run("translate", "import", exchanged(book, change=upper))
    assert (ran.code, ran.err) == (0, "")
    assert "AT FULL" in book.read(SPRING_ES)


def test_a_text_that_is_the_same_in_both_languages(book: Book) -> None:
    """A name or a term may stay as it is. `record` says so, since Handpress cannot tell it from one that is missing."""
    book.write("sources/moon/03-lull.md", "# Lull\n\nThe sea rests.\n\n## Ria\n\nIt fills.\n")
    lull = "sources/moon.es/03-lull.md"
    book.write(lull, "# Calma\n\nEl mar descansa.\n\n## Ria\n\nSe llena.\n")
    missing = "     partly    Ria: 1 of 2 texts missing  (sources/moon/03-lull.md:5)"
    assert missing in status(book)
    book.run("translate", "export", "moon", "--to", "es")  # records only what is translated
    assert missing in status(book)
    ran = book.run("translate", "record", "moon", "--to", "es", "--article", "03-lull")
    assert ran.said == [f"recorded {lull}: 1 text as in the original"]
    assert f"  3. Lull: translated  ({lull})" in status(book)
    book.edit("sources/moon/03-lull.md", "## Ria", "## Estuary")
    assert "     older     Estuary: 1 older  (sources/moon/03-lull.md:5)" in status(book)


DOSE = '\n!!! exercise "Wave"\n\n    Sets\n    :   3\n\n    Hold\n    :   5 seconds\n'


def test_a_dosage(book: Book) -> None:
    """Its numbers are those of the original, and follow them."""
    book.write(SPRING, book.read(SPRING) + DOSE)
    back = exchanged(book, change=lambda text: text.upper().replace("5 SECONDS", "15 segundos"))
    ran = book.run("translate", "import", back)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        f"  refused     {SPRING}:17: its numbers are not those of the original",
        "              15 segundos",
        "  = help: correct these texts in the file, or export them again: `translate export SERIES --to es --changed`",
    ]
    book.run(
        "translate",
        "import",
        exchanged(book, change=lambda text: text.replace("5 seconds", "٥ ثوان")),
    )
    assert ":   ٥ ثوان" in book.read(SPRING_ES)
    book.edit(SPRING, ":   3", ":   4")
    assert status(book)[-2] == (
        f"     older     When it comes: its code, pictures or dosage, see `translate update`  ({SPRING}:7)"
    )
    ran = book.run("translate", "update", "moon", "--to", "es")
    assert (ran.code, ran.said) == (0, [f"{SPRING_ES}: 0 new texts"])
    assert ":   4" in book.read(SPRING_ES)
    assert not [line for line in status(book) if "older" in line]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("(02-spring.md#when-it-comes)", "(https://evil.example)", "it lacks `](02-spring.md#when-it-comes)`"),
        ("[^range] ", " ", "it lacks `[^range]`"),
        ("msgstr \\\"The sun pulls", "msgstr \\\"[The](x.md) sun pulls", "its original does not have `[`, `](x.md)`"),
    ],
)  # fmt: skip
def test_a_text_without_its_codes(book: Book, old: str, new: str, reason: str) -> None:
    back = exchanged(book, form="po")
    old, new = (text.replace('\\"', '"') for text in (old, new))
    head, found, rest = book.read(back).rpartition(old)
    assert found
    book.write(back, head + new + rest)
    ran = book.run("translate", "import", back)
    assert ran.code == 1
    assert ran.err.splitlines()[0].endswith(f": {reason}")
    assert "Twice a month the sea hardly moves.[^range] Compare" in book.read(NEAP_ES)
    assert "\n\nThe sun pulls" in book.read(NEAP_ES)


@pytest.mark.parametrize(("form", "old"), [("xliff", 'trgLang="es"'), ("po", "Language: es\\n")])
def test_another_language_than_that_of_the_export(book: Book, form: str, old: str) -> None:
    back = exchanged(book, form=form)
    text = book.read(back)
    assert old in text
    book.write(back, text.replace(old, old.replace("es", "de")))
    ran = book.run("translate", "import", back)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "handpress: its target language is `de`, and it was exported for `es`",
        "  = help: set it to `es` again; for another language, export the texts with `--to de`",
    ]
    assert not (book.root / "sources/moon.de").exists()
    # A region, which some tools add, is no other language.
    book.write(back, text.replace(old, old.replace("es", "es-ES")))
    assert book.run("translate", "import", back).code == 0
    assert (book.root / NEAP_ES).is_file()
    ran = book.run("translate", "import", back, "--to", "de")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "handpress: its language is `es`, and not `de`",
    )


@pytest.mark.parametrize("form", ["xliff", "po"])
def test_two_texts_with_their_ids_swapped(book: Book, form: str) -> None:
    back = exchanged(book, change=upper, form=form)
    mark = r'<unit id="([^"]*neap[^"]*)"|msgctxt "(moon:neap:[^"]*)"'
    text = book.read(back).replace("ns0:", "")
    one, other = [first or second for first, second in re.findall(mark, text)][3:5]
    swapped = text.replace(one, "@").replace(other, one).replace("@", other)
    book.write(back, swapped)
    ran = book.run("translate", "import", back)
    assert ran.code == 1
    refused = [line for line in ran.err.splitlines() if line.startswith("  refused")]
    assert len(refused) == 2
    assert refused[0].startswith(f"  refused     {NEAP}:")
    assert ": it has the id of this text, and is the translation of another: " in refused[0]
    assert "## Why it happens\n\nThe sun pulls" in book.read(NEAP_ES)
    assert "TWICE A MONTH" in book.read(NEAP_ES)  # all other texts are used


@pytest.mark.parametrize(("form", "called"), [("xliff", "units"), ("po", "texts")])
def test_an_id_that_is_there_twice(book: Book, form: str, called: str) -> None:
    back = exchanged(book, form=form)
    text = book.read(back)
    one, other = re.findall(r"moon:neap:\w+", text)[:2]
    book.write(back, text.replace(other, one))
    ran = book.run("translate", "import", back)
    assert ran.code == 2
    assert ran.err.startswith(f"handpress: two of its {called} have the ")


def test_files_beside_the_originals(book: Book) -> None:
    """A series that is the workspace itself has no folder beside it."""
    for name in ("01-neap.md", "02-spring.md", "images/tide.svg", "series.yaml"):
        book.write(f"alone/{name}", (book.root / "sources/moon" / name).read_bytes())
    alone = replace(book, root=book.root / "alone")
    alone.run("translate", "export", "--to", "pt-BR", "--format", "po")
    made = next(alone.root.glob("*.pt-BR.po"))
    alone.write("back.po", translated(made.read_bytes()))
    ran = alone.run("translate", "import", "back.po")
    assert (ran.code, ran.said[-1]) == (0, "02-spring.pt-BR.md: 4 new texts")
    assert sorted(p.name for p in alone.root.glob("*.pt-BR.*")) == [
        "01-neap.pt-BR.md", "02-spring.pt-BR.md", made.name, "series.pt-BR.yaml", "translation.pt-BR.yaml",
    ]  # fmt: skip
    assert (
        alone.run("translate", "status").said[0] == "alone, en to pt-BR: 13 of 13 texts translated"
    )


def test_the_original_has_changed_since_the_export(book: Book) -> None:
    back = exchanged(book, change=upper)
    book.edit(SPRING, "At full", "Always at full")
    ran = book.run("translate", "import", back)
    assert ran.code == 1
    assert re.fullmatch(r"  unknown     moon:spring:\w{10}: its original has changed since, or is gone", ran.err.splitlines()[0])  # fmt: skip
    assert "Always at full" in book.read(SPRING_ES)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "moon"), "`translate export` needs a language"),
        (("export", "moon", "--to", "tlh-xx1"), "`tlh-xx1` is not the tag of a language"),
        (("export", "moon", "--to", "en"), "`en` is the language of the original"),
        (("export", "mon", "--to", "es"), "unknown series `mon`"),
        (("import",), "`translate import` needs a file"),
        (("import", "none.xlf"), "`none.xlf`: No such file or directory"),
        (("record", "moon", "--to", "es", "--article", "ebb"), "unknown article `ebb`"),
    ],
)
def test_wrong_usage(book: Book, arguments: tuple[str, ...], said: str) -> None:
    ran = book.run("translate", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"handpress: {said}")


def test_a_damaged_record(book: Book) -> None:
    book.run("translate", "import", exchanged(book))
    book.write("sources/moon.es/translation.yaml", "version: 1\narticles: 3\n")
    ran = book.run("translate", "status")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "handpress: `sources/moon.es/translation.yaml` is damaged",
    )


def test_the_same_files_each_time(book: Book) -> None:
    back = exchanged(book, change=upper)
    made = []
    for _ in range(2):
        book.run("translate", "import", back)
        folder = book.root / "sources/moon.es"
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
        shutil.rmtree(folder)
        (book.root / ADA_ES).unlink()
    assert made[0] == made[1]
    assert sorted(made[0]) == ["01-neap.md", "02-spring.md", "series.yaml", "translation.yaml"]


def test_the_workspace_is_named(book: Book, tmp_path_factory: pytest.TempPathFactory) -> None:
    """From another folder, behind the subject, as with other commands."""
    book.write("sources/sun/01-noon.md", "# Noon\n\nIt is high.\n")
    elsewhere = replace(book, root=tmp_path_factory.mktemp("elsewhere"))
    elsewhere.write("moon/README.txt", "a folder that is no series")
    home = str(book.root)
    ran = elsewhere.run("translate", "export", "moon", home, "--to", "es")
    assert (ran.code, ran.err) == (0, "")
    elsewhere.write("back.xlf", translated((elsewhere.root / "moon.es.xlf").read_bytes(), upper))
    assert elsewhere.run("translate", "import", "back.xlf", home).code == 0
    assert "TWICE A MONTH" in book.read(NEAP_ES)
    ran = elsewhere.run("translate", "status", "moon", home)
    assert ran.said[0] == "moon, en to es: 15 of 15 texts translated"
    assert elsewhere.run("translate", "status", home).said == ran.said
    assert elsewhere.run("translate", "status", f"{home}/sources/moon").said == ran.said
    ran = elsewhere.run("translate", "update", "mon", home, "--to", "es")
    assert ran.code == 2
    assert "did you mean `moon`?" in ran.err
    assert elsewhere.run("translate", "status", "moon", "nowhere").code == 2
