"""XLIFF 2.0: texts with their codes, as translators' tools exchange them.

After the standard of OASIS, http://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html. The Markdown of a
code is in `originalData`. Only its id is read when a file returns, so addresses cannot change on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from handpress.core.files.source import CONTROL
from handpress.translations.files import (
    MISSING,
    OLDER,
    TRANSLATED,
    Entry,
    Outgoing,
    Returned,
    Text,
    TranslationRefused,
)
from handpress.translations.inlines import (
    ALONE,
    BREAK,
    CLOSE,
    FREE,
    OPEN,
    Code,
    Piece,
    Pieces,
    joined,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.0 and 2.1
OTHERS = ("urn:oasis:names:tc:xliff:document:2.2",)
OLD = "handpress:older"  # the state of a translation of an earlier original
LANGUAGE = "exported for"  # the category of a note with the language of an export
# `type` and `subType` of each kind of code, section 4.7.3 of the standard.
_TYPES = {
    "strong": ("fmt", "xlf:b"),
    "em": ("fmt", "xlf:i"),
    "del": ("fmt", "handpress:del"),
    "mark": ("fmt", "handpress:mark"),
    BREAK: ("fmt", "xlf:lb"),
    "link": ("link", ""),
    "image": ("image", ""),
}
_NONE = ("other", "")
# A text without a state is one that its tool may set.
_STATES = {
    MISSING: "",
    OLDER: f' state="initial" subState="{OLD}"',
    TRANSLATED: ' state="translated"',
}


def write(outgoing: Outgoing) -> bytes:
    """Return an XLIFF 2.0 file."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang={quoteattr(outgoing.language)}'
        f" trgLang={quoteattr(outgoing.tag)}>",
    ]
    for number, (path, entries) in enumerate(outgoing.files.items(), 1):
        if entries:
            lines.append(f'  <file id="f{number}" original={quoteattr(path)}>')
            lines.append(f'    <notes><note category="{LANGUAGE}">{outgoing.tag}</note></notes>')
            lines += [line for entry in entries for line in _unit(entry)]
            lines.append("  </file>")
    return "\n".join([*lines, "</xliff>", ""]).encode()


def _unit(entry: Entry) -> Iterator[str]:
    data: dict[str, str] = {}  # ids by what they stand for
    source = "".join(_inline(entry.source, data))
    target = "".join(_inline(entry.target or (), data))
    yield f"    <unit id={quoteattr(entry.id)}>"
    yield f'      <notes><note category="context">{escape(entry.note)}</note></notes>'
    if data:
        yield "      <originalData>"
        yield from (f'        <data id="{key}">{escape(text)}</data>' for text, key in data.items())
        yield "      </originalData>"
    yield f"      <segment{_STATES[entry.state]}>"
    yield f"        <source>{source}</source>"
    if entry.state != MISSING:
        yield f"        <target>{target}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _inline(pieces: Pieces, data: dict[str, str]) -> Iterator[str]:
    closing = {p.id: p.written for p in pieces if isinstance(p, Code) and p.side == CLOSE}
    for piece in pieces:
        if isinstance(piece, str):
            yield escape(piece)
            continue
        kind, below = _TYPES.get(piece.kind, _NONE)
        about = f' type="{kind}"' + (f' subType="{below}"' if below else "")
        about += "" if piece.kind in FREE else ' canCopy="no" canDelete="no"'
        first = data.setdefault(piece.written, f"d{len(data) + 1}")
        if piece.side == OPEN:
            last = data.setdefault(closing[piece.id], f"d{len(data) + 1}")
            yield f'<pc id="{piece.id}" dataRefStart="{first}" dataRefEnd="{last}"{about}>'
        elif piece.side == CLOSE:
            yield "</pc>"
        else:
            shown = " ".join(piece.written.split())
            yield f'<ph id="{piece.id}" dataRef="{first}" disp={quoteattr(shown)}{about}/>'


def read(data: bytes) -> Returned:
    """Return the texts of an XLIFF 2 file. Raises :class:`TranslationRefused`."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise TranslationRefused("it has a document type, which may expand without end") from None
    except (ParseError, ValueError, RecursionError) as error:
        raise TranslationRefused(f"it is not XML: {error}") from None
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        if space.lstrip("{") in (NAMESPACE, *OTHERS):
            element.tag = name
    if root.tag != "xliff":
        version = root.get("version", "")
        what = f"it is XLIFF {version}" if version.startswith("1.") else "it is not XLIFF 2"
        raise TranslationRefused(what, "set your tool to XLIFF 2.0 or 2.1, or use PO")
    found: dict[str, Text | None] = {}
    for unit in root.iter("unit"):
        name = unit.get("id", "")
        if name in found:
            raise TranslationRefused(f"two of its units have the id `{name}`")
        try:
            found[name] = _text(unit)
        except RecursionError:
            raise TranslationRefused("its codes are nested too deep") from None
    texts = {name: text for name, text in found.items() if text}
    marks = (e.text or "" for e in root.iter("note") if e.get("category") == LANGUAGE)
    return Returned(root.get("trgLang", ""), texts, next(marks, "").strip())


def _text(unit: Element) -> Text | None:
    """Return the translation of a unit, or None if it has none, or less than all of its segments."""
    parts: list[tuple[int, list[Piece]]] = []
    states: set[tuple[str | None, str | None]] = set()
    whole: list[Piece] = []
    for number, part in enumerate((e for e in unit if e.tag in ("segment", "ignorable")), 1):
        source, target = part.find("source"), part.find("target")
        original = list(_pieces(source)) if source is not None else []
        whole += original
        translated = list(_pieces(target)) if target is not None else []
        if part.tag == "segment":
            if not translated and _has_words(original):
                return None
            states.add((part.get("state"), part.get("subState")))
        place = target.get("order", "") if target is not None else ""
        parts.append((int(place) if place.isdigit() else number, translated or original))
    pieces = [p for _, part in sorted(parts, key=lambda part: part[0]) for p in part]
    if not _has_words(pieces):
        return None
    started = ("initial", OLD) in states
    unfinished = any(state == "initial" and below != OLD for state, below in states)
    # Without a state, a text that is the original's may have been filled in by the tool.
    filled = pieces == whole and all(state is None for state, _ in states)
    if filled:
        return None
    words = "".join(p for p in whole if isinstance(p, str))
    return Text(joined(pieces), "", done=not unfinished, started=started, source=words)


def _has_words(pieces: Sequence[Piece]) -> bool:
    return any(p.strip() if isinstance(p, str) else p.side == ALONE for p in pieces)


def _pieces(element: Element) -> Iterator[Piece]:
    """Yield the words and the codes in a source or target; what tools mark up further is only words."""
    if element.text:
        yield element.text
    for child in element:
        name = child.get("copyOf") or child.get("id") or ""
        if child.tag == "pc":
            yield Code(name, "", "", OPEN)
            yield from _pieces(child)
            yield Code(name, "", "", CLOSE)
        elif child.tag == "ph":
            yield Code(name, "", "")
        elif child.tag == "sc":
            yield Code(name, "", "", OPEN)
        elif child.tag == "ec":
            yield Code(child.get("startRef") or name, "", "", CLOSE)
        elif child.tag == "cp":
            yield _character(child.get("hex", ""))
        elif child.tag == "mrk":
            yield from _pieces(child)
        if child.tail:
            yield child.tail


def _character(number: str) -> str:
    """Return the character of a `cp`, "" for one that no text may have."""
    try:
        char = chr(int(number, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if CONTROL.match(char) or "\ud800" <= char <= "\udfff" else char
