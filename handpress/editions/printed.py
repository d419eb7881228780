"""Printed handouts side by side: the pages of two states as pictures, with marks on the words that differ."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handpress.build.load import load
from handpress.compose.composition import Composition
from handpress.core.media import TABLE
from handpress.editions.compare import Side
from handpress.layout.variant import Variant
from handpress.press.pool import Workers
from handpress.press.result import Rendered
from handpress.print.handout import handouts

WIDTH = 760  # pixels of a page
WRITING: Mapping[str, Any] = {"quality": 55, "method": 4}
FOOTER = 0.94  # of a page's height, from where it has the edition, which always differs
WORD = re.compile(r"\w+(?:[.,’'-]\w+)*|[^\w\s]")
Box = tuple[float, float, float, float]  # left, top, width and height, in per cent of the page


class Page(Struct, frozen=True):
    """A printed page: its number, its picture as a WebP file, and boxes around the words that differ."""

    number: int
    picture: bytes
    width: int
    height: int
    marks: tuple[Box, ...]


class Spread(Struct, frozen=True):
    """An old page and the new one of the same number, None without one. `change` is "words", "looks" or ""."""

    old: Page | None
    new: Page | None
    change: str


def printed(side: Side, slugs: Collection[str]) -> Mapping[str, bytes]:
    """Return the PDFs of some articles' handouts by name, as far as they can be made.

    They have no page numbers of the book, which is not made.
    """
    loaded = load(side.workspace)
    found = (
        layout for layout in loaded.layouts if side.series and layout.series.id == side.series.id
    )
    layout, medium = next(found, None), TABLE["handout"]
    if layout is None or medium.name not in layout.series.media:
        return {}
    wanted = tuple(d for d in layout.documents(medium) if d.name in slugs)
    some = replace(layout, composition=Composition({medium.name: wanted}))
    variant = Variant(layout.series.styles[0], layout.series.paper)
    with Workers(os.cpu_count() or 1) as workers:
        made = workers.press(list(handouts(some, variant, {})))
        return {recipe.article: each.data for recipe, each in made if isinstance(each, Rendered)}


def spreads(old: bytes | None, new: bytes | None) -> list[Spread]:
    """Return the pages of two handouts, those with changed words first, then those that look different."""
    with _opened(old) as before, _opened(new) as after:
        words = [list(_words(before)), list(_words(after))]
        one, other = ([word.text for word in each] for each in words)
        rows = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        gone = [w for tag, i, i_end, _, _ in rows if tag != "equal" for w in words[0][i:i_end]]
        come = [w for tag, _, _, j, j_end in rows if tag != "equal" for w in words[1][j:j_end]]
        pairs = zip_longest(_pages(before, gone), _pages(after, come))
        found = [Spread(*pair, _change(*pair)) for pair in pairs]
    order = ("words", "looks", "")
    return sorted(found, key=lambda spread: order.index(spread.change))


def _change(old: Page | None, new: Page | None) -> str:
    if old is None or new is None or old.marks or new.marks:
        return "words"
    return "" if old.picture == new.picture else "looks"


# Reading PDFs


class _Word(Struct, frozen=True):
    text: str
    page: int
    first: int  # of its characters in the text of the page
    last: int


@contextlib.contextmanager
def _opened(data: bytes | None) -> Iterator[list[Any]]:
    """Give the pages of a PDF, none without one."""
    import pypdfium2

    if data is None:
        yield []
        return
    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        yield [document[number] for number in range(len(document))]


def _words(pages: Sequence[Any]) -> Iterator[_Word]:
    for number, page in enumerate(pages):
        with contextlib.closing(page.get_textpage()) as text:
            for found in WORD.finditer(text.get_text_range()):
                yield _Word(found[0], number, found.start(), found.end() - 1)


def _pages(pages: Sequence[Any], marked: Sequence[_Word]) -> Iterator[Page]:
    for number, page in enumerate(pages):
        words = [word for word in marked if word.page == number]
        image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        out = io.BytesIO()
        image.save(out, "webp", **WRITING)
        width, height = image.size
        yield Page(number + 1, out.getvalue(), width, height, tuple(_boxes(page, words)))


def _boxes(page: Any, words: Sequence[_Word]) -> Iterator[Box]:
    """Yield a box around each run of words on one line, without those in the footer."""
    width, height = page.get_size()
    with contextlib.closing(page.get_textpage()) as text:
        run: tuple[float, float, float, float] | None = None  # left, bottom, right, top
        after = -1
        for word in words:
            ends = [text.get_charbox(at) for at in (word.first, word.last)]
            left, right = ends[0][0], ends[1][2]
            bottom, top = min(e[1] for e in ends), max(e[3] for e in ends)
            if 1 - bottom / height > FOOTER or right <= left:
                continue
            if (
                run
                and word.first - after <= 2
                and left >= run[0]
                and bottom < run[3]
                and top > run[1]
            ):
                run = run[0], min(run[1], bottom), right, max(run[3], top)
            else:
                if run:
                    yield _in_per_cent(run, width, height)
                run = left, bottom, right, top
            after = word.last
        if run:
            yield _in_per_cent(run, width, height)


def _in_per_cent(box: tuple[float, float, float, float], width: float, height: float) -> Box:
    left, bottom, right, top = box
    return (
        round(100 * left / width, 2),
        round(100 * (1 - top / height), 2),
        round(100 * (right - left) / width, 2),
        round(100 * (top - bottom) / height, 2),
    )
