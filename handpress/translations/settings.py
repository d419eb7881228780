"""Settings: the words of `series.yaml` and of front matter, read and written."""

from __future__ import annotations

from collections.abc import Mapping

from handpress.core.files.source import Source
from handpress.series.frontmatter.blocks import find_block
from handpress.series.settings.schema import SERIES
from handpress.series.settings.yaml_reader import read_settings
from handpress.series.settings.yaml_writer import Unwritable, Value, edited
from handpress.translations.inlines import Pieces
from handpress.translations.units import Section, Unit, Units

WORDS = ("title", "subtitle", "description", "rights")  # of a series


def settings_of(source: Source, names: Mapping[str, str] | None = None) -> Units:
    """Return the texts in the settings of a series.

    `names` are those of its parts and packs, by how they are called in the settings: without them, those that a
    translation has.
    """
    settings, _ = read_settings(source, SERIES, "a series")
    words = {key: str(value).strip() for key in WORDS if (value := settings.get(key))}
    units = [
        Unit(key, (text,), key=key, line=settings.place(key).line or 1)
        for key, text in words.items()
    ]
    called = (settings.get("names") or {}) if names is None else names
    units += [Unit("name", (text,), key=f"names.{name}") for name, text in called.items()]
    sections = (Section("", "".join(unit.hash for unit in units)[:10]),)
    return Units(source, len(source.text), settings, tuple(units), sections, 0, {})


def with_words(text: str, words: Mapping[str, Value]) -> str:
    """Return the YAML in `text` with other `words`. Raises :class:`Unwritable`."""
    return edited(text, dict(words)) if words else text


def front_matter(units: Units | None, words: Mapping[str, Value]) -> str:
    """Return front matter with `words`: that of a translated file, where it has one, with all its other settings.

    Raises :class:`Unwritable` if it is not in YAML.
    """
    head = units.source.text[: units.start] if units else ""
    if not head.strip():
        return f"---\n{with_words('', words)}---\n" if words else ""
    block = find_block(head)
    if block is None or block.format != "yaml":
        raise Unwritable
    inside = with_words(head[block.start : block.end], words)
    return f"{head[: block.start]}{inside}{head[block.end :]}"


def words_of(units: Units, texts: Mapping[int, Pieces]) -> dict[str, Value]:
    """Return the settings that are words, with the `texts` by the numbers of their units."""
    words: dict[str, Value] = {}
    for number, unit in enumerate(units.units):
        if not unit.key:
            continue
        text = "".join(str(piece) for piece in texts.get(number, unit.pieces))
        key, _, name = unit.key.partition(".")
        if name:
            called = words.setdefault(key, {})
            assert isinstance(called, dict)
            called[name] = text
        elif unit.key == "tags":
            several = words.setdefault(unit.key, [])
            assert isinstance(several, list)
            several.append(text)
        else:
            words[unit.key] = text
    return words
