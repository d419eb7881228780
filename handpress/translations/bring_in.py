"""Bringing in: the texts of a translator's file into the Markdown files of a translated edition.

Code, attributes, addresses and pictures are those of the original. A text that was changed by hand since the last import
stays as it is, unless the translator's file has the same change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from handpress.core.files.disk import write_file
from handpress.core.files.source import Source
from handpress.series.settings.yaml_writer import Unwritable
from handpress.translations.edition import Edition, Translated
from handpress.translations.files import TRANSLATED, Returned, Text
from handpress.translations.html_texts import read_html
from handpress.translations.inlines import (
    CLOSE,
    OPEN,
    Code,
    Piece,
    Pieces,
    codes,
    joined,
    read,
    trimmed,
)
from handpress.translations.outgoing import as_markdown
from handpress.translations.pairs import Pair, recorded_as
from handpress.translations.record import Record, Recorded, read_record, write_record
from handpress.translations.settings import front_matter, with_words, words_of
from handpress.translations.units import PLAIN, Unit, Units, frame_of, hash_of, with_texts


class Unused(Struct, frozen=True):
    """A text of a translator's file that was not used: its kind, where it belongs, why, and its words."""

    kind: str  # `conflict`, `refused`, `unfinished` or `unknown`
    place: str
    reason: str
    words: str = ""


class BroughtIn(Struct):
    """All that an import did, or would do."""

    tag: str
    written: list[tuple[str, int]] = field(default_factory=list)  # each file, and its new texts
    unused: list[Unused] = field(default_factory=list)
    in_place: list[str] = field(default_factory=list)  # files with blocks of their own
    unchanged: int = 0


class _Unsuited(Exception):
    """A translation that does not have what its original has."""


def bring_in(
    edition: Edition, returned: Returned, *, force: bool = False, dry: bool = False
) -> BroughtIn:
    """Write the texts that returned, each file in the present frame of its original.

    With `force`, they replace what was changed by hand. Without any text, only the frames are written again.
    """
    done = BroughtIn(edition.translation.tag)
    disk = edition.workspace.disk
    records = {place: dict(read_record(disk, place).articles) for place in edition.records}
    changed: set[str] = set()
    known: set[str] = set()
    for file in edition.files:
        ids = [edition.id_of(file, number) for number in range(len(file.pairs))]
        known |= set(ids)
        texts = {n: returned.texts[name] for n, name in enumerate(ids) if name in returned.texts}
        pairs, new = _Taking(file, force, done).take(texts)
        if new or (not returned.texts and _is_behind(file)):
            made = _written(file, pairs, done, force=force)
            if made is None:
                continue
            text, article = made
            done.written.append((file.file, new))
            if not dry:
                write_file(disk.root, file.file, _with_ends(edition, file.file, text).encode())
                records[edition.record_of(file)][file.name] = article
                changed.add(edition.record_of(file))
    for name, back in returned.texts.items():
        if name not in known:
            reason = "its original has changed since, or is gone"
            done.unused.append(Unused("unknown", name, reason, _shown(back)))
    for place in sorted(changed):
        write_record(disk, place, Record(records[place]))
    return done


def _with_ends(edition: Edition, path: str, text: str) -> str:
    """Return `text` with the ends of lines that the file at `path` has."""
    disk = edition.workspace.disk
    old = disk.read(path) if disk.is_file(path) else b""
    return text.replace("\n", "\r\n") if b"\r\n" in old else text


class _Taking:
    """Takes the texts of one file."""

    def __init__(self, file: Translated, force: bool, done: BroughtIn) -> None:
        self.file, self.force, self.done = file, force, done

    def take(self, texts: Mapping[int, Text]) -> tuple[list[Pair], int]:
        """Return the pairs with the `texts` by their numbers, and how many are new."""
        pairs, new = list(self.file.pairs), 0
        for number, text in texts.items():
            pair = pairs[number]
            if not text.done:
                self.unused(pair, "unfinished", "its translator marked it as unfinished", text)
                continue
            try:
                self.check_source(pair, text)
                target = _fitting(pair.unit, text, self.file.original)
            except _Unsuited as error:
                self.unused(pair, "refused", str(error), text)
                continue
            taken = self.merged(pair, target, text)
            new += taken != pair
            self.done.unchanged += taken == pair
            pairs[number] = taken
        return pairs, new

    def check_source(self, pair: Pair, text: Text) -> None:
        """Refuse a translation that has the id of another text: its source in the file is not this one."""
        if not text.source:
            return
        if text.pieces:
            here = "".join(p for p in pair.unit.pieces if isinstance(p, str))
        else:
            here = as_markdown(pair, self.file.original)
        if _letters(here) != _letters(text.source):
            shown = " ".join(text.source.split())
            raise _Unsuited(
                f"it has the id of this text, and is the translation of another: {shown[:80]}"
            )

    def merged(self, pair: Pair, target: Pieces, text: Text) -> Pair:
        """Return a pair with its new translation, or as it was."""
        taken = replace(pair, state=TRANSLATED, target=target)
        if pair.target is None:
            return taken
        if hash_of(target) == hash_of(pair.target):
            return pair if text.started or pair.state == TRANSLATED else taken
        if pair.edited and not self.force:
            if pair.origin and pair.origin.own == hash_of(target):
                return pair  # only the file was changed
            here = "".join(p if isinstance(p, str) else p.written for p in pair.target)
            self.unused(pair, "conflict", f"the file has another text: {here}", text)
            return pair
        return taken

    def unused(self, pair: Pair, kind: str, reason: str, text: Text) -> None:
        place = f"{self.file.path}:{pair.unit.line}"
        self.done.unused.append(Unused(kind, place, reason, _shown(text)))


def _letters(text: str) -> str:
    """Return the letters and digits of a text, which tools leave as they are, whatever they do to its spaces."""
    return "".join(re.findall(r"\w+", text))


def _shown(text: Text) -> str:
    pieces = text.pieces or (text.markdown,)
    return " ".join("".join(p for p in pieces if isinstance(p, str)).split())


def _fitting(unit: Unit, text: Text, original: Units) -> Pieces:
    """Return a translation with the codes of its original. Raises :class:`_Unsuited`."""
    if unit.kind in PLAIN or unit.key:
        words = "".join(p for p in text.pieces or (text.markdown,) if isinstance(p, str))
        return (" ".join(words.split()),)
    if text.pieces:
        target = _with_codes(unit, text.pieces)
    elif unit.kind == "html":
        target = read_html(text.markdown)
    else:
        target = read(text.markdown, dict(original.env))
    missing, added = codes(unit.pieces) - codes(target), codes(target) - codes(unit.pieces)
    if missing:
        raise _Unsuited(f"it lacks {_listed(missing)}")
    if added:
        raise _Unsuited(f"its original does not have {_listed(added)}")
    if unit.kind == "dose" and _numbers(target) != _numbers(unit.pieces):
        raise _Unsuited("its numbers are not those of the original")
    return target


def _listed(written: Mapping[str, int]) -> str:
    return ", ".join(f"`{' '.join(each.split())}`" for each in written)


def _with_codes(unit: Unit, pieces: Sequence[Piece]) -> Pieces:
    """Return `pieces`, which have the ids of codes, with the codes of the original."""
    known = {(p.id, p.side): p for p in unit.pieces if isinstance(p, Code)}
    made: list[Piece] = []
    opened: list[str] = []
    for piece in pieces:
        if isinstance(piece, Code):
            code = known.get((piece.id, piece.side))
            if code is None:
                raise _Unsuited(f"its original has no code `{piece.id}`")
            opened += [code.id] if code.side == OPEN else []
            if code.side == CLOSE and (not opened or opened.pop() != code.id):
                raise _Unsuited("its codes overlap")
            piece = code
        made.append(piece)
    if opened:
        raise _Unsuited(f"its code `{opened[-1]}` has no end")
    return trimmed(joined(made))


def _numbers(pieces: Pieces) -> list[str]:
    """Return the numbers in a text, in the digits of any script."""
    words = "".join(p for p in pieces if isinstance(p, str))
    found = re.findall(r"\d+", words)
    return sorted("".join(str(unicodedata.digit(char)) for char in number) for number in found)


def _written(
    file: Translated, pairs: Sequence[Pair], done: BroughtIn, *, force: bool
) -> tuple[str, Recorded] | None:
    """Return the new text of a file with its record: in the frame of the original, or in its own if that was changed."""
    there = file.translation
    mine = there is not None and not file.is_settings and _is_own(file, there) and not force
    frame = there if mine and there else file.original
    placed = [p if mine else replace(p, number=n) for n, p in enumerate(pairs)]
    texts = {p.number: p.target for p in placed if p.target is not None and p.number >= 0}
    try:
        words = words_of(frame, texts)
        if file.is_settings:
            text = with_words(there.source.text if there else "", words)
        else:
            text = with_texts(frame, texts, front_matter(there, words))
    except Unwritable:
        done.unused.append(Unused("refused", file.file, "its settings are not in plain YAML", ""))
        return None
    if mine:
        done.in_place.append(file.file)
        done.unused += _without_place(file, placed)
    source = Source(file.file, text)
    made = file.read(source)
    if file.is_settings:  # which may have words of their own
        keys = [unit.key for unit in made.units]
        placed = [replace(p, number=keys.index(p.unit.key)) for p in placed]
    return text, recorded_as(file.original, made, placed)


def _is_own(file: Translated, there: Units) -> bool:
    """Return whether a translated file has other blocks than its original had, changed by hand."""
    frame = frame_of(there)
    return frame != frame_of(file.original) and not (file.recorded and file.recorded.frame == frame)


def _is_behind(file: Translated) -> bool:
    """Return whether a translated file has the code, the pictures or the dosage of an earlier original."""
    there = file.translation
    return bool(there and not file.is_settings and frame_of(there) != frame_of(file.original))


def _without_place(file: Translated, pairs: Sequence[Pair]) -> Iterator[Unused]:
    for pair in pairs:
        if pair.number < 0 and pair.target is not None:
            words = "".join(p for p in pair.target if isinstance(p, str))
            reason = f"`{file.file}` has blocks of its own, and no place for it"
            yield Unused("refused", f"{file.path}:{pair.unit.line}", reason, words)
