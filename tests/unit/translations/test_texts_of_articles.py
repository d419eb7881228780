"""Texts of articles: what translators get, and what stays as it is."""

from __future__ import annotations

import pytest

from handpress.core.files.source import Source
from handpress.markup.dialect.reader import environment
from handpress.translations.inlines import Code, read, write
from handpress.translations.units import units_of, with_texts

ARTICLE = """\
---
title: Spring
tags: [sea, moon]
date: 2026-01-02
---

# Not [this](neap.md) one {: #top .faq }

A *first* line
and `code` with a note.[^n]
{: only="web" }

[^n]: See <https://example.org> \\*there.

![A low wave](images/wave.png "At noon")

- [ ] An item

    with a second block

> A quotation

| Day | Tide |
| --- | ---: |
| one | 3 m \\| 4 m |

!!! exercise "Squat"

    Sets
    :   3

    Hold
    :   5 seconds

    Stop when
    :   it hurts

```python
not = "this"
```

<div>but this</div>
"""


def test_the_kinds_of_texts() -> None:
    found = units_of(Source("a.md", ARTICLE))
    texts = ["".join(p if isinstance(p, str) else "~" for p in u.pieces) for u in found.units]
    assert list(zip([u.kind for u in found.units], texts, strict=True)) == [
        ("title", "Spring"),
        ("tags", "sea"),
        ("tags", "moon"),
        ("heading", "Not ~this~ one"),
        ("paragraph", "A ~first~ line and ~ with a note.~"),
        ("note", "See ~ *there."),
        ("alt", "A low wave"),
        ("caption", "At noon"),
        ("item", "An item"),
        ("item", "with a second block"),
        ("paragraph", "A quotation"),
        ("cell", "Day"),
        ("cell", "Tide"),
        ("cell", "one"),
        ("cell", "3 m | 4 m"),
        ("box", "Squat"),
        ("dose", "5 seconds"),
        ("dose", "it hurts"),
        ("html", "but this"),
    ]
    assert found.kept == 0


def test_labels_are_texts_only_outside_their_boxes() -> None:
    """Only `Days` is understood in a diary: with a word of another language, the build would print it as a text."""
    days = ("    Days : 7\n\n    - A walk", "    Days\n    :   7\n\n    - A walk")
    glossary = "Load\n:   A weight.\n\nDays : 7"
    for box, texts in (
        *((f'!!! diary "Week"\n\n{lines}\n', ["Week", "A walk"]) for lines in days),
        (f"{glossary}\n", ["Load", "A weight.", "Days : 7"]),
    ):
        found = units_of(Source("a.md", box)).units
        assert ["".join(map(str, unit.pieces)) for unit in found] == texts


def test_only_texts_change() -> None:
    """All else is as it was: attributes, addresses, labels of a dosage, code, tags."""
    units = units_of(Source("a.md", ARTICLE))
    texts = {
        n: tuple(p.upper() if isinstance(p, str) else p for p in unit.pieces)
        for n, unit in enumerate(units.units)
    }
    made = with_texts(units, texts, "---\ntitle: SPRING\n---\n")
    assert (
        made
        == """\
---
title: SPRING
---

# NOT [THIS](neap.md) ONE {: #top .faq }

A *FIRST* LINE AND `code` WITH A NOTE.[^n]
{: only="web" }

[^n]: SEE <https://example.org> *THERE.

![A LOW WAVE](images/wave.png "AT NOON")

- [ ] AN ITEM

    WITH A SECOND BLOCK

> A QUOTATION

| DAY | TIDE |
| --- | ---: |
| ONE | 3 M \\| 4 M |

!!! exercise "SQUAT"

    Sets
    :   3

    Hold
    :   5 SECONDS

    Stop when
    :   IT HURTS

```python
not = "this"
```

<div>BUT THIS</div>
"""
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a *star* and [brackets](x)", "a \\*star\\* and \\[brackets&#93;(x)"),
        ("- no item", "\\- no item"),
        ("2020. A year", "2020\\. A year"),
        ("# no heading", "\\# no heading"),
        ("Sets <b>3</b>", "Sets \\<b\\>3\\</b\\>"),
        ("!!! note", "\\!\\!\\! note"),
    ],
)
def test_words_that_look_like_marks(words: str, written: str) -> None:
    """Words typed by a translator are printed as words."""
    env = environment()
    assert write((words,), env) == written
    assert read(written, env) == (words,)


def test_codes_of_a_text() -> None:
    env = environment() | {"references": {"WHO": {"href": "x", "title": ""}}}
    pieces = read('**A [b](c.md "d")** <br> [who][] ^[Note *e*.] ![f](g.png) $x_1$ \\- &nbsp;', env)
    assert [p if isinstance(p, str) else (p.kind, p.id, p.written) for p in pieces] == [
        ("strong", "1", "**"),
        "A ",
        ("link", "2", "["),
        "b",
        ("link", "2", '](c.md "d")'),
        ("strong", "1", "**"),
        " ",
        ("tag", "3", "<br>"),
        " ",
        ("link", "4", "["),
        "who",
        ("link", "4", "][who]"),
        " ",
        ("note", "5", "^["),
        "Note *e*.",
        ("note", "5", "]"),
        " ",
        ("image", "6", "!["),
        "f",
        ("image", "6", "](g.png)"),
        " ",
        ("code", "7", "$x_1$"),
        " - ",
        ("space", "8", "&nbsp;"),
    ]
    assert read(write(pieces, env), env) == pieces
    assert all(isinstance(p, str | Code) for p in pieces)


def test_the_words_of_a_role_are_words() -> None:
    env = environment()
    pieces = read("See {doc}`the way <walk>` or {ref}`walk`, {kbd}`Ctrl`.", env)
    assert [p if isinstance(p, str) else (p.kind, p.written) for p in pieces] == [
        "See ",
        ("role", "{doc}`"),
        "the way",
        ("role", " <walk>`"),
        " or ",
        ("role", "{ref}`walk`"),
        ", ",
        ("role", "{kbd}`"),
        "Ctrl",
        ("role", "`"),
        ".",
    ]
    assert read(write(pieces, env), env) == pieces


def test_the_words_of_a_command_are_words() -> None:
    env = environment()
    pieces = read("See {% post_link walk 'the *way*' %} and {% post_link walk %}.", env)
    assert [p if isinstance(p, str) else (p.kind, p.written) for p in pieces] == [
        "See ",
        ("link", "{% post_link walk '"),
        "the ",
        ("em", "*"),
        "way",
        ("em", "*"),
        ("link", "' %}"),
        " and ",
        ("link", "{% post_link walk %}"),
        ".",
    ]
    assert read(write(pieces, env), env) == pieces
