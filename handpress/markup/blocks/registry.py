"""The kinds of blocks, a row each. A new kind is a row here; ``docs/add-a-block.md`` shows how.

Each stage in which kinds differ reads this table: :mod:`.arrange`, :mod:`.compose.compose`,
:mod:`.layout.html.for_pdf` and :mod:`.epub.semantics`.
"""

from __future__ import annotations

from handpress.markup.blocks import care, diary, exercise, faq, figure, note, table, ticks
from handpress.markup.blocks.block import Block, Mark
from handpress.markup.tree import Element, classes

NOTE = Block(
    "note",
    note.NAMES,
    arrange=note.note,
    tag="aside",
    role="note",
    labelled=True,
    inset=3,
)
BLOCKS = (
    Block(
        "care",
        care.LEVELS,
        arrange=care.care,
        epub_type="notice",
        role="doc-notice",
        labelled=True,
        whole=True,
        inside="inside_care",
        inset=4,
    ),
    Block("key-points", word="key_points", whole=True, divisible=True),
    Block("do", word="do", divisible=True),
    Block("do-not", word="do_not", divisible=True),
    Block(
        "exercise",
        word="exercise",
        arrange=exercise.exercise,
        write_in=exercise.to_change,
        read_only=exercise.without_blanks,
        in_rows=exercise.dose_in_rows,
        tables=("dose",),
        whole=True,
        divisible=True,
        inside="inside_exercise",
    ),
    Block(
        "diary",
        word="diary",
        arrange=diary.diary,
        finish=diary.fill,
        read_only=diary.without_form,
        inside="inside_diary",
    ),
    NOTE,
    Block(
        "faq",
        mark="heading",
        arrange=faq.faq,
        epub_type="qna",
        role="doc-qna",
        inside="inside_faq",
    ),
    Block("figure", ("p",), mark="element", arrange=figure.figure, tag="figure"),
    Block(
        "ticks",
        ("ul", "ol"),
        mark="element",
        arrange=ticks.tick_list,
        tag="ul",
        bullets=False,
        inside="inside_ticks",
    ),
    Block("table", ("table",), mark="element", arrange=table.frame, tag="div"),
)

_WRITTEN = {(b.mark, name): b for b in BLOCKS for name in b.names or (b.name,)}
_ARRANGED = {(b.tag, b.name): b for b in BLOCKS}
_TABLES = frozenset(name for block in BLOCKS for name in block.tables)
BOXES = tuple(name for mark, name in _WRITTEN if mark == "box")


def written_as(mark: Mark, name: str) -> Block | None:
    """The kind that an author marks in this way, by this name; a box of another program is a note."""
    foreign = NOTE if mark == "box" and name in note.WORDS else None
    return _WRITTEN.get((mark, name), foreign)


def kind_of(element: Element) -> Block | None:
    """The kind that an arranged `element` is of."""
    found = (_ARRANGED.get((element.tag, name)) for name in classes(element))
    return next((block for block in found if block), None)


def is_supplied(table: Element) -> bool:
    """Whether a block made `table`, and no author."""
    return not _TABLES.isdisjoint(classes(table))
