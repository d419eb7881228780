"""Page markers: marks in the ebook for the pages of the printed book, and the page list.

:mod:`.press.text_positions` tells where in the text each page starts. The ebook's tree has the same blocks as the
book's, except for blocks of one medium only. A page that begins in such a block is marked before the
next block that both have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

from msgspec import Struct

from handpress.core.numerals import LATIN
from handpress.markup.tree import PHRASING, Element, classes, new_element
from handpress.press.text_positions import ASIDE, PICTURES, Block, blocks, without_space
from handpress.print.page_numbers import Opening

# Elements that can contain only blocks, not a mark: there it goes into the block.
STRICT = frozenset(("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "figure", "ruby"))


LONGEST = 30  # characters of a word


class _Place(Struct, frozen=True):
    """The position of a mark: before `element`, or in its text (or the text after it) at `index`."""

    element: Element
    index: int | None = None
    behind: bool = False


def mark_id(label: str) -> str:
    """Return the id of a mark. Anchors of authors never contain three hyphens."""
    return f"page---{LATIN.write(label)}"


def mark(tree: Element, printed: Element, openings: Sequence[Opening], pattern: str) -> None:
    """Insert a mark into `tree`, in place, for each of the `openings` of pages, which are in order.

    `printed` is the same document in the book. `pattern` labels a mark, such as ``Page {number}``. A mark goes
    before the first word of the page, or before the complete block if the block begins with that word.
    """
    here, _ = blocks(tree)
    parents = {child: parent for parent in tree.iter() for child in parent}
    common = list(_common(blocks(printed)[0], here))
    last = (0, 0)
    places: list[tuple[_Place | None, str]] = []
    for opening in openings:
        if not opening.at:  # the document begins with the page, whatever else is above it
            places.append((_Place(tree[0]), opening.label))
            continue
        found = next(((b, n) for b, n in common if opening.at < b.start + len(b.text)), None)
        if found is None:  # the ebook has none of the printed content from there on
            places.append((None, opening.label))
            continue
        block, number = found
        last = max(last, (number, max(0, opening.at - block.start)))
        places.append((_place(here[last[0]], last[1], tree, parents), opening.label))
    # Later marks in a text first, so that earlier positions stay valid; then all others.
    inside = [(p, label) for p, label in places if p is not None and p.index is not None]
    beside = [(p, label) for p, label in places if p is None or p.index is None]
    for place, label in [*reversed(inside), *beside]:
        _insert(place, _marker(label, pattern), tree, parents)


def _common(printed: Sequence[Block], here: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """Yield the printed blocks that are in the ebook too, each with its number there, both in order.

    Blocks whose words occur once in both are pairs, as many as keep their order. Between two pairs, blocks
    with the same words are paired in order (as in a patience diff).
    """
    ours, theirs = Counter(b.text for b in printed), Counter(b.text for b in here)
    once = {b.text: n for n, b in enumerate(here) if theirs[b.text] == 1}
    sure = [
        (n, once[b.text]) for n, b in enumerate(printed) if ours[b.text] == 1 and b.text in once
    ]
    start, at = 0, 0
    for stop, to in (*_ascending(sure), (len(printed), len(here))):
        known: dict[str, deque[int]] = defaultdict(deque)
        for number in range(at, to):
            known[here[number].text].append(number)
        last = -1
        for block in printed[start:stop]:
            left = known.get(block.text, deque())
            while left and left[0] <= last:
                left.popleft()
            if left:
                last = left.popleft()
                yield block, last
        if stop < len(printed):
            yield printed[stop], to
        start, at = stop + 1, to + 1


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of `pairs`, ascending by first numbers, that ascends by the second too."""
    ends: list[int] = []  # the lowest second number that a series of each length ends with
    rows: list[int] = []  # and the pair that it ends with
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        ends[length : length + 1] = [second]
        rows[length : length + 1] = [number]
        before.append(rows[length - 1] if length else -1)
    found = []
    number = rows[-1] if rows else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _place(block: Block, at: int, tree: Element, parents: dict[Element, Element]) -> _Place:
    if at:
        found = _in_text(block.element, at)
        if found is not None:
            return _out_of_link(found, block.element, parents)
    element = block.element
    while element is not tree and _is_first(element, parents[element]):
        if parents[element] is tree:
            break
        element = parents[element]
    if element is tree or parents[element].tag in STRICT:
        return _Place(block.element, 0)
    return _Place(element)


def _is_first(element: Element, parent: Element) -> bool:
    """Return whether `element` is the first content of its `parent`."""
    if (parent.text or "").strip():
        return False
    for child in parent:
        if child is element:
            return True
        if not ASIDE.isdisjoint(classes(child)) and not (child.tail or "").strip():
            continue  # the number above a chapter's title
        if without_space("".join(child.itertext()) + (child.tail or "")) or _has_picture(child):
            return False
    return False


def _has_picture(element: Element) -> bool:
    return any(e.tag in PICTURES for e in element.iter())


def _in_text(block: Element, at: int) -> _Place | None:
    """Return the start of the word with the character `at` of the block's own text."""
    for element, text, behind in _runs(block, outer=True):
        length = 1 if text is None else len(without_space(text))
        if at >= length:
            at -= length
        elif text is None:
            return _Place(element)
        else:
            return _Place(element, _word(text, at), behind)
    return None


def _runs(element: Element, outer: bool = False) -> Iterator[tuple[Element, str | None, bool]]:
    """Yield the text of a block in runs.

    Each run has its element, its text (None for a picture), and whether the text is after the element.
    """
    if not ASIDE.isdisjoint(classes(element)):
        return
    if element.tag in PICTURES:
        yield element, None, False
        return
    if not outer and element.tag not in PHRASING:
        return
    yield element, element.text or "", False
    for child in element:
        yield from _runs(child)
        yield child, child.tail or "", True


def _word(text: str, at: int) -> int:
    """Return the start in `text` of the word with the character `at`, not counting white space."""
    index = -1
    while at >= 0:
        index += 1
        at -= bool(without_space(text[index]))
    # A longer run is not one word: not all scripts have spaces between words.
    start = max(0, index - LONGEST)
    begins = [n + 1 for n in range(start, index) if text[n].isspace()]
    return begins[-1] if begins else index if start else 0


def _out_of_link(place: _Place, block: Element, parents: dict[Element, Element]) -> _Place:
    """A mark in a link would be read out as part of its name, so it goes before the link."""
    element = parents[place.element] if place.behind else place.element
    found = place
    while element is not block:
        if element.tag == "a":
            found = _Place(element)
        element = parents[element]
    return found


def _marker(label: str, pattern: str) -> Element:
    """Return a mark (Digital Publishing WAI-ARIA 1.1, `doc-pagebreak`)."""
    return new_element(
        "span",
        [],
        {
            "epub:type": "pagebreak",
            "role": "doc-pagebreak",
            "id": mark_id(label),
            "aria-label": pattern.format(number=label),
        },
    )


def _insert(
    place: _Place | None, marker: Element, tree: Element, parents: dict[Element, Element]
) -> None:
    if place is None:
        notes = next((e for e in tree if "notes" in classes(e)), None)
        tree.insert(len(tree) if notes is None else list(tree).index(notes), marker)
    elif place.index is None:
        parent = parents[place.element]
        parent.insert(list(parent).index(place.element), marker)
    elif place.behind:
        parent, text = parents[place.element], place.element.tail or ""
        place.element.tail, marker.tail = text[: place.index], text[place.index :]
        parent.insert(list(parent).index(place.element) + 1, marker)
    else:
        text = place.element.text or ""
        place.element.text, marker.tail = text[: place.index], text[place.index :]
        place.element.insert(0, marker)
