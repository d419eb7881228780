"""Word documents, each an article, by mammoth: headings, lists, tables, notes, captions and pictures."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import tostring

from handpress.importers.dates import date_in
from handpress.importers.html import parse_fragment, parse_xml, words_in
from handpress.importers.maths.in_word import put_formulas, take_formulas, without_marks
from handpress.importers.maths.office import WORD
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.recognise.captions import join_captions
from handpress.importers.source import Source, open_bytes
from handpress.markup.tree import Element, new_element, serialize, text_of

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name^='toc '] => !
p[style-name='TOC Heading'] => !
p[style-name='Source Code'] => pre:separator('\\n')
r[style-name='Verbatim Char'] => code
r[style-name='Emphasis'] => em
r[style-name='Strong'] => strong
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Plain Text'] => p:fresh
r[style-name='HTML Code'] => code
strike => del
u => u
"""

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Things that a drawing may have in place of a picture.
NO_PICTURES = {
    "diagram": "a diagram",
    "chart": "a chart",
    "chartex": "a chart",
    "wordprocessingInk": "a drawing by hand",
    "model3d": "a model in three dimensions",
}
TRACKED = {
    "ins": "insertions that were tracked are text",
    "del": "deletions that were tracked are left out",
}
UNKNOWN = re.compile(r"nrecognised (?:paragraph|run) style: (.+?) \(Style ID")
UNREAD = {
    "word/comments.xml": "comments",
    "word/header1.xml": "the header of the pages",
    "word/footer1.xml": "the footer of the pages",
}


def detect(source: Source) -> bool:
    return bool(source.ending(".docx")) or source.has("word/document.xml")


def read(source: Source) -> Export:
    posts: list[Post] = []
    pictures: dict[str, bytes] = {}
    losses: list[Loss] = []
    if source.has("word/document.xml"):
        posts.append(_post(source.name, source, source.raw(), pictures))
    for name in source.ending(".docx") if not posts else ():
        if posixpath.basename(name).startswith("~$"):
            continue
        try:
            data = source.read(name)
            posts.append(_post(name, open_bytes(name, data), data, pictures))
        except ImportRefused as error:
            losses.append(Loss(name, "left out", error.reason))
    if not posts and losses:
        raise ImportRefused(losses[0].what)
    return Export("Word", tuple(posts), picture=pictures.get, ordered=True, losses=tuple(losses))


def _post(name: str, parts: Source, data: bytes, pictures: dict[str, bytes]) -> Post:
    # Mammoth reads the XML without limits of its own, so each part is read here first.
    trees = {n: parse_xml(parts.read(n), n) for n in parts.ending(".xml", ".rels")}
    losses = [
        Loss(name, "left out", what, words)
        for part, what in UNREAD.items()
        if part in trees and (words := text_of(trees[part])[:120])
    ]
    document = trees.get("word/document.xml", new_element("i", []))
    joined = {"word/document.xml"} if _join_drop_caps(document) else set()
    written = Counter(words_in("".join(_text(document))))
    changed, formulas = take_formulas({n: t for n, t in trees.items() if n.endswith(".xml")})
    changed |= joined
    data = _repacked(parts, {n: tostring(trees[n], "utf-8") for n in changed}) if changed else data
    tree, messages = _as_html(name, data, pictures, losses)
    lost = written - Counter(words_in(without_marks(text_of(tree))))
    losses += _unread(name, document, list(lost.elements()), messages)
    put_formulas(tree, formulas)
    join_captions(tree)
    facts = _facts(trees.get("docProps/core.xml"))
    stem = posixpath.splitext(posixpath.basename(name))[0]
    author = facts.get("creator", "")
    title = _heading(tree) or facts.get("title", "") or re.sub(r"[_-]+", " ", stem)
    summary = _take_subtitle(tree)
    return Post(
        name,
        name,
        title,
        serialize(tree),
        slug=stem,
        summary=summary,
        date=date_in(facts.get("modified", "") or facts.get("created", "")),
        writers=(Writer(author),) if author else (),
        language=facts.get("language", ""),
        base=name,
        losses=tuple(losses),
    )


def _as_html(
    name: str, data: bytes, pictures: dict[str, bytes], losses: list[Loss]
) -> tuple[Element, list[str]]:
    """Return a document as HTML, and Mammoth's messages. Its pictures, and those that are missing, are added to the others."""
    import mammoth

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def keep(image: Any) -> dict[str, str]:
        address = f"{posixpath.splitext(posixpath.basename(name))[0]}-{len(pictures) + 1}"
        try:
            with image.open() as file:
                pictures[address] = file.read()
        except Exception:  # noqa: BLE001  # a picture outside the document, or one that is damaged
            losses.append(
                Loss(name, "missing", "a picture is not in the document", image.alt_text or "")
            )
        return {"src": address}

    try:
        made = mammoth.convert_to_html(io.BytesIO(data), style_map=STYLES, convert_image=keep)
    except Exception as error:  # noqa: BLE001  # whatever a damaged part makes it raise
        raise ImportRefused(
            f"`{name}` is a damaged document: {error}", "save it again in Word"
        ) from None
    return parse_fragment(made.value), [m.message for m in made.messages]


def _facts(core: Element | None) -> dict[str, str]:
    """Return the properties of a document, by the names of their elements."""
    if core is None:
        return {}
    return {str(e.tag).rpartition("}")[2]: (e.text or "").strip() for e in core}


def _heading(tree: Element) -> str:
    """Return the paragraph in the style of a title, or the only heading of the first level."""
    titles = [e for e in tree.iter("h1") if e.get("class") == "title"]
    firsts = [e for e in tree.iter("h1") if text_of(e)]
    return text_of(titles[0]) if titles else text_of(firsts[0]) if len(firsts) == 1 else ""


def _take_subtitle(tree: Element) -> str:
    """Return the subtitle, which is removed from the text, "" without one."""
    subtitle = next((text_of(e) for e in tree.iter("p") if e.get("class") == "subtitle"), "")
    if subtitle:
        for parent in list(tree.iter()):
            for child in [c for c in parent if c.get("class") == "subtitle"]:
                parent.remove(child)
    return subtitle


def _join_drop_caps(document: Element) -> bool:
    """Put each large first letter, which Word has in a frame of its own, before the text that it begins, in place."""
    joined = False
    for parent in list(document.iter()):
        paragraphs = list(parent)
        for first, rest in pairwise(paragraphs):
            frame = first.find(f"{WORD}pPr/{WORD}framePr")
            if frame is None or not frame.get(f"{WORD}dropCap") or rest.tag != f"{WORD}p":
                continue
            at = 1 if len(rest) and rest[0].tag == f"{WORD}pPr" else 0
            rest[at:at] = [e for e in first if e.tag != f"{WORD}pPr"]
            parent.remove(first)
            joined = True
    return joined


def _repacked(parts: Source, changed: Mapping[str, bytes]) -> bytes:
    """Return a document with some of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts.names:
            archive.writestr(part, changed[part] if part in changed else parts.read(part))
    return made.getvalue()


def _unread(name: str, document: Element, lost: list[str], messages: list[str]) -> Iterator[Loss]:
    """Yield what Word shows and mammoth does not read, above all words."""
    for drawing in document.iter(f"{WORD}drawing"):
        kinds = [e.get("uri", "").rpartition("/")[2] for e in drawing.iter(f"{DRAWN}graphicData")]
        if what := next(filter(None, map(NO_PICTURES.get, kinds)), ""):
            about = next((e for e in drawing.iter() if str(e.tag).endswith("}docPr")), drawing)
            yield Loss(name, "left out", what, about.get("descr", "") or about.get("name", ""))
    for tag, what in TRACKED.items():
        if number := sum(1 for _ in document.iter(f"{WORD}{tag}")):
            yield Loss(name, "changed", what, f"{number} times" if number > 1 else "")
    styles = dict.fromkeys(m[1] for text in messages if (m := UNKNOWN.search(text)))
    if styles:
        yield Loss(name, "changed", "styles that are not kept", ", ".join(styles))
    if lost:
        yield Loss(name, "left out", "words of the document that are not read", " ".join(lost[:40]))


def _text(document: Element) -> Iterator[str]:
    """Yield the text that Word shows, with white space between paragraphs."""
    stack: list[Element | str] = [document]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield element
            continue
        name = str(element.tag).rpartition("}")[2]
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr", "noBreakHyphen"):
            yield "-" if name == "noBreakHyphen" else " "
        elif name not in ("del", "moveFrom", "Fallback", "instrText", "oMath"):
            apart = [" "] if name == "p" else []
            stack += [*apart, *reversed(list(element)), *apart]
