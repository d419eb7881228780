"""EPUB: each document of the spine an article, in that order, with notes from other documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin

from handpress.importers.dates import date_in
from handpress.importers.html import parse_page, parse_xml, text_from
from handpress.importers.model import Export, ImportRefused, Loss, Post, Writer
from handpress.importers.source import Source
from handpress.markup.tree import Element, copy, new_element, serialize, text_of

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTAINER = "META-INF/container.xml"
APART = re.compile(
    r"\b(?:cover|titlepage|toc|landmarks|page-list|copyright-page|halftitlepage|lot|loi|index)\b"
)
VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|image"
CLOSED = re.compile(rf"<(?!(?:{VOID})\b)([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/>")
OURS = "a document that Handpress makes itself, such as cover, contents or notes"
NOTES = re.compile(r"\b(?:noteref|doc-noteref|footnote-ref)\b")


def detect(source: Source) -> bool:
    return source.has(CONTAINER)


def read(source: Source) -> Export:
    package, folder = _package(source)
    if source.has("META-INF/encryption.xml"):
        _refuse_protected(source)
    manifest = {e.get("id", ""): e for e in package.iter(f"{OPF}item")}
    facts = {k: _facts(package, k) for k in ("title", "creator", "language", "date", "description")}
    paths = list(_spine(package, manifest, folder))
    pages = {
        p: parse_page(CLOSED.sub(r"<\1\2></\1>", text_from(source.read(p))))
        for p in paths
        if source.has(p)
    }
    losses = [Loss(p, "missing", "a document of the book") for p in paths if p not in pages]
    used = _bring_notes(pages)
    apart = _apart(pages, _guides(package, folder))
    titles = _titles(source, manifest, folder)
    writers = tuple(Writer(n) for n in facts["creator"] if n)
    date = date_in(facts["date"][0])
    posts: list[Post] = []
    for path, page in pages.items():
        body = page.find("body")
        if body is None or path in apart or (path in used and not _left(body, used[path])):
            words = text_of(body)[:120] if body is not None else ""
            losses.append(Loss(path, "left out", OURS, words))
        elif text_of(body) or body.find(".//img") is not None:
            title = _title(page, body, titles.get(path, "")) or _stem(path)
            posts.append(
                Post(
                    path,
                    path,
                    title,
                    serialize(body),
                    slug=title,
                    writers=writers,
                    date=date,
                    base=path,
                )
            )

    def picture(address: str) -> bytes | None:
        path = posixpath.normpath(unquote(address.partition("#")[0]))
        return source.read(path) if source.has(path) else None

    return Export(
        "EPUB",
        tuple(posts),
        facts["title"][0],
        re.sub(r"<[^>]*>", "", facts["description"][0]),
        facts["language"][0],
        picture=picture,
        ordered=True,
        losses=tuple(losses),
    )


def _facts(package: Element, name: str) -> list[str]:
    """Return the values of a fact about the book, a single "" without any."""
    return [" ".join((e.text or "").split()) for e in package.iter(f"{DC}{name}")] or [""]


def _spine(package: Element, manifest: Mapping[str, Element], folder: str) -> Iterator[str]:
    """Yield the paths of the documents in their reading order, without the table of contents."""
    for reference in package.iter(f"{OPF}itemref"):
        item = manifest.get(reference.get("idref", ""))
        if item is None or "html" not in item.get("media-type", ""):
            continue
        if "nav" not in item.get("properties", "").split():
            yield _path(folder, item.get("href", ""))


def _guides(package: Element, folder: str) -> dict[str, str]:
    """Return the types of documents in the guide of the book, by path."""
    references = package.iter(f"{OPF}reference")
    return {
        _path(folder, e.get("href", "").partition("#")[0]): e.get("type", "") for e in references
    }


def _path(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address)))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _apart(pages: Mapping[str, Element], guides: Mapping[str, str]) -> set[str]:
    """Return the paths of documents such as cover and contents.

    None is, in a book that is one document, which the guide calls its contents.
    """
    bodies = {p: b for p, page in pages.items() if (b := page.find("body")) is not None}
    apart = {p for p, body in bodies.items() if _is_apart(body, guides.get(p, ""))}
    return set() if apart == bodies.keys() else apart


def _title(page: Element, body: Element, listed: str) -> str:
    """Return the title of a document: its first heading, or the one `listed` in the contents, or that of its page."""
    headings = (text_of(h) for h in body.iter() if h.tag in ("h1", "h2"))
    return (
        next(filter(None, headings), "")
        or listed
        or text_of(page.find("head/title") or Element("i"))
    )


def _package(source: Source) -> tuple[Element, str]:
    container = parse_xml(source.read(CONTAINER), CONTAINER)
    path = next(
        (e.get("full-path", "") for e in container.iter() if str(e.tag).endswith("rootfile")), ""
    )
    if not source.has(path):
        raise ImportRefused(
            f"`{source.name}` has no package document", "repair the book, for example in Sigil"
        )
    return parse_xml(source.read(path), path), posixpath.dirname(path)


def _refuse_protected(source: Source) -> None:
    """Refuse a book with encrypted text; one with obfuscated fonts is read."""
    tree = parse_xml(source.read("META-INF/encryption.xml"), "META-INF/encryption.xml")
    names = [e.get("URI", "") for e in tree.iter() if str(e.tag).endswith("CipherReference")]
    if any(not n.lower().endswith((".otf", ".ttf", ".woff", ".woff2")) for n in names):
        raise ImportRefused(
            f"`{source.name}` is protected against copying",
            "ask its publisher for a copy without protection",
        )


def _is_apart(body: Element, guide: str) -> bool:
    """Return whether a document is the cover, the contents and the like: by its own type, or the book's guide."""
    first = [body, *list(body)[:1]]
    types = " ".join(e.get("epub:type", "") for e in first)
    return bool(APART.search(types)) or guide in ("cover", "title-page", "toc", "copyright-page")


def _titles(source: Source, manifest: Mapping[str, Element], folder: str) -> dict[str, str]:
    """Return the titles that the table of contents gives, by path."""
    titles: dict[str, str] = {}
    for item in manifest.values():
        path = _path(folder, item.get("href", ""))
        if not source.has(path):
            continue
        if "nav" in item.get("properties", "").split():
            for link in parse_page(text_from(source.read(path))).iter("a"):
                target = posixpath.normpath(
                    urljoin(path, unquote(link.get("href", "").partition("#")[0]))
                )
                titles.setdefault(target, text_of(link))
        elif item.get("media-type") == "application/x-dtbncx+xml":
            for point in parse_xml(source.read(path), path).iter():
                if str(point.tag).endswith("navPoint"):
                    label = next(
                        (text_of(e) for e in point.iter() if str(e.tag).endswith("navLabel")), ""
                    )
                    content = next(
                        (e.get("src", "") for e in point.iter() if str(e.tag).endswith("content")),
                        "",
                    )
                    target = posixpath.normpath(urljoin(path, unquote(content.partition("#")[0])))
                    titles.setdefault(target, label)
    return titles


def _bring_notes(pages: Mapping[str, Element]) -> dict[str, set[str]]:
    """Copy notes of other documents to the end of those that refer to them, in place.

    Return the ids that were used, by the path of their document.
    """
    used: dict[str, set[str]] = {}
    for path, page in pages.items():
        body = page.find("body")
        for link in list(page.iter("a")):
            kinds = " ".join(
                (link.get("epub:type", ""), link.get("role", ""), link.get("class", ""))
            )
            written, _, place = link.get("href", "").partition("#")
            other = posixpath.normpath(urljoin(path, unquote(written))) if written else path
            if other == path or other not in pages or not place or body is None:
                continue
            note = next((e for e in pages[other].iter() if e.get("id") == place), None)
            if note is None or note.tag not in ("li", "aside", "p", "div", "section"):
                continue
            noted = re.search(
                r"\bfootnote|endnote|rearnote\b",
                f"{note.get('epub:type', '')} {note.get('role', '')}",
            )
            if not (NOTES.search(kinds) or noted):
                continue
            name = f"{_stem(other)}-{place}"
            link.set("href", f"#{name}")
            if place not in used.setdefault(other, set()) or not any(
                e.get("id") == name for e in body.iter()
            ):
                made = new_element(
                    "aside",
                    [copy(n) for n in ([note.text] if note.text else [])] + [copy(c) for c in note],
                    {"id": name, "class": "footnote"},
                )
                for back in made.iter("a"):
                    target = back.get("href", "").partition("#")
                    if posixpath.normpath(urljoin(other, unquote(target[0]))) == path:
                        back.set("href", f"#{target[2]}")
                body.append(made)
            used[other].add(place)
    return used


def _left(body: Element, used: set[str]) -> bool:
    """Return whether a document has more than notes that were used elsewhere."""
    total = len(text_of(body))
    notes = sum(len(text_of(e)) for e in body.iter() if e.get("id") in used)
    return total - notes > 0.3 * total
