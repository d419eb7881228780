"""Links: each gets the address that it has in this medium, or its place in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handpress.compose.document import Address, OtherFile, SamePage, Unreachable
from handpress.compose.resolve import resolve
from handpress.core.media import Medium
from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children, text_of
from handpress.series.model import Series


@dataclass
class Links:
    """The links of one document, and what they leave for the rest of it."""

    series: Series
    medium: Medium
    say: Mapping[str, Any]
    reader: str  # the article that is read
    addresses: list[Address] = field(default_factory=list)  # for the list at its end
    pages: list[str] = field(default_factory=list)  # ids whose page numbers it shows
    mentioned: set[str] = field(default_factory=set)  # handouts that were introduced already

    def resolve(self, tree: Element) -> None:
        """Resolve every link in `tree`, in place."""
        for parent in list(tree.iter()):
            if not any(child.tag == "a" for child in parent):
                continue
            nodes: list[Node] = []
            for node in list(child_nodes(parent)):
                if isinstance(node, Element) and node.tag == "a" and node.get("href"):
                    nodes += self._link(node)
                else:
                    nodes.append(node)
            set_children(parent, nodes)

    def _link(self, link: Element) -> list[Node]:
        href = link.get("href", "")
        if href.startswith("#"):
            return [link]
        if not href.startswith("article:"):
            return [link, *self._listed(href, text_of(link))] if self.medium.paper else [link]
        slug, _, anchor = href.removeprefix("article:").partition("#")
        target = self.series.article(slug)
        if not text_of(link) and link.find(".//img") is None:
            heading = next((a.title for a in target.anchors if a.id == anchor), "")
            set_children(link, [heading or target.title])
        way = resolve(self.series, self.medium, self.reader, slug, anchor or None)
        if isinstance(way, SamePage):
            return self._same_page(link, way, slug)
        if isinstance(way, OtherFile):
            link.set("href", way.address)
            return [link]
        return self._unreachable(link, way, slug)

    def _same_page(self, link: Element, way: SamePage, slug: str) -> list[Node]:
        link.set("href", f"#{way.id}")
        if self.medium.elsewhere != "page" or slug == self.reader:
            return [link]
        title = self.series.article(slug).title
        page = new_element("a", [], {"class": "page", "href": f"#{way.id}"})
        link.set("class", "crossref")
        self.pages.append(way.id)
        if text_of(link) == title:
            return [new_element("cite", [link]), page]
        return [link, page]

    def _unreachable(self, link: Element, way: Unreachable, slug: str) -> list[Node]:
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

    def _listed(self, url: str, text: str) -> list[Node]:
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
