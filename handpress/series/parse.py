"""Parsing: one source file to an article, independent of the media.

The body is kept as mark-up with the same meaning in HTML and XML, with the parts of
:mod:`.markup.blocks.arrange`. Every id in it is global from the start, ``slug--id``. Links within
the workspace are open references, ``reference:number``, since each article is parsed without the others:
:mod:`.series.references` finds their targets. A picture is ``picture:path``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from msgspec.structs import replace

from handpress.assets.picture import Picture
from handpress.core.files.disk import Disk, digest
from handpress.core.files.source import Source, read_source
from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.problems.problem import Place, Problem, has_errors, problem
from handpress.markup.blocks import arrange
from handpress.markup.blocks.figure import describe_by_captions
from handpress.markup.blocks.registry import is_supplied
from handpress.markup.dialect.spans import name_next
from handpress.markup.joplin_notes import joplin_notes
from handpress.markup.markdown import DEPTH, read
from handpress.markup.positions import Locator, deepest
from handpress.markup.quotes import typographic
from handpress.markup.sanitize import sanitize
from handpress.markup.tree import (
    FLOW,
    HEADINGS,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    serialize,
    set_children,
    text_of,
    trimmed,
)
from handpress.markup.unclosed import without_unclosed_tags
from handpress.markup.unmerged import unmerged
from handpress.series.anchors import Anchor
from handpress.series.article import Article, Reference, global_id
from handpress.series.footnotes import take_notes
from handpress.series.formulas import KEY, Formula, key_of, set_formulas
from handpress.series.frontmatter.read import read_front_matter
from handpress.series.illustrations.pictures import WITHIN, find_picture
from handpress.series.illustrations.placeholders import put_placeholder, without_empty_ornaments
from handpress.series.includes import with_includes
from handpress.series.links.addresses import as_text
from handpress.series.links.ids import set_ids
from handpress.series.links.links import open_links, places_in
from handpress.series.names import Name, name_of
from handpress.series.settings.schema import ARTICLE
from handpress.series.settings.values import Reader
from handpress.series.settings.yaml_reader import Settings

# A table in the source: the line of its heads, found by the line below, or the tag.
TABLE = r"^([^|\n]*\|.*)\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|<table\b"

MEMORY = 1_000_000_000  # bytes to read one article; two megabytes of text take a fifth
SECONDS = 20  # CPU time to read one article; an ordinary one of 1,400 words takes 0.05
MOST_SLOW = 3  # pictures of one article that take too long: with more, it is not read
NONE: Mapping[str, Problem] = {}


def parse(
    disk: Disk,
    path: str,
    name: Name | None = None,
    keys: Mapping[str, Reader] = ARTICLE,
    owner: str = "an article",
    language: str = "en",
    slow: Mapping[str, Problem] = NONE,
    data: bytes | None = None,
    original: str = "",
) -> tuple[Article, list[Problem]]:
    """Return the article in the file `path`, and all problems in it.

    An author's file is parsed in the same way, with its own `keys` and a `name` that no article has. Quotation
    marks are those of the article's own language, or else of `language`. Pictures that are `slow` to read are
    left out, each with its problem; those found here are added, and the rest is read again. `data` are the bytes of
    the file, if they were read already. A translation has the path of its `original`.
    """
    name = name or name_of(posixpath.basename(path))
    source, problems = read_source(disk, path, data=data)
    source, lost = with_includes(disk, source)
    problems += lost
    start = 0
    settings = Settings(source)
    parser = _Parser(disk, source, start, name.slug, slow, original)
    try:
        with time_limit(SECONDS), memory_limit(MEMORY):
            settings, start, found = read_front_matter(source, keys, owner)
            problems += found
            parser.start = start
            parser.lowest = 1 if name.in_vault else len(HEADINGS)
            if "date" in keys and name.date:
                settings = settings.with_default("date", name.date)
            language = settings.get("language", language)
            settings = settings.with_marks(language)
            body = parser.read(settings, language)
    except RecursionError:
        place = deepest(source, start)
        problems.append(problem("too-deep", place, limit=DEPTH))
        body = None
    except (TooSlow, MemoryError) as error:
        if parser.at and len(slow) < MOST_SLOW:
            found_slow = {parser.at[0]: too_slow(parser.at[1], error)}
            slow = {**slow, **found_slow}
            return parse(disk, path, name, keys, owner, language, slow, data, original)
        problems.append(_too_slow(source, start, error))
        body = None
    problems += parser.problems
    if body is None:
        parser.clear()
        body = Element("body")
    elif keys is ARTICLE and not (
        text_of(body) or parser.pictures or has_errors(problems) or settings.get("draft")
    ):
        problems.append(problem("empty-article", source.place(start)))
    title = settings.get("title") or parser.title or typographic(name.title, language)
    settings = _without_repeated(settings, title)
    article = Article(
        slug=name.slug,
        path=path,
        title=title,
        settings=settings,
        body=serialize(body),
        notes={key: serialize(note) for key, note in parser.notes.items()},
        anchors=tuple(parser.anchors),
        references=tuple(parser.references),
        pictures=parser.pictures,
        formulas=parser.formulas,
        looked_up=parser.looked_up,
        places=parser.places,
        characters=_characters(body, *parser.notes.values())
        | frozenset(source.text[:start] + title),
        source=source,
        digest=digest(source.text.encode()),
        start=start,
        original=original,
    )
    return article, problems


def _without_repeated(settings: Settings, title: str) -> Settings:
    """Return settings without a subtitle or a summary that only repeats the title."""
    said = {
        key: value
        for key, value in settings.values.items()
        if key not in ("subtitle", "summary")
        or str(value).casefold().strip(" .") != title.casefold()
    }
    return settings if len(said) == len(settings.values) else replace(settings, values=said)


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


def _characters(*trees: Element) -> frozenset[str]:
    """Return the characters of text; formulas have a face of their own."""
    every = (e for tree in trees for e in tree.iter())
    texts = ((None if KEY in e.attrib else e.text, e.tail) for e in every)
    return frozenset("".join(text or "" for pair in texts for text in pair))


class _Parser:
    """Reads one body; collects notes, anchors, references, pictures and problems."""

    def __init__(
        self,
        disk: Disk,
        source: Source,
        start: int,
        slug: str,
        slow: Mapping[str, Problem],
        original: str,
    ) -> None:
        self.original = original
        self.disk, self.source, self.start, self.slug, self.slow = disk, source, start, slug, slow
        self.title: str | None = None
        self.lowest = len(HEADINGS)  # level of a heading that may be the title
        self.at: tuple[str, Place] | None = None  # of the picture that is being read
        self.problems: list[Problem] = []
        self.clear()

    def clear(self) -> None:
        self.notes: dict[str, Element] = {}
        self.anchors: list[Anchor] = []
        self.references: list[Reference] = []
        self.pictures: dict[str, Picture] = {}
        self.looked_up: dict[str, str] = {}
        self.formulas: dict[str, Formula] = {}
        self.places: dict[str, Place] = {}

    def read(self, settings: Settings, language: str) -> Element:
        self.locate = Locator(self.source, self.start)
        text, found = without_unclosed_tags(self.locate)
        self.problems += found
        wild, notices, code = read(text, language)
        self.locate.hide(code)
        self.problems += unmerged(self.locate)
        self.problems += joplin_notes(self.locate)
        body, found = sanitize(wild, self.locate)
        self.problems += found
        self.formulas = set_formulas(body)
        for mark in notices:
            if key_of(mark.formula) in self.formulas:
                continue
            place = self.locate.in_line(mark.line, mark.column, mark.before, mark.written)
            self.problems.append(problem(mark.code, place, **mark.facts))
        self.notes, found = take_notes(body, self.locate, self.slug)
        self.problems += found
        self.paragraphs(body)
        self.title, found = arrange.arrange_blocks(
            body, self.locate, settings.get("title"), language, self.lowest
        )
        self.problems += found
        self.paragraphs(body)
        name_next(body)
        trees = (body, *self.notes.values())
        for tree in trees:
            places = places_in(tree, self.locate)
            references, found = open_links(tree, places, len(self.references))
            self.references += references
            self.problems += found
            self.images(tree, places)
            self.tables(tree)
        self.anchors, found = set_ids(trees, set(self.notes), self.locate, self.slug)
        self.problems += found
        if image := settings.get("image"):
            self.picture(image, settings.place("image"))
        return body

    def paragraphs(self, body: Element) -> None:
        """Text outside any block, from raw HTML, becomes paragraphs, as does a picture beside blocks."""
        with_pictures = (e for e in body.iter("div") if any(child.tag == "img" for child in e))
        mixed = [e for e in with_pictures if any(child.tag in FLOW for child in e)]
        for holder in (body, *mixed):
            self.paragraphs_in(holder)

    def paragraphs_in(self, body: Element) -> None:
        nodes: list[Node] = []
        run: list[Node] = []

        def close() -> None:
            if inside := trimmed(run):
                first = inside[0]
                inside[0] = first.lstrip() if isinstance(first, str) else first
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

    # Pictures

    def images(self, tree: Element, places: Mapping[Element, Place]) -> None:
        describe_by_captions(tree)
        for parent in list(tree.iter()):
            for image in parent.findall("img"):
                written = image.get("src", "")
                place = places.get(image) or self.locate.body()
                decorative = "decorative" in classes(image)
                if not image.get("alt", "").strip() and not decorative:
                    self.problems.append(problem("missing-alt", place))
                image.set("alt", "" if decorative else " ".join(image.get("alt", "").split()))
                picture = self.picture(written, place)
                if picture is None:
                    image.set("src", written)
                    put_placeholder(parent, image)
                else:
                    image.set("src", f"picture:{as_text(picture.path)}")
        without_empty_ornaments(tree)

    def picture(self, written: str, place: Place) -> Picture | None:
        self.at = written, place
        if slow := self.slow.get(written):
            found, problems = None, [slow]
        else:
            found, problems = find_picture(
                self.disk, self.source.path, written, place, self.original
            )
        self.at = None
        self.problems += problems
        if found is None:
            return None
        name = as_text(found.path)
        self.pictures[name] = found
        if not found.path.startswith(WITHIN):
            self.looked_up[written] = found.path
        self.places.setdefault(f"picture:{name}", place)
        return found

    def tables(self, tree: Element) -> None:
        """Give each table an id and record its place, because only the press can measure its width."""
        for table in tree.iter("table"):
            if not is_supplied(table):
                local = table.get("id") or f"table-{len(self.places) + 1}"
                table.set("id", local)
                self.places[global_id(self.slug, local)] = self.locate.next(TABLE)
