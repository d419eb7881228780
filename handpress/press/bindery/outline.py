"""The outline of a bound file (ISO 32000-1, 12.3.3): those of its pieces, one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.syntax import dictionary, entries, number_in, reference

AROUND = (b"/Prev", b"/Next", b"/Parent")  # what an entry says of those around it


class Entry(Struct, frozen=True, array_like=True):
    """An entry at the top of a piece's outline: its number, what it says, and whether it is in the part before it."""

    number: int
    facts: Mapping[bytes, bytes]
    within: bool

    @property
    def shown(self) -> int:
        """The entries that are shown: what is in closed ones, with a number below 0, is not."""
        return 1 + max(0, int(self.facts.get(b"/Count", b"0")))


class Outline:
    """The entries so far. They are written at the end, since each refers to the next one."""

    def __init__(self, file: GrowingPdf) -> None:
        self.file = file
        self.number = file.reserve()
        self.entries: list[Entry] = []

    def take(self, piece: Copier, within: bool) -> list[Entry]:
        """Return the outline of a piece, perhaps `within` the part before it."""
        tops: dict[bytes, dict[bytes, bytes]] = {}
        root = entries(piece.at(piece.root.get(b"/Outlines", b"<<>>")))
        following = root.get(b"/First")
        while following:
            tops[following] = entries(piece.at(following))
            following = tops[following].get(b"/Next")
        # Before the entries below refer to them.
        numbers = [piece.moved(number_in(top)) for top in tops]
        return [
            Entry(number, {k: piece.copied(facts[k]) for k in facts if k not in AROUND}, within)
            for number, facts in zip(numbers, tops.values(), strict=True)
        ]

    def write(self) -> None:
        """Write the entries, open or closed as they were; parts are open."""
        tops: list[tuple[Entry, list[Entry]]] = []
        for entry in self.entries:
            if entry.within and tops:
                tops[-1][1].append(entry)
            else:
                tops.append((entry, []))
        opened = [
            replace(part, facts={**part.facts, **self._put(part.number, below)}) if below else part
            for part, below in tops
        ]
        facts = self._put(self.number, opened)
        self.file.put(self.number, dictionary({b"/Type": b"/Outlines", **facts}))

    def _put(self, parent: int, every: Sequence[Entry]) -> dict[bytes, bytes]:
        """Write the entries below another, or at the top; return what that one says of them."""
        numbers = [reference(entry.number) for entry in every]
        for place, entry in enumerate(every):
            around = {
                b"/Next": numbers[place + 1 : place + 2],
                b"/Prev": numbers[max(0, place - 1) : place],
            }
            facts = {**entry.facts, **{key: found[0] for key, found in around.items() if found}}
            self.file.put(entry.number, dictionary({**facts, b"/Parent": reference(parent)}))
        count = {b"/Count": b"%d" % sum(entry.shown for entry in every)}
        return {b"/First": numbers[0], b"/Last": numbers[-1], **count} if every else count
