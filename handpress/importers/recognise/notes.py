"""Footnotes: a link to a place in the page, from where another link leads back."""

from __future__ import annotations

import re

from handpress.importers.html import ancestors, find_all, parents_of
from handpress.markup.tree import (
    Element,
    child_nodes,
    copy,
    has_content,
    new_element,
    set_children,
    text_of,
)

HOLDERS = ("li", "aside", "dd", "tr")
NUMBER = re.compile(r"^[\s\[(]*(?:\d{1,4}|[*†‡§]|[a-z])?[\s\]).:]*$")
BACK = re.compile(
    r"^[\s\[(]*(?:[↑↩⤴^⏎︎\ufe0e\ufe0f]|back|return|jump up|\d{1,4}|[*†‡§])*[\s\]).:]*$", re.I
)


def take_notes(tree: Element) -> dict[str, Element]:
    """Replace references to notes by `note` elements, in place; return the notes by label, removed from the tree."""
    parents = parents_of(tree)
    places = _places(tree)
    holders: dict[Element, str] = {}  # of notes, with their labels
    marks: dict[Element, str] = {}  # of the references, which notes repeat at their beginning
    for link in [e for e in tree.iter("a") if _leads_here(e)]:
        target = places.get(link.get("href", "")[1:])
        if target is None or not NUMBER.match(text_of(link)):
            continue
        holder = _holder(target, parents)
        if holder is None or any(a is holder for a in (link, *ancestors(link, parents))):
            continue
        reference = _reference(link, parents)
        if holder not in holders and not _is_noted(holder, link, reference, parents):
            continue
        label = holders.setdefault(holder, str(len(holders) + 1))
        marks.setdefault(holder, text_of(link).strip("[](). "))
        _call(reference, label)
    notes = {label: _content(holder, marks[holder]) for holder, label in holders.items()}
    for element in list(tree.iter("note-text")):
        label = str(len(notes) + 1)
        notes[label] = new_element("body", list(child_nodes(element)))
        _call(element, label)
    for holder in holders:
        _take(holder, parents)
    return notes


def _places(tree: Element) -> dict[str, Element]:
    """Return the elements that links may lead to, by their names."""
    named = (
        (e.get(key), e)
        for e in tree.iter()
        for key in ("id", "name")
        if key == "id" or e.tag == "a"
    )
    return {name: element for name, element in named if name}


def _leads_here(link: Element) -> bool:
    return link.get("href", "").startswith("#") and len(link.get("href", "")) > 1


def _is_noted(
    holder: Element, link: Element, reference: Element, parents: dict[Element, Element]
) -> bool:
    """Return whether an element has a note: it is called so, or a link leads back from it to the reference."""
    if "footnote" in _type(holder) or "note" in _type(link):
        return True
    if holder.get("class", "").startswith("footnote"):
        return True
    around = (*reference.iter(), link, *_near(link, parents))
    names = {e.get("id") for e in around if e.get("id")}
    names |= {e.get("name") for e in reference.iter("a") if e.get("name")}
    return any(_leads_here(e) and e.get("href", "")[1:] in names for e in holder.iter("a"))


def _call(element: Element, label: str) -> None:
    """Make an element the reference to the note `label`, in place."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "note", tail
    element.set("label", label)


def _type(element: Element) -> str:
    return " ".join(
        v
        for k, v in element.attrib.items()
        if k.rpartition("}")[2] in ("epub:type", "type", "role", "rel")
    )


def _holder(target: Element, parents: dict[Element, Element]) -> Element | None:
    """Return the element that has all of a note, by the place that its reference leads to."""
    around = [target, *ancestors(target, parents)]
    for element in around[:4]:
        if element.tag in HOLDERS or (
            element.tag in ("div", "p", "section")
            and element.tag != "body"
            and _is_note(element, target)
        ):
            if element.tag == "tr":
                return None
            return (
                element
                if element.tag != "p" or parents.get(element) is None
                else _whole(element, parents)
            )
    return None


def _whole(paragraph: Element, parents: dict[Element, Element]) -> Element:
    """Return the `div` around the paragraphs of one note, if it has no other."""
    around = parents[paragraph]
    if (
        around.tag == "div"
        and "note" in around.get("class", "")
        and len(around.findall("p")) == len(around)
    ):
        starts = [p for p in around if any(a.get("id") or a.get("name") for a in p.iter("a"))]
        if len(starts) == 1:
            return around
    return paragraph


def _is_note(element: Element, target: Element) -> bool:
    names = element.get("class", "") + element.get("id", "")
    return (
        "note" in names
        or element is target
        or (element.tag == "p" and target.tag in ("a", "span", "sup"))
    )


def _reference(link: Element, parents: dict[Element, Element]) -> Element:
    """Return the outermost element that has nothing but the link of a reference."""
    found = link
    for around in ancestors(link, parents):
        if around.tag not in ("sup", "span", "a", "em", "strong", "small") or text_of(
            around
        ) != text_of(link):
            break
        found = around
    return found


def _near(link: Element, parents: dict[Element, Element]) -> list[Element]:
    """Return the elements around a link that may have the name to come back to."""
    around = parents.get(link)
    if around is None:
        return []
    siblings = list(around)
    at = siblings.index(link)
    return [*siblings[max(0, at - 1) : at], *([around] if around.tag in ("sup", "span") else [])]


def _content(holder: Element, mark: str) -> Element:
    """Return the content of a note, without its number, which is `mark`, and the links back."""
    made = new_element("body", [copy(n) for n in child_nodes(holder)])
    parents = parents_of(made)
    for link in find_all(
        made,
        lambda e: (
            e.tag == "a" and e.get("href", "").startswith("#") and bool(BACK.match(text_of(e)))
        ),
    ):
        outer = _reference(link, parents)
        parent = parents[outer]
        set_children(parent, [n for n in child_nodes(parent) if n is not outer])
    _drop_mark(made, mark)
    return made


def _drop_mark(note: Element, mark: str) -> None:
    """Remove the number at the beginning of a note, in place: text, or an element with nothing else."""
    holder = note
    while True:
        nodes = [n for n in child_nodes(holder) if not isinstance(n, str) or n.strip()]
        if not nodes or not mark:
            return
        first = nodes[0]
        if isinstance(first, str):
            rest = re.sub(
                rf"^\s*[\[(]?{re.escape(mark)}(?:[\]).:]+\s*|\s+(?=\S))", "", first, count=1
            )
            set_children(holder, [rest, *nodes[1:]])
            return
        if (
            text_of(first).strip("[](). ") == mark
            and len(nodes) > 1
            and first.tag in ("sup", "span", "a", "strong", "b", "em")
        ):
            set_children(holder, nodes[1:])
            return
        holder = first


def _take(holder: Element, parents: dict[Element, Element]) -> None:
    """Remove a note, and the list that it leaves empty, with a rule and a heading that were only for it."""
    parent = parents.get(holder)
    if parent is None:
        return
    set_children(parent, [n for n in child_nodes(parent) if n is not holder])
    if parent.tag != "body" and not has_content(parent):
        _take(parent, parents)
    elif (rest := [n for n in parent if n.tag in ("hr", "ol", "ul", "div")]) and not has_content(
        rest[-1]
    ):
        last = list(child_nodes(parent))
        while last and (
            not last[-1].strip() if isinstance(last[-1], str) else not has_content(last[-1])
        ):
            last.pop()
        set_children(parent, last)
