"""Composing: a series for one medium, as documents in which every address is resolved.

For each link one question is asked, *in which document does the target lie?*, and there are three
answers: :class:`SamePage`, :class:`OtherFile` and :class:`Unreachable`. Nothing open is left for the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set

from handpress.compose.document import (
    Address,
    Document,
    Neighbour,
    OtherFile,
    SamePage,
    Unreachable,
    WordsOf,
    chapter_id,
    language_of,
    web_address,
)
from handpress.compose.notes import CELLS, as_lines
from handpress.compose.resolve import resolve
from handpress.core.direction import direction
from handpress.core.media import Medium
from handpress.core.problem import Problem, problem
from handpress.markup.blocks.registry import kind_of
from handpress.markup.tree import (
    CODE,
    Element,
    Node,
    child_nodes,
    classes,
    label_of,
    new_element,
    parse_tree,
    serialize,
    set_children,
    text_of,
    trimmed,
)
from handpress.series.article import Article
from handpress.series.model import Series


def compose(
    series: Series, medium: Medium, speak: WordsOf, sound: Set[str] | None = None
) -> tuple[tuple[Document, ...], list[Problem]]:
    """Every document of `series` in `medium`, in order, and the links that only this medium breaks.

    `speak` has the words of the layouts in any language. `sound`, if given, names the articles
    to compose when others have errors.
    """
    problems: list[Problem] = []
    articles = [a for a in series.articles if sound is None or a.slug in sound]
    trees = {a.slug: _kept(a, medium) for a in series.articles}
    ids = {slug: {e.get("id") for e in tree.iter()} for slug, (tree, _) in trees.items()}
    for slug, (_, notes) in trees.items():
        ids[slug] |= {e.get("id") for note in notes.values() for e in note.iter()} | set(notes)
    for article in articles:
        for reference in article.references:
            # A reference in a block that is left out breaks nothing; one that stays must arrive.
            target = f"article:{reference.slug}#{reference.id}"
            body, notes = trees[article.slug]
            links = (e for tree in (body, *notes.values()) for e in tree.iter("a"))
            stays = any(link.get("href") == target for link in links)
            if reference.id and stays and reference.id not in ids[reference.slug]:
                anchor = reference.written
                facts = {"anchor": anchor, "medium": medium.name}
                problems.append(problem("unreachable-anchor", reference.place, **facts))
    if problems:
        return (), problems
    chapters = [
        _Composer(series, medium, speak(language_of(series, a)), a, *trees[a.slug]).document()
        for a in articles
    ]
    say = speak(series.language)
    front, back = (matter(series, medium, k, say) for k in (medium.front, medium.back))
    return (*front, *chapters, *back), []


def matter(
    series: Series, medium: Medium, kinds: Iterable[str], say: Mapping[str, str]
) -> tuple[Document, ...]:
    """The documents of these `kinds` that stand before or after the articles."""
    found = (_matter(series, medium, kind, say) for kind in kinds)
    return tuple(d for d in found if d is not None)


def _matter(series: Series, medium: Medium, kind: str, say: Mapping[str, str]) -> Document | None:
    # No article's name has an underscore: one that is called `about` is another page.
    name = f"matter_{kind}"
    title = {"cover": series.title, "title-page": series.title}.get(kind) or say[kind]
    if kind != "about":
        return Document(kind, name, title, name, authors=series.authors)
    authors = series.introduced
    if not authors:
        return None
    addresses: list[Address] = []
    pages: list[str] = []
    bios = {}
    for author in authors:
        if author.bio:
            composer = _Composer(series, medium, say, author.bio, *_kept(author.bio, medium))
            composer.addresses = addresses
            composer.arrange()
            bios[author.name] = serialize(composer.body)
            pages += composer.pages
    return Document(
        kind,
        name,
        title if len(authors) == 1 else say["about_many"],
        name,
        authors=authors,
        addresses=tuple(addresses),
        pages=tuple(dict.fromkeys(pages)),
        bios=bios,
    )


def _kept(article: Article, medium: Medium) -> tuple[Element, dict[str, Element]]:
    """The article's tree and notes without the blocks that are for other media only."""
    body = parse_tree(article.body)
    notes = {key: parse_tree(note) for key, note in article.notes.items()}
    for tree in (body, *notes.values()):
        _only(tree, medium)
    return body, notes


def _only(parent: Element, medium: Medium) -> None:
    """Leave out what is for other media: by its `only`, or since nobody writes here by hand."""
    nodes: list[Node] = []
    changed = False
    for node in list(child_nodes(parent)):
        if isinstance(node, Element):
            only = node.attrib.pop("only", None)
            full = len(node) > 0 and node.tag not in CELLS  # a row keeps its columns
            block = None if medium.write_in else kind_of(node)
            if block and block.read_only:
                block.read_only(node)
            if only is not None and medium.name not in only.split():
                changed = True
                continue
            _only(node, medium)
            if full and not list(trimmed(child_nodes(node))):  # all of it was for others
                changed = True
                continue
            if only is not None and node.tag == "div" and not node.attrib:
                changed = True
                nodes += list(child_nodes(node))
                continue
        nodes.append(node)
    if changed:
        set_children(parent, nodes)


class _Composer:
    """Makes one article's document."""

    def __init__(
        self,
        series: Series,
        medium: Medium,
        say: Mapping[str, str],
        article: Article,
        body: Element,
        notes: dict[str, Element],
    ) -> None:
        self.series, self.medium, self.say, self.article = series, medium, say, article
        self.body, self.notes = body, notes
        self.addresses: list[Address] = []
        self.mentioned: set[str] = set()
        self.pages: list[str] = []

    def arrange(self) -> tuple[tuple[str, str], ...]:
        """Bring the body, in place, into the shape that it has in this medium. Returns the author's
        headings of level 2: ids and titles.
        """
        for tree in (self.body, *self.notes.values()):
            self.words(tree)
            self.links(tree)
            self.code(tree)
        headings = tuple(
            (e.get("id", ""), label_of(e)) for e in self.body.iter("h2") if e.get("id")
        )
        NOTES[self.medium.notes](self)
        return headings

    def document(self) -> Document:
        headings = self.arrange()
        article, number = self.article, self.series.number(self.article.slug)
        return Document(
            kind="chapter",
            name=article.slug,
            title=article.title,
            id=chapter_id(article.slug),
            number=number,
            article=article,
            authors=self.series.article_authors[article.slug],
            body=serialize(self.body),
            addresses=tuple(self.addresses),
            previous=self.neighbour(number - 1),
            next=self.neighbour(number + 1),
            headings=headings,
            url=web_address(self.series, article),
            pages=tuple(dict.fromkeys(self.pages)),
        )

    def neighbour(self, number: int) -> Neighbour | None:
        if not 1 <= number <= len(self.series.articles):
            return None
        there = self.series.articles[number - 1]
        way = resolve(self.series, self.medium, self.article.slug, there.slug, None)
        return Neighbour(there.slug, there.title, number, way)

    def words(self, tree: Element) -> None:
        for element in tree.iter():
            if word := element.attrib.pop("data-word", None):
                set_children(element, [self.say[word]])

    def code(self, tree: Element) -> None:
        """Code runs from left to right, in whatever language it stands."""
        if direction(language_of(self.series, self.article)) != "ltr":
            for element in tree.iter():
                if element.tag in CODE:
                    element.set("dir", "ltr")

    # Links

    def links(self, tree: Element) -> None:
        for parent in list(tree.iter()):
            if not any(child.tag == "a" for child in parent):
                continue
            nodes: list[Node] = []
            for node in list(child_nodes(parent)):
                if isinstance(node, Element) and node.tag == "a" and node.get("href"):
                    nodes += self.link(node)
                else:
                    nodes.append(node)
            set_children(parent, nodes)

    def link(self, link: Element) -> list[Node]:
        href = link.get("href", "")
        if href.startswith("article:"):
            slug, _, anchor = href.removeprefix("article:").partition("#")
            target = self.series.article(slug)
            if not text_of(link) and link.find(".//img") is None:
                heading = next((a.title for a in target.anchors if a.id == anchor), "")
                set_children(link, [heading or target.title])
            way = resolve(self.series, self.medium, self.article.slug, slug, anchor or None)
            return WAYS[type(way)](self, link, way, slug)
        if href.startswith("#"):
            return [link]
        return [link, *self.listed(href, text_of(link))] if self.medium.paper else [link]

    def here(self, link: Element, way: SamePage, slug: str) -> list[Node]:
        link.set("href", f"#{way.id}")
        if self.medium.elsewhere == "page" and slug != self.article.slug:
            title = self.series.article(slug).title
            page = new_element("a", [], {"class": "page", "href": f"#{way.id}"})
            link.set("class", "crossref")
            self.pages.append(way.id)
            if text_of(link) == title:
                return [new_element("cite", [link]), page]
            return [link, page]
        return [link]

    def there(self, link: Element, way: OtherFile, slug: str) -> list[Node]:
        link.set("href", way.address)
        return [link]

    def away(self, link: Element, way: Unreachable, slug: str) -> list[Node]:
        """A link where the web has it. On paper also the title, and which handout it is; on a screen the
        title only where there is no link.
        """
        shown: Element = link
        if way.url:
            link.set("href", way.url)
        else:
            shown = new_element("span", list(child_nodes(link)))
        if not self.medium.paper:
            if way.url:
                return [link]
            cited = new_element("cite", [shown if text_of(link) == way.title else way.title])
            return [cited] if text_of(link) == way.title else [shown, " (", cited, ")"]
        known = slug in self.mentioned
        self.mentioned.add(slug)
        word = "handout_short" if known else "handout_of_series"
        end: list[Node] = [self.say[word].format(number=way.number)]
        if not known:
            end.append(
                new_element("span", [], {"class": "book-page", "data-of": " ".join(way.ids)})
            )
        end.append(")")
        if text_of(link) == way.title:
            return [new_element("cite", [shown]), " (", *end]
        return [shown, " (", new_element("cite", [way.title]), ", ", *end]

    def listed(self, url: str, text: str) -> list[Node]:
        """The mark of an outside address in the list at the end; none where the text is the address."""
        bare = url.partition(":")[2].strip("/")
        if text.strip("/").removeprefix("https://").removeprefix("http://") == bare:
            return []
        known = next((a for a in self.addresses if a.url == url), None)
        if known is None:
            known = Address(len(self.addresses) + 1, text, "", url)
            self.addresses.append(known)
        return [
            new_element("span", [f"\N{NO-BREAK SPACE}[{known.number}]"], {"class": "address-mark"})
        ]

    # Footnotes

    def calls(self) -> dict[str, list[Element]]:
        """Each note's calls, in the order in which the text calls the notes."""
        found: dict[str, list[Element]] = {}
        for element in self.body.iter("a"):
            if "noteref" in classes(element):
                found.setdefault(element.get("href", "")[1:], []).append(element)
        for number, links in enumerate(found.values(), 1):
            for link in links:
                set_children(link, [str(number)])
        return found

    def notes_at_foot(self) -> None:
        """A note stands where it is first called, and the press takes it to the foot of that page."""
        calls = self.calls()
        for parent in list(self.body.iter()):
            nodes: list[Node] = []
            for node in list(child_nodes(parent)):
                link = node.find("a[@class='noteref']") if isinstance(node, Element) else None
                if link is None or not isinstance(node, Element) or node.tag != "sup":
                    nodes.append(node)
                    continue
                key = link.get("href", "")[1:]
                if link is calls[key][0]:
                    lines = as_lines(self.notes[key])
                    if lines and isinstance(lines[0], Element) and classes(lines[0]) == ["line"]:
                        lines[0].set("class", "line first")
                    attributes = {"class": "footnote", "id": key, "data-number": text_of(link)}
                    nodes.append(new_element("span", lines, attributes))
                else:
                    nodes.append(node)
            set_children(parent, nodes)

    def notes_at_end(self) -> None:
        calls = self.calls()
        if not calls:
            return
        notes: list[Node] = [
            new_element(
                "h2", [self.say["notes"]], {"id": f"{chapter_id(self.article.slug)}---notes"}
            )
        ]
        for number, (key, links) in enumerate(calls.items(), 1):
            note = new_element(
                "aside", list(child_nodes(self.notes[key])), {"class": "footnote", "id": key}
            )
            if not len(note) or note[0].tag != "p":  # its number stands before a list or a table
                note.insert(0, new_element("p", []))
            first, last = note[0], note.findall("p")[-1]
            if last is not note[-1]:
                note.append(last := new_element("p", []))
            mark = new_element("span", [f"{number}."], {"class": "number"})
            set_children(first, [mark, " ", *list(child_nodes(first))])
            back = [
                new_element(
                    "a",
                    [self.say["back"]],
                    {
                        "class": "backlink",
                        "href": f"#{link.get('id')}",
                        # Read out alone, a link says where to; it begins with what is seen of it.
                        "aria-label": self.say[
                            "back_to" if len(links) == 1 else "back_to_place"
                        ].format(back=self.say["back"], number=number, place=place),
                    },
                )
                for place, link in enumerate(links, 1)
            ]
            set_children(
                last, [*list(child_nodes(last)), *(n for link in back for n in (" ", link))]
            )
            notes.append(note)
        self.body.append(new_element("section", notes, {"class": "notes"}))


WAYS: dict[type, Callable[..., list[Node]]] = {
    SamePage: _Composer.here,
    OtherFile: _Composer.there,
    Unreachable: _Composer.away,
}
NOTES: dict[str, Callable[[_Composer], None]] = {
    "foot": _Composer.notes_at_foot,
    "end": _Composer.notes_at_end,
}
