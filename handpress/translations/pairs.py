"""Pairs: each text of an original with its translation, as far as there is one.

A text is found again by the hash of its original, so paragraphs may move, come and go. One that has changed keeps its
translation, which is then older than its original.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from handpress.translations.files import MISSING, OLDER, TRANSLATED
from handpress.translations.inlines import Pieces
from handpress.translations.record import BY_HAND, NOT_YET, UNKNOWN, Origin, Recorded
from handpress.translations.units import Unit, Units, frame_of, hash_of


class Pair(Struct, frozen=True):
    """A text of the original and its translation, which is the text `number` of the translated file."""

    unit: Unit
    state: str = MISSING
    target: Pieces | None = None
    origin: Origin | None = None
    number: int = -1

    @property
    def edited(self) -> bool:
        """Return whether the translation was changed by hand since a command wrote it."""
        origin, target = self.origin, self.target
        return target is not None and (origin is None or origin.own != hash_of(target))


def paired(
    original: Units, translated: Units | None, recorded: Recorded | None
) -> tuple[Pair, ...]:
    """Return all texts of an original, each with its translation."""
    if translated is None:
        return tuple(Pair(unit) for unit in original.units)
    origins = _origins(original, translated, recorded)
    by_source: dict[str, list[int]] = {}
    for number, origin in enumerate(origins):
        by_source.setdefault(origin.source, []).append(number)
    found: list[Pair] = []
    for unit in original.units:
        there = by_source.get(unit.hash, [])
        number = (there.pop(0) if len(there) > 1 else there[0]) if there else -1
        found.append(_pair(unit, TRANSLATED, translated, origins, number))
    used = {pair.number for pair in found}
    before = [origin.source for origin in origins]
    for n, number in _matched([unit.hash for unit in original.units], before):
        unit = original.units[n]
        if found[n].number < 0 and number not in used and unit.kind == translated.units[number].kind:  # fmt: skip
            found[n] = _pair(unit, OLDER, translated, origins, number)
    return tuple(found)


def _pair(
    unit: Unit, state: str, translated: Units, origins: Sequence[Origin], number: int
) -> Pair:
    if number < 0:
        return Pair(unit)
    there, origin = translated.units[number], origins[number]
    if origin.own == NOT_YET and there.hash == origin.source:
        return Pair(unit, number=number)
    return Pair(unit, state, there.pieces, origin, number)


def _origins(original: Units, translated: Units, recorded: Recorded | None) -> list[Origin]:
    """Return the origin of each text of a translated file: as it is recorded, or else by its place."""
    here = [unit.hash for unit in translated.units]
    origins = [Origin(UNKNOWN, BY_HAND)] * len(here)
    if recorded:
        before = [text.source if text.own == NOT_YET else text.own for text in recorded.texts]
        for old, new in _matched(before, here):
            origins[new] = recorded.texts[old]
        return origins
    mine, theirs = (
        [(unit.kind, unit.section) for unit in units.units] for units in (original, translated)
    )
    for old, new in _matched(mine, theirs):
        source = original.units[old].hash
        origins[new] = Origin(source, NOT_YET if source == here[new] else BY_HAND)
    return origins


def _matched(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Yield the places of what is equal in both, and of what was replaced one by one."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            yield from zip(range(a, b), range(c, d), strict=True)


def recorded_as(original: Units, translated: Units, pairs: Sequence[Pair]) -> Recorded:
    """Return the record of a translated file whose texts have the places that `pairs` give."""
    origins = [Origin(UNKNOWN, unit.hash) for unit in translated.units]
    for pair in pairs:
        if 0 <= pair.number < len(origins):
            before = pair.origin.source if pair.origin and pair.state == OLDER else pair.unit.hash
            own = NOT_YET if pair.state == MISSING else translated.units[pair.number].hash
            origins[pair.number] = Origin(before, own)
    sections = tuple(
        section.hash
        if all(pair.state == TRANSLATED for pair in pairs if pair.unit.section == number)
        else NOT_YET
        for number, section in enumerate(original.sections)
    )
    return Recorded(tuple(origins), sections, frame_of(translated))
