"""The outline of a bound file (ISO 32000-1, 12.3.3): those of its pieces, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from handpress.press.bindery.copier import Copier
from handpress.press.bindery.growing import GrowingPdf
from handpress.press.bindery.syntax import dictionary, entries, number_in, reference

AROUND = (b"/Prev", b"/Next", b"/Parent")  # what an entry says of those around it


class Entry(Struct):
    """An entry at the top of a piece's outline: its number, what it says, and whether it is in the part before it."""

    number: int
    facts: dict[bytes, bytes]
    within: bool
    below: list[Entry] = field(default_factory=list)

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

    def take(self, piece: Copier, within: bool) -> None:
        """Append the outline of a piece, perhaps `within` the part before it."""
        tops: dict[bytes, dict[bytes, bytes]] = {}
        root = entries(piece.at(piece.root.get(b"/Outlines", b"<<>>")))
        following = root.get(b"/First")
        while following:
            tops[following] = entries(piece.at(following))
            following = tops[following].get(b"/Next")
        numbers = [
            piece.moved(number_in(top)) for top in tops
        ]  # before the entries below refer to them
        for number, facts in zip(numbers, tops.values(), strict=True):
            own = {key: piece.copied(facts[key]) for key in facts if key not in AROUND}
            self.entries.append(Entry(number, own, within))

    def write(self) -> None:
        """Write the entries, open or closed as they were; parts are open."""
        tops: list[Entry] = []
        for entry in self.entries:
            (tops[-1].below if entry.within and tops else tops).append(entry)
        for entry in tops:
            if entry.below:
                entry.facts |= self._put(entry.number, entry.below)
        facts = self._put(self.number, tops)
        self.file.put(self.number, dictionary({b"/Type": b"/Outlines", **facts}))

    def _put(self, parent: int, every: Sequence[Entry]) -> dict[bytes, bytes]:
        """Write the entries below another, or at the top; return what that one says of them."""
        for entry, following in pairwise(every):
            entry.facts[b"/Next"] = reference(following.number)
            following.facts[b"/Prev"] = reference(entry.number)
        for entry in every:
            self.file.put(entry.number, dictionary({**entry.facts, b"/Parent": reference(parent)}))
        count = {b"/Count": b"%d" % sum(entry.shown for entry in every)}
        if not every:
            return count
        return {
            b"/First": reference(every[0].number),
            b"/Last": reference(every[-1].number),
            **count,
        }
