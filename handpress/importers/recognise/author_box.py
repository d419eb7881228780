"""Author boxes: the name and the bio below an article."""

from __future__ import annotations

import re

from handpress.importers.html import by_class, find, has_class, parents_of, remove
from handpress.importers.model import Writer
from handpress.markup.tree import Element, child_nodes, serialize, set_children, text_of

BOXES = (
    "author-box", "author-bio", "author-info", "author-profile", "blog-item-author-profile", "about-author",
    "about-the-author", "post-author-box", "entry-author", "m-a-box", "saboxplugin-wrap", "pp-author-boxes-wrapper",
    "wp-block-post-author", "blog-item-author-profile-wrapper", "author-description", "authorbox", "abh_box",
    "pld-author-box", "et_pb_team_member",
)  # fmt: skip
NAMES = (
    "author-name",
    "author-title",
    "fn",
    "saboxplugin-authorname",
    "wp-block-post-author__name",
    "m-a-box-name",
)
BIOS = (
    "author-bio",
    "author-description",
    "saboxplugin-desc",
    "wp-block-post-author__bio",
    "m-a-box-bio",
)
WRITTEN_BY = re.compile(
    r"^(?:written by|about|by|von|por|par|posted by|geschrieben von)\s+(?:the author:?\s*)?", re.I
)
ABOUT = re.compile(r"^(?:about (?:the )?authors?|written by|über (?:den autor|die autorin)|sobre (?:el autor|la autora))\W*$", re.I)  # fmt: skip


def take_author_boxes(tree: Element, known: tuple[str, ...] = ()) -> tuple[Writer, ...]:
    """Remove the author boxes from `tree`, in place, and return their authors.

    `known` are the names of the authors, for boxes that have no element for the name.
    """
    found: list[Writer] = []
    for box in by_class(tree, *BOXES):
        if writer := _writer(box, known):
            found.append(writer)
            remove(tree, box)
    if not found:
        found += _at_the_end(tree, known)
    return tuple(found)


def _writer(box: Element, known: tuple[str, ...]) -> Writer | None:
    holder = find(box, lambda e: has_class(e, *NAMES))
    heading = (
        holder
        if holder is not None
        else find(
            box, lambda e: e.tag in ("h2", "h3", "h4", "h5", "h6") or e.get("rel") == "author"
        )
    )
    name = WRITTEN_BY.sub("", text_of(heading)).strip() if heading is not None else ""
    if not name or len(name) > 60 or ABOUT.match(text_of(heading) if heading is not None else ""):
        name = next((n for n in known if n.lower() in text_of(box).lower()), "")
        heading = (
            heading if name and heading is not None and ABOUT.match(text_of(heading)) else None
        )
    if not name:
        return None
    bio = find(box, lambda e: has_class(e, *BIOS))
    content = bio if bio is not None and text_of(bio) else box
    if heading is not None:
        remove(content, heading)
    if not text_of(content):
        return None
    link = find(content, lambda e: e.tag == "a" and e.get("href", "").startswith("http"))
    return Writer(
        name,
        serialize(_without_pictures(content)),
        link.get("href", "") if link is not None else "",
    )


def _without_pictures(content: Element) -> Element:
    parents = parents_of(content)
    for image in [
        e
        for e in content.iter()
        if e.tag in ("img", "svg", "noscript", "picture", "script", "style")
        or not isinstance(e.tag, str)
    ]:
        if image in parents:
            parent = parents[image]
            set_children(parent, [n for n in child_nodes(parent) if n is not image])
    return content


def _at_the_end(tree: Element, known: tuple[str, ...]) -> list[Writer]:
    """Return the author whose name, in a line of its own at the end of an article, has a bio below it."""
    if not known:
        return []
    parents = parents_of(tree)
    lines = [e for e in tree.iter() if e.tag in ("p", "h2", "h3", "h4", "h5", "h6") and text_of(e)]
    for line in lines[-6:]:
        name = WRITTEN_BY.sub("", text_of(line)).strip(" .:")
        parent = parents.get(line)
        if name not in known or parent is None:
            continue
        siblings = list(parent)
        rest = siblings[siblings.index(line) + 1 :]
        bio = [e for e in rest if text_of(e)]
        if (
            bio
            and len(bio) <= 4
            and all(e.tag == "p" for e in bio)
            and name.split()[0] in text_of(bio[0]) + text_of(bio[-1])
        ):
            written = "".join(f"<p>{serialize(e)}</p>" for e in bio)
            for element in (line, *bio):
                remove(tree, element)
            return [Writer(name, written)]
    return []
