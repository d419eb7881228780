"""Links: each gets the address that it has in this medium, or its place in words, or leaves its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct, field

from handpress.compose.document import Address, OtherFile, SamePage, Unreachable
from handpress.compose.resolve import resolve
from handpress.core.in_english import language_of_word
from handpress.core.media import TABLE, Medium
from handpress.core.problems.problem import Problem, problem
from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children, text_of
from handpress.series.article import OPEN, Article, Reference, Target
from handpress.series.model import Series

_SCHEME = re.compile(r"(?:[a-z]+:)?/*(?:www\.)?")  # at the beginning of an address, and not printed
_LONG_WORD = 20  # letters: a longer one may be wider than its line


class Links(Struct):
    """The links of one document, and what they leave for the rest of it."""

    series: Series
    medium: Medium
    words: Mapping[str, Any]
    article: Article  # that is read
    ids: Mapping[str, Set[str]]  # that this medium has of each article
    addresses: list[Address] = field(default_factory=list)  # for the list at its end
    pages: list[str] = field(default_factory=list)  # ids whose page numbers it shows
    problems: list[Problem] = field(default_factory=list)  # that only this medium has

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
        if not href.startswith(OPEN):
            return [link, *self._listed(href, text_of(link))] if self.medium.paper else [link]
        number = int(href.removeprefix(OPEN))
        target = self.series.target(self.article, number)
        self._fill(link, self.article.references[number], target)
        if target is not None and target.untranslated:
            return self._in_original(link, target)
        if target is not None and target.home:
            return self._home(link)
        if target is None or not self._is_here(target, self.article.references[number]):
            return self._words(link)
        if target.file:
            return self._file(link, target.file, self.article.references[number])
        way = resolve(self.series, self.medium, self.article.slug, target.slug, target.id)
        if isinstance(way, SamePage):
            return self._same_page(link, way, target.slug)
        if isinstance(way, OtherFile):
            link.set("href", way.address)
            return [link]
        return self._unreachable(link, way)

    def _fill(self, link: Element, reference: Reference, target: Target | None) -> None:
        """Give a link without content the title of its target, or else a name from its address."""
        if target is not None and target.words:
            set_children(link, [target.words])
        if text_of(link) or link.find(".//img") is not None:
            return
        words = reference.words
        if target is not None and target.home:
            words = target.title or self.series.title
        if target is not None and target.untranslated and (first := self.series.first):
            title = first.titles[target.untranslated]
            set_children(link, [new_element("cite", [title], {"lang": first.language})])
            return
        if target is not None and target.slug:
            own = target.slug == self.article.slug
            there = self.article if own else self.series.article(target.slug)
            heading = next((a.title for a in there.anchors if a.id == target.id), "")
            words = heading or there.title
        set_children(link, [words])

    def _is_here(self, target: Target, reference: Reference) -> bool:
        """Return whether this medium has the target; a problem reports one that is left out."""
        if target.id is None or target.id in self.ids[target.slug]:
            return True
        facts = {"anchor": reference.written, "medium": self.medium.name}
        self.problems.append(problem("unreachable-anchor", reference.place, **facts))
        return False

    def _in_original(self, link: Element, target: Target) -> list[Node]:
        """A link to an article that has no translation: to the page of its original, where this medium has one."""
        first, address = self.series.first, self.medium.counterpart
        if first is None or not address or self.medium.name not in first.media:
            return self._words(link)
        page = address.format(series=first.id, slug=target.untranslated)
        link.set("href", f"{page}#{target.id}" if target.id else page)
        link.set("hreflang", first.language)
        return [link]

    def _home(self, link: Element) -> list[Node]:
        """A link to the page of the series, which only a site has."""
        address = self.medium.home or self.series.site
        if not address:
            return self._words(link)
        link.set("href", address)
        return [link, *self._listed(address, text_of(link))] if self.medium.paper else [link]

    def _file(self, link: Element, path: str, reference: Reference) -> list[Node]:
        """A link to a file: to its copy, or its address on the web."""
        name = self.series.files[path].name
        if self.medium.files:
            link.set("href", self.medium.files.format(name=name))
            return [link]
        if self.series.site and any(TABLE[medium].files for medium in self.series.media):
            url = f"{self.series.site}files/{name}"
            link.set("href", url)
            return [link, *self._listed(url, text_of(link))] if self.medium.paper else [link]
        self.problems.append(problem("unreachable-file", reference.place, file=path))
        return self._words(link)

    def _words(self, link: Element) -> list[Node]:
        """Return the content of a link without a target; its id may be the target of others."""
        nodes = list(child_nodes(link))
        rest = {name: value for name, value in link.attrib.items() if name != "href"}
        return [new_element("span", nodes, rest)] if rest else nodes

    def _same_page(self, link: Element, way: SamePage, slug: str) -> list[Node]:
        link.set("href", f"#{way.id}")
        if self.medium.elsewhere != "page" or slug == self.article.slug:
            return [link]
        title = self.series.article(slug).title
        said = language_of_word(self.words["see_page"])
        page = new_element("a", [], {"class": "page", "href": f"#{way.id}", **said})
        link.set("class", "crossref")
        self.pages.append(way.id)
        if text_of(link) == title:
            return [new_element("cite", [link]), page]
        return [link, page]

    def _unreachable(self, link: Element, way: Unreachable) -> list[Node]:
        """A link where the web has it. On paper also the number of the handout, which the list at the end has
        with its title, or the title of an article that has none; on a screen the title where there is no link.
        """
        shown: Element = link
        if way.url:
            link.set("href", way.url)
        else:
            shown = new_element("span", list(child_nodes(link)))
        if way.url and not self.medium.paper:
            return [link]
        if not (way.number and self.medium.paper):
            opens, closes = self.words["brackets"].split("{text}")
            cited = new_element("cite", [shown if text_of(link) == way.title else way.title])
            return [cited] if text_of(link) == way.title else [shown, opens, cited, closes]
        there = self.words["handout_short"].format(number=way.number)
        return [
            new_element("cite", [shown]) if text_of(link) == way.title else shown,
            self._worded(self.words["brackets"].format(text=there)),
        ]

    def _worded(self, text: str) -> Node:
        attributes = language_of_word(text)
        return new_element("span", [text], attributes) if attributes else text

    def _listed(self, url: str, text: str) -> list[Node]:
        """The mark of an outside address in the list at the end; none where the text is the address."""
        if _without_scheme(text) == _without_scheme(url):
            return []
        known = next((a for a in self.addresses if a.url == url), None)
        if known is None:
            number = self.words["numerals"].write(len(self.addresses) + 1)
            known = Address(number, text, "", url)
            self.addresses.append(known)
        # WeasyPrint breaks a word that is wider than its line, but not before a mark that it has to keep with it.
        kept = len(text.split()[-1] if text.strip() else "") <= _LONG_WORD
        space = "\N{NO-BREAK SPACE}" if kept else " "
        return [new_element("span", [f"{space}[{known.number}]"], {"class": "address-mark"})]


def _without_scheme(address: str) -> str:
    return _SCHEME.sub("", address.strip("/"), count=1)
