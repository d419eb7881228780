"""Word documents, each an article, by mammoth: headings, lists, tables, notes, captions and pictures."""

from __future__ import annotations

import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from handpress.importers.dates import date_in
from handpress.importers.html import parse_fragment, parse_xml, words_in, words_of
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
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
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
    import mammoth

    # Mammoth reads the XML without limits of its own, so each part is read here first.
    trees = {n: parse_xml(parts.read(n), n) for n in parts.ending(".xml", ".rels")}
    losses = [
        Loss(name, "left out", what, words)
        for part, what in UNREAD.items()
        if part in trees and (words := text_of(trees[part])[:120])
    ]

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
    document = trees.get("word/document.xml", new_element("i", []))
    tree = parse_fragment(made.value)
    losses += _unread(name, document, tree, [m.message for m in made.messages])
    join_captions(tree)
    titles = [e for e in tree.iter("h1") if e.get("class") == "title"]
    firsts = [e for e in tree.iter("h1") if text_of(e)]
    core = trees.get("docProps/core.xml")
    facts = (
        {str(e.tag).rpartition("}")[2]: (e.text or "").strip() for e in core}
        if core is not None
        else {}
    )
    heading = text_of(titles[0]) if titles else text_of(firsts[0]) if len(firsts) == 1 else ""
    stem = posixpath.splitext(posixpath.basename(name))[0]
    title = heading or facts.get("title", "") or re.sub(r"[_-]+", " ", stem)
    subtitle = next((text_of(e) for e in tree.iter("p") if e.get("class") == "subtitle"), "")
    if subtitle:
        for parent in list(tree.iter()):
            for child in [c for c in parent if c.get("class") == "subtitle"]:
                parent.remove(child)
    author = facts.get("creator", "")
    return Post(
        name,
        name,
        title,
        serialize(tree),
        slug=stem,
        summary=subtitle,
        date=date_in(facts.get("modified", "") or facts.get("created", "")),
        writers=(Writer(author),) if author else (),
        language=facts.get("language", ""),
        base=name,
        losses=tuple(losses),
    )


def _unread(name: str, document: Element, made: Element, messages: list[str]) -> Iterator[Loss]:
    """Yield what Word shows and mammoth does not read, above all words."""
    for formula in document.iter(MATHS):
        yield Loss(name, "left out", "a formula", text_of(formula))
    for tag, what in TRACKED.items():
        if number := sum(1 for _ in document.iter(f"{WORD}{tag}")):
            yield Loss(name, "changed", what, f"{number} times" if number > 1 else "")
    styles = dict.fromkeys(m[1] for text in messages if (m := UNKNOWN.search(text)))
    if styles:
        yield Loss(name, "changed", "styles that are not kept", ", ".join(styles))
    written = Counter(words_in("".join(_text(document))))
    if lost := list((written - Counter(words_of(made))).elements()):
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
        elif name not in ("del", "moveFrom", "Fallback", "instrText"):
            apart = [" "] if name == "p" else []
            stack += [*apart, *reversed(list(element)), *apart]
