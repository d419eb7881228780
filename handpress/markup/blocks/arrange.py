"""Block conventions: turn what authors write into one vocabulary that every medium knows.

=====================================  =========================================================
written                                becomes
=====================================  =========================================================
an image alone in its paragraph        ``figure`` with ``figcaption``; ``div.ornament`` if decorative
``!!! emergency`` (urgent, advice)     ``section.care.emergency`` with ``p.level`` and ``p.title``
``!!! key-points`` (do, do-not)        ``section.key-points`` with ``p.title``
``!!! exercise "Name"``                ``section.exercise`` with a heading and ``table.dose``
``!!! diary "Two weeks"``              ``section.diary`` with ``p.title`` and a table for each week
any other ``!!!``                      ``aside.note`` with ``p.title``
``- [ ] item``                         ``li.tick`` in ``ul.ticks``
``## Heading {: .faq }``               ``section.faq`` with a ``div.question`` for each question
``{: only="web" }``                    ``only`` on the block, or on a ``div`` round the whole section
a table                                ``div.table`` round it
=====================================  =========================================================

Words that the layout supplies stand as ``data-word`` and are filled in for the series' language.
"""

from __future__ import annotations

import re

from handpress.core.media import MEDIA
from handpress.core.problem import Problem, nearest, problem
from handpress.markup.blocks.attributes import attribute_lines
from handpress.markup.blocks.diary import diary, fill_diaries
from handpress.markup.blocks.exercise import exercise
from handpress.markup.blocks.headings import HEADINGS, gather, take_title
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    CODE,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    take_out,
    text_of,
    trimmed,
)

CARE = ("emergency", "urgent", "advice")
TITLED = {"key-points": "key_points", "do": "do", "do-not": "do_not"}
NOTES = ("note", "tip", "hint", "important", "warning", "caution", "danger", "attention", "error")
_STRAY = re.compile(r"\{:\s*(?:[.#][\w-]|[\w-]+=)[^{}]*\}")
_TICK = re.compile(r"\s*\[([ xX])\]\s+")


def arrange_blocks(
    body: Element, locate: Locator, title: str | None
) -> tuple[str | None, list[Problem]]:
    """Turn what is written by convention in `body` into parts, in place.

    `title` is the article's, if its front matter has one. Returns the title that the first heading
    gives (and takes it out of the body) when there is none, and the problems found on the way.
    """
    arranger = _Arranger(locate)
    attribute_lines(body)
    found, heading = take_title(body, title)
    if heading is not None and any("call" in classes(e) for e in heading.iter()):
        arranger.problems.append(problem("title-footnote", locate.next(r"\[\^[^\]\n]+\](?!:)")))
    arranger.headings(body)
    arranger.blocks(body, 1)
    arranger.sections(body)
    arranger.only(body)
    arranger.strays(body)
    fill_diaries(body)
    return found, arranger.problems


class _Arranger:
    def __init__(self, locate: Locator) -> None:
        self.locate = locate
        self.problems: list[Problem] = []

    # Headings: the title is level 1, so a body begins at 2 and goes down one level at a time
    # (ISO 14289-1, section 7.4.2, and WCAG 2.2 technique G141).

    def headings(self, body: Element) -> None:
        found = [e for e in body.iter() if e.tag in HEADINGS]
        shift = 1 if any(e.tag == "h1" for e in found) else 0
        before = 1
        for heading in found:
            level = int(heading.tag[1]) + shift
            now = min(level, before + 1, 6)
            if level > now and level <= 6:
                facts: dict[str, object] = {"level": level - shift, "before": before - shift}
                facts["now"] = now - shift
                place = self.locate.text_of(text_of(heading))
                marks = "#" * (now - shift)
                self.problems.append(problem("heading-skips", place, None, marks=marks, **facts))
            heading.tag = f"h{now}"
            before = now

    # Blocks

    def blocks(self, parent: Element, level: int) -> int:
        """Arrange the blocks in `parent`; `level` is that of the heading above, and is given back."""
        for child in list(parent):
            if child.tag in HEADINGS:
                level = int(child.tag[1])
            elif child.tag == "p":
                self.picture(parent, child)
            elif child.tag in ("ul", "ol"):
                self.ticks(child)
            if child.tag == "div" and "admonition" in classes(child):
                self.box(child, level)
                self.blocks(child, level)
            elif len(child):
                level = self.blocks(child, level)
            if child.tag == "table" and "dose" not in classes(child):
                self.frame(parent, child)
        return level

    def picture(self, parent: Element, paragraph: Element) -> None:
        nodes = trimmed(child_nodes(paragraph))
        link = nodes[0] if len(nodes) == 1 and isinstance(nodes[0], Element) else None
        if link is not None and link.tag == "a":
            inside = trimmed(child_nodes(link))
            image = inside[0] if len(inside) == 1 else None
        else:
            image, link = link, None
        if not isinstance(image, Element) or image.tag != "img":
            return
        caption = image.attrib.pop("title", "")
        tail = paragraph.tail
        if "decorative" in classes(image):
            paragraph.tag = "div"
            paragraph.set("class", "ornament")
            set_children(paragraph, [image])
        else:
            paragraph.tag = "figure"
            nodes = [link if link is not None else image]
            if caption:
                nodes.append(new_element("figcaption", [caption]))
            set_children(paragraph, nodes)
            for key in ("id", "only"):
                if key in image.attrib:
                    paragraph.set(key, image.attrib.pop(key))
        paragraph.tail = tail

    def ticks(self, items: Element) -> None:
        for item in items.findall("li"):
            first = (
                item[0]
                if len(item) and item[0].tag == "p" and not (item.text or "").strip()
                else item
            )
            if found := _TICK.match(first.text or ""):
                first.text = (first.text or "")[found.end() :]
                item.set("class", "tick done" if found[1] in "xX" else "tick")
                # A box to tick takes the place of a number.
                items.tag = "ul"
                items.attrib.pop("start", None)
                items.attrib.pop("reversed", None)
                items.set("class", "ticks")

    def frame(self, parent: Element, table: Element) -> None:
        if "table" in classes(parent):
            return
        frame = Element("div", {"class": "table"})
        for key in ("id", "only"):
            if key in table.attrib:
                frame.set(key, table.attrib.pop(key))
        frame.tail, table.tail = table.tail, None
        parent[list(parent).index(table)] = frame
        frame.append(table)

    # Boxes

    def box(self, box: Element, level: int) -> None:
        kind = next((c for c in classes(box) if c != "admonition"), "note")
        title = box.find("p[@class='admonition-title']")
        heading: list[Node] = []
        if title is not None:
            heading = list(child_nodes(title))
            take_out(box, title)
            if text_of(title) == kind.capitalize():  # Python-Markdown's own, for want of a title
                heading = []
        if kind == "exercise":
            self.problems += exercise(box, heading, level, self.locate)
        elif kind == "diary":
            self.problems += diary(box, heading, self.locate)
        elif kind in CARE:
            box.tag = "section"
            box.set("class", f"care {kind}")
            lines = [new_element("p", [], {"class": "level", "data-word": kind})]
            lines += [new_element("p", heading, {"class": "title"})] if heading else []
            set_children(box, [*lines, *child_nodes(box)])
        elif kind in TITLED:
            box.tag = "section"
            box.set("class", kind)
            attributes = {"class": "title"} | ({} if heading else {"data-word": TITLED[kind]})
            set_children(box, [new_element("p", heading, attributes), *child_nodes(box)])
        else:
            known = (*CARE, *TITLED, "exercise", "diary", *NOTES)
            if kind not in known:
                place = self.locate.next(rf"^ {{0,3}}!!! +({re.escape(kind)})")
                meant = nearest(kind, known)
                facts = {"kind": kind, "known": ", ".join(known)}
                self.problems.append(problem("unknown-box", place, meant=meant, **facts))
            box.tag = "aside"
            box.set("class", "note")
            lines = [new_element("p", heading, {"class": "title"})] if heading else []
            set_children(box, [*lines, *child_nodes(box)])

    # Sections

    def sections(self, body: Element) -> None:
        """Gather what follows a heading with ``.faq`` or ``only`` up to the next of its level."""
        for parent in list(body.iter()):
            for heading in [e for e in parent if e.tag in HEADINGS]:
                if "faq" in classes(heading):
                    section = gather(parent, heading, "section", {"class": "faq"})
                    heading.set("class", " ".join(c for c in classes(heading) if c != "faq"))
                    if not heading.get("class"):
                        del heading.attrib["class"]
                    below = f"h{int(heading.tag[1]) + 1}"
                    for question in section.findall(below):
                        gather(section, question, "div", {"class": "question"})
                if "only" in heading.attrib:
                    gather(parent, heading, "div", {"only": heading.attrib.pop("only")})

    def only(self, body: Element) -> None:
        for element in body.iter():
            if "only" in element.attrib:
                for medium in element.get("only", "").split():
                    if medium not in MEDIA:
                        place = self.locate.next(rf"\bonly=[^}}\n>]*?\b({re.escape(medium)})\b")
                        facts = {"medium": medium, "known": ", ".join(MEDIA)}
                        meant = nearest(medium, MEDIA)
                        self.problems.append(problem("unknown-medium", place, meant=meant, **facts))

    def strays(self, parent: Element) -> None:
        """An attribute line within other text says nothing of any block, and would be published with it."""
        for node in child_nodes(parent):
            if isinstance(node, Element):
                if node.tag not in CODE:
                    self.strays(node)
                continue
            for found in _STRAY.finditer(node):
                before = r"\W+".join(re.findall(r"\w+", node[: found.start()])[-3:])
                as_written = re.sub(r"[\"'“”‘’]", "[\"'“”‘’]", re.escape(found[0]))
                place = self.locate.next(rf"{before}\W*?({as_written})")
                shown = re.sub("[“”]", '"', found[0])
                self.problems.append(problem("stray-attributes", place, written=shown))
