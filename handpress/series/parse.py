"""Parsing: one source file to an article, independent of the media.

The body is kept as mark-up with the same meaning in HTML and XML, with the parts of
:mod:`.markup.blocks.arrange`. Every id in it is global from the start, ``slug--id``. Links between
articles stay open references, ``article:slug#slug--id``, until :mod:`.compose.compose` resolves them for
a medium; a picture is ``picture:path``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from handpress.assets.picture import Picture
from handpress.core.disk import Disk, digest
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.problem import Place, Problem, has_errors, problem
from handpress.core.source import Source, read_source
from handpress.markup.blocks import arrange, headings
from handpress.markup.markdown import DEPTH, to_tree
from handpress.markup.positions import Locator, deepest, plain_address
from handpress.markup.sanitize import sanitize
from handpress.markup.tree import (
    FLOW,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    serialize,
    set_children,
    take_out,
    text_of,
    trimmed,
    unwrap,
)
from handpress.markup.unclosed import without_unclosed_tags
from handpress.series.article import Anchor, Article, Reference, global_id, slug_of, words_of
from handpress.series.footnotes import note_calls, open_calls
from handpress.series.links import valid_url
from handpress.series.pictures import find_picture
from handpress.series.schema import ARTICLE
from handpress.series.values import Reader
from handpress.series.yaml_reader import Settings, read_settings, split

# A table in the source: the line of its heads, found by the line below, or the tag.
TABLE = r"^([^|\n]*\|.*)\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|<table\b"

# A first line and a key that can only be front matter.
UNCLOSED = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[A-Za-z_]+:(?:[ \t]|$)", re.M)

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# Schemes that browsers run, also with a tab inside (WHATWG URL, section 4.4), which Markdown makes spaces of.
RUN = re.compile(r"(javascript|vbscript|data):", re.I)

# The start of a footnote: at the start of a line, also in a quotation, a list or a box.
NOTE_LEAD = r"^[ \t>*+\-\d.]*"

MEMORY = 1_000_000_000  # bytes to read one article; two megabytes of text take a fifth
SECONDS = 20  # CPU time to read one article; an ordinary one of 1,400 words takes 0.05


def parse(
    disk: Disk,
    path: str,
    slug: str | None = None,
    keys: Mapping[str, Reader] = ARTICLE,
    owner: str = "an article",
) -> tuple[Article, list[Problem]]:
    """Return the article in the file `path`, and all problems in it.

    An author's file is parsed in the same way, with its own `keys` and a `slug` that no article has.
    """
    slug = slug or slug_of(path)
    source, problems = read_source(disk, path)
    span, start = split(source)
    if UNCLOSED.match(source.text) and not start:
        problems.append(problem("unclosed-front-matter", source.place(0, 3)))
    settings = Settings(source)
    parser = _Parser(disk, source, start, slug)
    try:
        with time_limit(SECONDS), memory_limit(MEMORY):
            settings, found = read_settings(source, keys, owner, span)
            problems += found
            body = parser.read(settings)
    except RecursionError:
        place = deepest(source, start)
        problems.append(problem("too-deep", place, limit=DEPTH))
        body = None
    except (TooSlow, MemoryError) as error:
        problems.append(
            too_slow(parser.at, error) if parser.at else _too_slow(source, start, error)
        )
        body = None
    problems += parser.problems
    if body is None:
        parser.clear()
        body = Element("body")
    elif keys is ARTICLE and not (
        text_of(body) or parser.pictures or has_errors(problems) or settings.get("draft")
    ):
        problems.append(problem("empty-article", source.place(start)))
    title = settings.get("title") or parser.title or _title_of(path)
    article = Article(
        slug=slug,
        path=path,
        title=title,
        settings=settings,
        body=serialize(body),
        notes={key: serialize(note) for key, note in parser.notes.items()},
        anchors=tuple(parser.anchors),
        references=tuple(parser.references),
        pictures=parser.pictures,
        places=parser.places,
        characters=_characters(body, *parser.notes.values())
        | frozenset(source.text[:start] + title),
        source=source,
        digest=digest(source.text.encode()),
    )
    return article, problems


def _too_slow(source: Source, start: int, error: TooSlow | MemoryError) -> Problem:
    """Return the problem of text from `start` on that exceeds the article's time or memory."""
    if isinstance(error, TooSlow):
        return problem("too-slow", source.place(start), seconds=SECONDS)
    return problem("too-much", source.place(start), limit=_memory())


def too_slow(place: Place, error: TooSlow | MemoryError) -> Problem:
    """Return the problem of a picture that exceeds the article's time or memory."""
    limit = f"{SECONDS} s" if isinstance(error, TooSlow) else _memory()
    return problem("huge-picture", place, reason=f"it takes more than {limit} to read")


def _memory() -> str:
    return f"{MEMORY // 1_000_000_000} GB of memory"


def _title_of(path: str) -> str:
    stem = re.sub(r"^\d+[-_. ]+(?=.)", "", posixpath.basename(path).removesuffix(".md"))
    return words_of(stem)


def _characters(*trees: Element) -> frozenset[str]:
    return frozenset(c for tree in trees for text in tree.itertext() for c in text)


class _Parser:
    """Reads one body; collects notes, anchors, references, pictures and problems."""

    def __init__(self, disk: Disk, source: Source, start: int, slug: str) -> None:
        self.disk, self.source, self.start, self.slug = disk, source, start, slug
        self.title: str | None = None
        self.at: Place | None = None  # of the picture that is being read
        self.problems: list[Problem] = []
        self.clear()

    def clear(self) -> None:
        self.notes: dict[str, Element] = {}
        self.anchors: list[Anchor] = []
        self.references: list[Reference] = []
        self.pictures: dict[str, Picture] = {}
        self.places: dict[str, Place] = {}

    def read(self, settings: Settings) -> Element:
        self.locate = Locator(self.source, self.start)
        text, found = without_unclosed_tags(self.locate)
        self.problems += found
        wild = to_tree(text)
        body, found = sanitize(wild, self.locate)
        self.problems += found
        notes = self.take_notes(body)
        self.title, found = arrange.arrange_blocks(body, self.locate, settings.get("title"))
        self.problems += found
        self.paragraphs(body)
        for tree in (body, *notes):
            self.links(tree)
            self.images(tree)
            self.tables(tree)
        self.ids(body, notes)
        if image := settings.get("image"):
            self.picture(image, settings.place("image"))
        return body

    def paragraphs(self, body: Element) -> None:
        """Text outside any block, from raw HTML, becomes paragraphs."""
        nodes: list[Node] = []
        run: list[Node] = []

        def close() -> None:
            if inside := trimmed(run):
                nodes.append(new_element("p", inside))
            run.clear()

        for node in list(child_nodes(body)):
            if isinstance(node, Element) and node.tag in FLOW:
                close()
                nodes += [node, "\n"]
            else:
                run.append(node)
        close()
        set_children(body, nodes)

    # Footnotes

    def take_notes(self, body: Element) -> list[Element]:
        """Move the footnotes out of `body`, without numbers; references to them stay as ``a.noteref``."""
        listed: dict[str, Element] = {}
        for parent in list(body.iter()):
            for block in parent.findall("div[@class='footnote']"):
                take_out(parent, block)
                for item in block.iter("li"):
                    if item.get("id", "").startswith("fn:"):
                        listed[item.get("id", "")[3:]] = item
        self.repeated_notes(listed)
        keys: dict[str, str] = {}
        called: dict[str, int] = {}
        for parent, link in note_calls(body):
            label = link.get("href", "")[4:]
            if label not in listed:
                continue
            number = called[label] = called.get(label, 0) + 1
            if label not in keys:
                keys[label] = _free(global_id(self.slug, f"fn-{label}"), set(keys.values()))
            link.attrib.update(
                {
                    "class": "noteref",
                    "id": f"fnref-{label}{f'-{number}' if number > 1 else ''}",
                    "href": f"#{keys[label]}",
                }
            )
            nodes = list(child_nodes(parent))  # read first: `new_element` takes the tail off `link`
            call = new_element("sup", [link], {"class": "call"})
            set_children(parent, [call if node is link else node for node in nodes])
        inside = [call for item in listed.values() for call in note_calls(item)]
        for parent, link in inside:
            label = re.escape(link.get("href", "")[4:])
            place = self.locate.next(rf"{NOTE_LEAD}\[\^[^\]\n]+\]:.*?(\[\^{label}\])")
            self.problems.append(problem("nested-footnote", place, label=link.get("href", "")[4:]))
            take_out(parent, link)
        nested = {link.get("href", "")[4:] for _, link in inside}
        for label, item in listed.items():
            for parent in list(item.iter()):
                for back in parent.findall("a[@class='footnote-backref']"):
                    take_out(parent, back)
            if label in called:
                for paragraph in item.iter("p"):
                    # The back-link came after a non-breaking space.
                    if not len(paragraph):
                        paragraph.text = (paragraph.text or "").rstrip("\xa0")
                    elif paragraph[-1].tail:
                        paragraph[-1].tail = paragraph[-1].tail.rstrip("\xa0")
                self.notes[keys[label]] = new_element("body", trimmed(child_nodes(item)))
            elif label not in nested:
                place = self.locate.next(rf"{NOTE_LEAD}(\[\^{re.escape(label)}\]):")
                self.problems.append(problem("unused-footnote", place, label=label))
        for label in open_calls(body):
            place = self.locate.next(rf"\[\^{re.escape(label)}\](?!:)")
            self.problems.append(problem("unknown-footnote", place, label=label))
        return list(self.notes.values())

    def repeated_notes(self, listed: Mapping[str, Element]) -> None:
        """Report repeated labels of notes: only the last note is kept, and the others would be lost."""
        seen: set[str] = set()
        for found in re.finditer(rf"{NOTE_LEAD}\[\^([^\]\n]*)\]:", self.locate.text, re.M):
            if found[1] in seen and found[1] in listed:
                place = self.source.place(found.start(1) - 2, len(found[1]) + 3)
                self.problems.append(problem("duplicate-id", place, id=f"[^{found[1]}]"))
            seen.add(found[1])

    # Links

    def links(self, tree: Element) -> None:
        for parent in list(tree.iter()):
            for link in [e for e in parent if e.tag == "a"]:
                written = link.get("href")
                if "noteref" in classes(link) or (written is None and link.get("id")):
                    continue
                resolved = None if written is None else self.resolve(plain_address(written))
                if resolved is None:
                    unwrap(parent, link)
                else:
                    link.set("href", resolved)

    def resolve(self, written: str) -> str | None:
        """Return the address for a link as written: open, external, or None if it is not allowed."""
        place = self.locate.target(written)
        scheme = SCHEME.match(written) or RUN.match("".join(written.split()))
        if scheme and scheme[1].lower() in ("http", "https", "mailto", "tel"):
            if address := valid_url(written):
                return address
            self.problems.append(problem("foreign-link", place, target=written))
            return None
        if scheme and not re.match(r"[^/?#]*\.md\b", written):
            self.problems.append(problem("unsafe-link", place, scheme=scheme[1].lower()))
            return None
        path, _, fragment = unquote(written, errors="surrogateescape").partition("#")
        path = path.removeprefix("./")
        if not path and fragment:
            slug = self.slug
        elif path.endswith(".md") and "/" not in path:
            slug = slug_of(path)
        elif path.endswith(".md"):
            self.problems.append(problem("unknown-article", place, file=path))
            return None
        else:
            bare = re.fullmatch(r"(www\.)?[\w\-]+(\.[\w\-]+)*\.[a-z]{2,}(/\S*)?", written)
            meant = f"https://{written}" if bare else None
            self.problems.append(problem("foreign-link", place, meant=meant, target=written))
            return None
        target = global_id(slug, fragment) if fragment else None
        self.references.append(Reference(slug, target, written, place))
        return f"article:{slug}#{target}" if target else f"article:{slug}"

    # Pictures

    def images(self, tree: Element) -> None:
        for parent in list(tree.iter()):
            for image in parent.findall("img"):
                written = image.get("src", "")
                place = self.locate.target(written)
                decorative = "decorative" in classes(image)
                if not image.get("alt", "").strip() and not decorative:
                    self.problems.append(problem("missing-alt", place))
                image.attrib.pop("title", None)
                image.set("alt", "" if decorative else " ".join(image.get("alt", "").split()))
                picture = self.picture(written, place)
                if picture is None:
                    take_out(parent, image)
                else:
                    image.set("src", f"picture:{picture.path}")

    def picture(self, written: str, place: Place) -> Picture | None:
        self.at = place
        found = find_picture(self.disk, posixpath.dirname(self.source.path), written, place)
        self.at = None
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        self.pictures[found.path] = found
        self.places.setdefault(f"picture:{found.path}", place)
        return found

    def tables(self, tree: Element) -> None:
        """Give each table an id and record its place, because only the press can measure its width."""
        for table in tree.iter("table"):
            if "dose" not in classes(table):
                local = table.get("id") or f"table-{len(self.places) + 1}"
                table.set("id", local)
                self.places[global_id(self.slug, local)] = self.locate.next(TABLE)

    # Ids

    def ids(self, body: Element, notes: list[Element]) -> None:
        from markdown.extensions.toc import slugify_unicode

        taken = set(self.notes)
        trees = [e for tree in (body, *notes) for e in tree.iter()]
        for element in trees:
            heading = element.tag in headings.HEADINGS
            if heading and not element.get("id"):
                element.set("id", slugify_unicode(text_of(element), "-") or "section")
        set_by_hand: dict[str, int] = {}
        for element in trees:
            local = element.get("id")
            if local is None:
                continue
            if not local.strip():
                del element.attrib["id"]
                continue
            made = global_id(self.slug, local)
            if made in taken:
                by_hand = rf"(?:\bid=[\"']?|\{{[^}}\n]*#){re.escape(local)}(?![\w-])"
                if local not in set_by_hand:
                    set_by_hand[local] = len(re.findall(by_hand, self.locate.text))
                    self.locate.next(by_hand)  # the first may have the name
                if set_by_hand[local] > 1:
                    place = self.locate.next(by_hand)
                    self.problems.append(problem("duplicate-id", place, id=local))
                made = _free(made, taken)
            taken.add(made)
            element.set("id", made)
            level = int(element.tag[1]) if element.tag in headings.HEADINGS else 0
            self.anchors.append(Anchor(made, text_of(element) if level else "", level))


def _free(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, with the first number after it that makes it different from all `taken` names."""
    if wanted not in taken:
        return wanted
    # Doubling, then halving: with many equal names, counting from 1 for each would be slow.
    high = 1
    while f"{wanted}_{high}" in taken:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{wanted}_{middle}" in taken else (low, middle)
    return f"{wanted}_{high}"
