"""Synonyms: the keys by which other programs name our settings of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import yaml

from handpress.series.frontmatter.drafts import BY_NO, BY_YES, DRAFT, STATES
from handpress.series.settings.nodes import Pair, is_empty, name_of, pairs_of, plain, scalar
from handpress.series.settings.yaml_reader import Entry

# By our own key: those of other programs, the preferred one first. `a.b` is the key `b` in the mapping `a`.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "title": (),
    "subtitle": ("sub_title", "tagline", "subheading"),
    "summary": ("description", "excerpt", "abstract", "teaser", "lead", "lede", "tldr", "desc"),
    "author": ("by", "byline", "writer", "creator"),
    "authors": (),
    "date": (
        "publish_date", "published_date", "pub_date", "pub_datetime", "published", "published_at", "published_on",
        "date_published", "created", "created_at", "date_created", "creation_date", "posted",
        "lastmod", "last_modified_at", "last_modified", "updated", "updated_at", "updated_date", "update_date",
        "last_updated", "modified", "modified_at", "mod_datetime", "last_update.date",
    ),
    "reviewed": (),
    "review_by": (),
    "image": (
        "cover", "cover_image", "featured_image", "feature_image", "feature", "thumbnail", "banner", "hero",
        "hero_image", "social_image", "og_image", "images", "header.image", "header.teaser", "header.overlay_image",
    ),
    "tags": (
        "keywords", "categories", "category", "topics", "topic", "subjects", "subject", "tag", "labels",
        "taxonomies.tags", "taxonomies.categories",
    ),
    "language": ("lang", "locale"),
    "url": (),
    "fit": (),
    "care": (),
    "weight": ("order", "nav_order", "sidebar_position", "menu_order", "sidebar.order"),
    "sort_by": (),
    "aliases": ("alias", "redirect_from", "id", "abbrlink"),
    "permalink": ("slug",),
}  # fmt: skip
# Keys that mark drafts, which :mod:`.drafts` has read already.
READ = (BY_YES | BY_NO | STATES | DRAFT) - {"permalink", "render", "export"}
# Keys of site generators that say how to make, list or show the page of an article, in the form of `plain`.
OF_SITES = frozenset(
    {"layout", "template", "pagetemplate", "bodyclass", "cssclass", "cssclasses", "pageclass", "classes", "comment",
     "comments", "giscus", "disqus", "share", "sharing", "sitemap", "robots", "noindex", "searchexclude", "search",
     "toc", "tocsticky", "toclabel", "tocicon", "tocdepth", "tocminheadinglevel", "tocmaxheadinglevel", "showtoc",
     "tocopen", "hidetoc", "hidetableofcontents", "hidetitle", "outline", "sidebar", "sidebarlabel",
     "sidebarclassname", "displayedsidebar", "navbar", "editlink", "customediturl", "prev", "next", "paginationnext",
     "paginationprev", "paginationlabel", "parent", "grandparent", "haschildren", "hastoc", "navexclude",
     "authorprofile", "readtime", "related", "pin", "sticky", "math", "mathjax", "usemathjax", "katex", "mermaid",
     "cascade", "outputs", "menu", "menus", "linktitle", "markup", "paginateby", "paginatepath", "paginatereversed",
     "insertanchorlinks", "insearchindex", "transparent", "generatefeed", "generatefeeds", "hidemeta",
     "kernelspec", "jupytext", "jupyter", "execute", "format", "output", "engine", "editor", "editoroptions", "knit",
     "numbersections", "codefold", "htmltheme", "myst"}
)  # fmt: skip
ROWS = {plain(key): (own, rank) for own, others in SYNONYMS.items() for rank, key in enumerate((own, *others), 1)}  # fmt: skip
FOLDED = {
    plain(key.partition(".")[0]) for others in SYNONYMS.values() for key in others if "." in key
}


def understood(pairs: Iterable[Pair]) -> tuple[list[Entry], list[yaml.Node]]:
    """Return the settings of an article by our own keys, and the keys that an author may expect to have a meaning here.

    Our own key wins over its synonyms, and a synonym over those after it in its row. Of two equal keys the last
    one wins, as in most readers of YAML.
    """
    best: dict[str, tuple[int, Entry]] = {}
    unknown: list[yaml.Node] = []
    for name, key, value in _flat(pairs):
        own, rank = ROWS.get(plain(name), ("", 0))
        rank = 0 if name == own else rank
        if own and (rank <= 1 or _suits(own, value)):
            if not _is_nothing(value) and (own not in best or rank <= best[own][0]):
                best[own] = rank, Entry(own, key, shaped(own, value))
        elif plain(name) not in READ | OF_SITES and "." not in name:
            unknown.append(key)
    return [entry for _, entry in best.values()], unknown


def _flat(pairs: Iterable[Pair]) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield each key with its value, and those in a mapping that SYNONYMS looks into as ``mapping.key``."""
    for key, value in pairs:
        name = name_of(key)
        if plain(name) in FOLDED and isinstance(value, yaml.MappingNode):
            for inner, below in pairs_of(value):
                yield f"{name}.{name_of(inner)}", inner, below
        else:
            yield name, key, value


def _is_nothing(node: yaml.Node) -> bool:
    """Return whether a value is empty, as in the templates from which people start their articles."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return all(not each.value or is_empty(each) or _is_blank(each) for each in items)


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value.strip()


def _suits(own: str, node: yaml.Node) -> bool:
    """Return whether a synonym's value can be one of our key: `feature: true` is not a picture."""
    if own not in SUITS or not isinstance(node, yaml.ScalarNode):
        return True
    return bool(SUITS[own].fullmatch(node.value.strip()))


SUITS = {
    "date": re.compile(r".*\d.*", re.S),
    "image": re.compile(r"(?i)(?!(?:true|false|yes|no|on|off)$).*", re.S),
    "permalink": re.compile(r"(?i)(?!(?:true|false|yes|no|on|off)$).+", re.S),
    "weight": re.compile(r"-?\d+(?:\.\d+)?"),
}
PATHS = ("image", "path", "src", "url", "file", "filename", "feature", "teaser")


def shaped(own: str, node: yaml.Node) -> yaml.Node:
    """Return a value in the form in which we read it: one path of a picture, a list of subjects."""
    if own == "image":
        return _path_of(node)
    if own == "tags" and isinstance(node, yaml.ScalarNode):
        start = node.start_mark.index + bool(node.style)
        words = [
            scalar(m[0].strip(), start + m.start(), start + m.end(), node.style or "")
            for m in re.finditer(r"[^\s,;][^,;]*", node.value)
        ]
        return yaml.SequenceNode("", words, node.start_mark, node.end_mark)
    if isinstance(node, yaml.SequenceNode):
        kept = [item for item in node.value if not _is_nothing(item)]
        return yaml.SequenceNode("", kept, node.start_mark, node.end_mark)
    return node


def _path_of(node: yaml.Node) -> yaml.Node:
    """Return the path of a picture in `{image: path, alt: words}`, or of the first of several."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        node = node.value[0]
    if isinstance(node, yaml.MappingNode):
        named = {plain(name_of(key)): value for key, value in pairs_of(node)}
        return next((named[key] for key in PATHS if key in named), node)
    return node
