"""Outgoing: the texts of an edition for its translators."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from handpress.translations.edition import Edition, Translated
from handpress.translations.files import MISSING, TRANSLATED, Entry, Outgoing
from handpress.translations.html_texts import write_html
from handpress.translations.inlines import write
from handpress.translations.pairs import Pair, recorded_as
from handpress.translations.record import Record, read_record, write_record
from handpress.translations.units import PLAIN, Units

# Notes for translators about each kind of text.
KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "item": "item of a list",
    "cell": "cell of a table",
    "title": "title",
    "box": "title of a box",
    "term": "term",
    "definition": "definition",
    "note": "footnote",
    "dose": "dosage: keep the numbers",
    "alt": "description of a picture, for people who cannot see it",
    "caption": "caption of a picture",
    "html": "text in HTML",
    "attribute": "text of a tag, for people who cannot see the page",
    "subtitle": "subtitle",
    "summary": "summary",
    "tags": "keyword",
    "description": "description of the series",
    "rights": "rights",
    "name": "name of a part or a pack",
    "credentials": "credentials",
    "role": "role",
    "short": "short biography",
}


def outgoing(edition: Edition, changed: bool = False) -> Outgoing:
    """Return the texts of an edition; with `changed` those that are missing or older than their originals."""
    files = {}
    for file in edition.files:
        files[file.path] = tuple(
            _entry(edition, file, number, pair)
            for number, pair in enumerate(file.pairs)
            if not (changed and pair.state == TRANSLATED)
        )
    series = edition.series
    date = str(series.date) if series.date else ""
    return Outgoing(series.title, series.language, edition.translation.tag, date, files)


def _entry(edition: Edition, file: Translated, number: int, pair: Pair) -> Entry:
    unit = pair.unit
    note = KINDS.get(unit.kind, unit.kind)
    if file.is_bio:
        note += f", of {file.title}"
    elif not file.is_settings:
        title = file.original.sections[unit.section].title
        note += f", in “{file.title}”" + (f", section “{title}”" if title else "")
    target = None if pair.state == MISSING else pair.target
    return Entry(
        edition.id_of(file, number),
        unit.pieces,
        target,
        pair.state,
        as_markdown(pair, file.original),
        as_markdown(pair, file.translation, translated=True) if target else "",
        (file.path, unit.line),
        note,
    )


def as_markdown(pair: Pair, units: Units | None, *, translated: bool = False) -> str:
    """Return the text of a pair, or its translation, for a format without codes."""
    pieces = (pair.target if translated else pair.unit.pieces) or ()
    if pair.unit.kind in PLAIN or units is None or pair.unit.key:
        return "".join(map(str, pieces))
    if pair.unit.kind == "html":
        return write_html(pieces)
    return write(pieces, dict(units.env))


def record_by_hand(
    edition: Edition, articles: Collection[str] = (), *, again: bool = False
) -> dict[str, int]:
    """Record the translations that nobody has recorded. Return their files, each with how many texts are as in the original.

    With `again`, all are recorded as translations of the present original, or those of the `articles`, by their slugs:
    also a text that is the same in both languages, such as a name, which else counts as one that is not translated yet.
    """
    disk = edition.workspace.disk
    records = {place: dict(read_record(disk, place).articles) for place in edition.records}
    changed: set[str] = set()
    done: dict[str, int] = {}
    for file in edition.files:
        there = file.translation
        if (
            there is None
            or (articles and file.slug not in articles)
            or (file.recorded and not again)
        ):
            continue
        pairs = [
            replace(p, state=TRANSLATED) if p.target or (again and p.number >= 0) else p
            for p in file.pairs
        ]
        found = recorded_as(file.original, there, pairs)
        place = edition.record_of(file)
        if records[place].get(file.name) != found:
            records[place][file.name] = found
            changed.add(place)
            same = (p.unit.hash == there.units[p.number].hash for p in pairs if p.number >= 0)
            done[file.file] = sum(same)
    for place in sorted(changed):
        write_record(disk, place, Record(records[place]))
    return done
