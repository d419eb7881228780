"""Booklets: recipes that impose the book and the packs, two pages a side, for folding.

It begins with a sheet that tells in the words of the series how the others are printed and folded.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from handpress.core.direction import direction
from handpress.core.files.disk import digest
from handpress.core.media import PAPERS
from handpress.layout.job import Job
from handpress.layout.layout import Layout
from handpress.layout.print_page import page_files, stylesheet
from handpress.layout.variant import Variant
from handpress.press.options import BookletOptions
from handpress.press.recipe import Recipe
from handpress.press.signatures import Sheet, signatures
from handpress.print.pack import FindFinished
from handpress.series.contents import title_of


def recipes(job: Job) -> Iterator[Recipe]:
    """Yield the booklets of the books and of the packs."""
    for layout in job.layouts("book"):
        for paper in job.booklet_papers(layout):
            yield book_booklet(layout, paper, job.finished)
    for layout in job.error_free("handout"):
        for variant in job.booklet_variants(layout):
            yield from pack_booklets(layout, variant, job.finished)


def book_booklet(layout: Layout, paper: str, find: FindFinished) -> Recipe:
    """The recipe of the book, folded from `paper`."""
    series = layout.series
    look = Variant("", paper)
    path = f"{series.id}/{look.folder(series, 'booklets')}{series.id}.pdf"
    return _folded(layout, path, f"{series.id}/{series.id}.pdf", find, series.title, look)


def pack_booklets(layout: Layout, look: Variant, find: FindFinished) -> Iterator[Recipe]:
    """A recipe for each pack in one look, folded from its paper."""
    series = layout.series
    for name in series.packs:
        path = f"{series.id}/{look.folder(series, 'booklets/packs')}{name}.pdf"
        of = f"{series.id}/{look.folder(series, 'packs')}{name}.pdf"
        yield _folded(layout, path, of, find, title_of(name), look)


def _folded(
    layout: Layout, path: str, of: str, find: FindFinished, title: str, look: Variant
) -> Recipe:
    series, what = layout.series, find(of)
    sheet = PAPERS[PAPERS[look.paper].sheet]
    width, height = sheet.height, sheet.width
    known = what.made.pages if what.made and what.made.pages else 1
    sections = signatures(known)
    css = stylesheet(layout, "booklet")
    html = layout.render(
        "booklet.html",
        {},
        title=title,
        paper=sheet.name,
        width=width,
        height=height,
        sheets=sum(map(len, sections)),
        sections=_ranges(sections, layout.words["booklet_range"]),
        kind="pdf",
    )
    files = page_files(layout, html, css, {})
    if what.made and what.made.asset:
        files["pages.pdf"] = what.made.asset
    return Recipe(
        path=path,
        press="impose",
        files=files,
        options=BookletOptions(width, height, direction(series.language)),
        medium="booklet",
        series=series.id,
        style=look.style,
        paper=look.paper,
        grey=look.grey,
        edition=series.edition,
        title=title,
        source=f"{series.folder}/series.yaml",
        made_of=(of,),
        complete=what.there,
        asked=True,
        causes={of.partition("/")[2]: what.fingerprint, "style": digest(css.encode())},
    )


def _ranges(sections: Sequence[Sequence[Sheet]], words: str) -> list[str]:
    """Which sheets each section has: ``1 to 6``, ``7 to 12``."""
    ends = list(itertools.accumulate(map(len, sections), initial=0))
    return [words.format(first=end + 1, last=last) for end, last in itertools.pairwise(ends)]
