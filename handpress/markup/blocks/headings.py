"""Headings: the title of an article, and the section that belongs to a heading."""

from __future__ import annotations

import re

from handpress.markup.tree import HEADINGS, Element, label_of, take_out, text_of

# A heading of bookdown before that of a chapter. It is the title of a part, which the outline has.
PART = re.compile(r"\((?:PART|APPENDIX)\*?\)\s*")


def take_title(
    body: Element, title: str | None, lowest: int = 6
) -> tuple[str | None, Element | None]:
    """The title that the first heading, of a level down to `lowest`, gives; and that heading, which is taken out of the body."""
    opening = list(body)[:2]
    if [e.tag for e in opening] == ["h1", "h1"] and PART.match(text_of(opening[0])):
        take_out(body, opening[0])
    first = next(iter(body), None)
    if first is not None and first.tag == "h1" and title in (None, label_of(first)):
        take_out(body, first)
        return label_of(first) or None, first
    heading = next((e for e in body if e.tag in HEADINGS), None)
    if title is not None and (again := _repeated(body, title)) is not None:
        take_out(*again)
        return title, again[1]
    if heading is not None and heading.tag == "h1" and title is None:
        # An introduction or a picture is before it. It is the title all the same.
        take_out(body, heading)
        return label_of(heading) or None, heading
    lower = _lower_title(body) if title is None and lowest > 1 else None
    if lower is not None:
        take_out(body, lower)
        return label_of(lower) or None, lower
    return None, None


def _repeated(body: Element, title: str) -> tuple[Element, Element] | None:
    """Return the first heading, after the element that it is in, if it is of level 1 and has the words of the title."""
    first = next((e for e in body.iter() if e.tag in HEADINGS), None)
    if first is None or first.tag != "h1" or label_of(first) != title:
        return None
    return next(parent for parent in body.iter() if first in list(parent)), first


def _lower_title(body: Element) -> Element | None:
    """Return the heading below level 1 that opens a text: its title.

    One after words, or with a class or another attribute than an id, begins a section. So does one of several of its
    level, unless a picture is above it, as above the title of a page.
    """
    for number, element in enumerate(body):
        if element.tag in HEADINGS:
            rest = list(body)[number + 1 :] if number == 0 else []
            several = any(e.tag in HEADINGS and e.tag <= element.tag for e in rest)
            return None if several or not {*element.attrib} <= {"id"} else element
        if text_of(element):
            break
    return None


def gather(parent: Element, heading: Element, tag: str, attributes: dict[str, str]) -> Element:
    """Put `heading` and what follows it, up to the next heading of its level or above, into a `tag`."""
    if heading not in list(parent):  # gathered by an outer section already
        parent = next(e for e in parent.iter() if heading in list(e))
    children = list(parent)
    start = children.index(heading)
    end = next(
        (
            n
            for n, e in enumerate(children)
            if n > start and e.tag in HEADINGS and e.tag <= heading.tag
        ),
        len(children),
    )
    section = Element(tag, attributes)
    for child in children[start:end]:
        parent.remove(child)
        section.append(child)
    parent.insert(start, section)
    return section
