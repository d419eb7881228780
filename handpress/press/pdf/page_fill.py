"""Page fill: chapters of a book without large holes, and without last pages of a few lines.

A card or a picture does not break, so it can leave a hole at the foot of a page. Words of `data-fill` close it: less
or more air, smaller or larger pictures, a picture after the text below it, or a page that ends early. The stylesheet
of the medium has their rules, and only the layout shows which elements need them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from handpress.press.pdf.filled_pages import ELEMENT, Fault, FilledPages
from handpress.press.preflight.copyfit import HOLE
from handpress.press.result import Fill

if TYPE_CHECKING:
    from handpress.press.pdf.draft import Draft

TRIES = 7  # layouts for one fault
MOST = 16  # layouts for one document

FILL = "data-fill"
START, LATER = "start", "later-"  # begin a page; set a picture after so many paragraphs
# The share of a page's white, and of its pictures, that each word saves or adds.
CLOSE, SMALLER, AIRY, LARGER = 0.4, 0.25, 0.7, 0.25
SUNK = 0.13  # the share of a page by which its chapter begins lower


def set_fill(root: Any, fill: Fill) -> None:
    """Mark the elements of a document by their numbers, and move the pictures that are set later."""
    parents = {child: parent for parent in root.iter() for child in parent}
    elements = list(root.iter())
    for number, element in enumerate(elements):
        element.set(ELEMENT, str(number))
    for number, words in fill:
        picture = elements[number]
        picture.set(FILL, words)
        for word in words.split():
            if word.startswith(LATER):
                siblings = parents[picture]
                at = list(siblings).index(picture)
                siblings.remove(picture)
                siblings.insert(at + int(word.removeprefix(LATER)), picture)


def filled(document: Draft, fill: Fill, lay_out: Callable[[Fill], Draft]) -> tuple[Draft, Fill]:
    """Return a document with the fewest faults, and its fill; `lay_out` lays it out with another one.

    Pages are settled from the first to the last: a change on one moves nothing on the pages before it.
    """
    pages = FilledPages(document)
    left, settled = MOST, 0
    while left and (fault := next((f for f in pages.faults if f.page > settled), None)):
        best, best_fill = pages, fill
        for candidate in list(_remedies(pages, fault, fill))[: min(left, TRIES)]:
            left -= 1
            tried = FilledPages(lay_out(candidate))
            if tried.better_than(best, fault):
                best, best_fill = tried, candidate
            # A remedy may close one hole and open another below it, where the next remedy does not.
            mended = not any(f.page <= fault.page for f in best.faults)
            if mended and best.wrong_after(fault) <= pages.wrong_after(fault):
                break
        if best is pages or any(f.page <= fault.page for f in best.faults):
            settled = fault.page
        pages, fill = best, best_fill
    return pages.document, fill


def _remedies(pages: FilledPages, fault: Fault, fill: Fill) -> Iterator[Fill]:
    """Yield fills that may remove a fault, the best first; those that cannot are left out by measure."""
    yield from (_ends if fault.last else _holes)(pages, fault, fill)


def _holes(pages: FilledPages, fault: Fault, fill: Fill) -> Iterator[Fill]:
    """Yield fills that bring what comes next to a page with a hole, or stretch what is on it."""
    page, hole = fault.page, fault.size
    moved, needed = pages.moved_to(page + 1)
    if not moved:
        return
    yield from _picture_later(pages, moved[-1].element, hole, fill)
    below = pages.inside(page + 1, moved)
    first, most = pages.first_of(page), HOLE * pages.height(page)
    gained = hole - needed
    air, more = pages.white(page + 1, needed), pages.pictures_in(below)
    for words, of_white, of_pictures in (("close", CLOSE, 0.0), ("close smaller", CLOSE, SMALLER)):
        saved, numbers = of_white * air + of_pictures * more, pages.numbers_of(below)
        for back in range(page, max(first, page - 2) - 1, -1):
            saved += of_white * pages.white(back) + of_pictures * pages.pictures(back)
            numbers += pages.elements(back)
            if gained + saved >= 0:
                yield _worded(fill, numbers, words)
                break
    own, white, pictures = pages.elements(page), pages.white(page), pages.pictures(page)
    sunk = SUNK * pages.height(page) * (page == first)
    for words, added in (
        ("larger", LARGER * pictures),
        ("sunk", sunk),
        ("airy", AIRY * white),
        ("airy larger sunk", AIRY * white + LARGER * pictures + sunk),
    ):
        if hole - added <= most:
            yield _worded(fill, own, words)
    if page > first:
        yield from _end_early(pages, page - 1, hole - most, fill)
        yield _worded(fill, [*own, *pages.elements(page - 1)], "airy larger")


def _ends(pages: FilledPages, fault: Fault, fill: Fill) -> Iterator[Fill]:
    """Yield fills that bring the lines of a last page back to those before it, or more lines to it."""
    before = range(fault.page - 1, pages.first_of(fault.page) - 1, -1)
    for words, of_white, of_pictures in (("close", CLOSE, 0.0), ("close smaller", CLOSE, SMALLER)):
        numbers, saved = pages.elements(fault.page), pages.hole(fault.page - 1)
        for page in before:
            numbers += pages.elements(page)
            saved += of_white * pages.white(page) + of_pictures * pages.pictures(page)
            if saved >= fault.size:
                yield _worded(fill, numbers, words)
                break
    yield from _end_early(pages, fault.page - 1, fault.excess, fill)
    numbers, added = [], -pages.hole(fault.page - 1)
    for page in before:
        numbers += pages.elements(page)
        added += AIRY * pages.white(page)
        if added >= fault.excess:
            yield _worded(fill, numbers, "airy")
            yield _worded(fill, numbers, "airy larger")
            break


def _picture_later(pages: FilledPages, picture: Any, hole: float, fill: Fill) -> Iterator[Fill]:
    """Yield a fill that sets a picture after the text below it, which fills the hole in its place."""
    siblings = pages.siblings(picture)
    at, height = siblings.index(picture), 0.0
    for count, below in enumerate(siblings[at + 1 :], 1):
        if picture.tag != "figure" or below.tag != "p":
            return
        height += pages.height_of(below)
        if height >= 0.8 * hole:
            yield _worded(fill, pages.numbers_of([picture]), f"{LATER}{count}")
            return


def _end_early(pages: FilledPages, page: int, wanted: float, fill: Fill) -> Iterator[Fill]:
    """Yield a fill that ends a page early, so that at least the height `wanted` goes to the next one."""
    if (start := pages.start_near_foot(page, wanted)) is not None:
        yield _worded(fill, pages.numbers_of([start]), START)


def _worded(fill: Fill, numbers: Iterable[int], words: str) -> Fill:
    """Give elements the words of a fill. Those for air and size replace each other; the others stay."""
    marks = dict(fill)
    for number in numbers:
        old = marks.get(number, "").split()
        moves = [w for w in old if w == START or w.startswith(LATER)]
        if words == START or words.startswith(LATER):
            moves, kept = [words], [w for w in old if w not in moves]
            marks[number] = " ".join((*kept, *moves))
        else:
            marks[number] = " ".join((words, *moves))
    return tuple(sorted(marks.items()))
