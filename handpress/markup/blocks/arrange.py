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
a box of another program               likewise, whatever its name: see :mod:`.note`
``- [ ] item``                         ``li.tick`` in ``ul.ticks``
``## Heading {: .faq }``               ``section.faq`` with a ``div.question`` for each question
``{: only="web" }``                    ``only`` on the block, or on a ``div`` around the section
a table                                ``div.table`` around it
=====================================  =========================================================

Words that the layout supplies stand as ``data-word`` and are filled in for the series' language.
"""

from __future__ import annotations

import re

from handpress.core.media import MEDIA
from handpress.core.problems.problem import Problem, nearest, problem
from handpress.markup.blocks.attributes import attribute_lines
from handpress.markup.blocks.block import FOREIGN, Written
from handpress.markup.blocks.dose_labels import LABELS
from handpress.markup.blocks.headings import gather, take_title
from handpress.markup.blocks.note import OURS, boxed_by_class
from handpress.markup.blocks.registry import BOXES, NOTE, is_supplied, kind_of, written_as
from handpress.markup.blocks.term_lines import terms
from handpress.markup.positions import Locator
from handpress.markup.tree import (
    CODE,
    HEADINGS,
    Element,
    Node,
    child_nodes,
    classes,
    new_element,
    set_children,
    take_out,
    text_of,
)

_NEAR = 200  # characters before an attribute line, whose last words tell where it was written
_STRAY = re.compile(r"\{:\s*(?:[.#][\w-]|[\w-]+=)[^{}]*\}")


def arrange_blocks(
    body: Element, locate: Locator, title: str | None, language: str = "en", lowest: int = 6
) -> tuple[str | None, list[Problem]]:
    """Turn what is written by convention in `body` into parts, in place.

    `title` is the article's, if its front matter has one. Returns the title that the first heading
    gives (and takes it out of the body) when there is none, and the problems found on the way. `lowest` is the level down to
    which a heading may be the title.
    `language` is that of the text: what a problem suggests is in it.
    """
    arranger = _Arranger(locate, language)
    attribute_lines(body)
    found, heading = take_title(body, title, lowest)
    if calls := [e for e in heading.iter() if "call" in classes(e)] if heading is not None else []:
        arranger.problems.append(problem("title-footnote", locate.next(r"\[\^[^\]\n]+\](?!:)")))
        _put_calls(body, calls)
    for name in heading.findall("a[@id]") if heading is not None else ():
        body.insert(0, new_element("div", [], {"id": name.get("id", "")}))
    arranger.headings(body, 1 if heading is None else int(heading.tag[1]))
    arranger.blocks(body, 1)
    arranger.sections(body)
    arranger.only(body)
    arranger.strays(body)
    for element in list(body.iter()):
        if (block := kind_of(element)) and block.finish:
            block.finish(element, body)
    return found, arranger.problems


def _is_exercise(name: str, box: Element) -> bool:
    """Return whether `box` has a dosage, which no exercise of mathematics has."""
    return name == "exercise" and any(key in LABELS for key in terms(box))


def _put_calls(body: Element, calls: list[Element]) -> None:
    """Put the calls of notes at the end of the first paragraph, or into one of their own."""
    paragraph = next(body.iter("p"), None)
    if paragraph is None:
        paragraph = new_element("p", [])
        body.insert(0, paragraph)
    for call in calls:
        call.tail = None
        paragraph.append(call)


class _Arranger:
    def __init__(self, locate: Locator, language: str) -> None:
        self.locate, self.language = locate, language
        self.problems: list[Problem] = []

    # Headings: the title is level 1, so a body begins at 2 and goes down one level at a time
    # (ISO 14289-1, section 7.4.2, and WCAG 2.2 technique G141).

    def headings(self, body: Element, top: int) -> None:
        """Set the levels of headings below a title that was written at level `top`.

        A heading goes one level below the nearest one before it that was written at a higher level, or
        below the title. So headings of the same level below one heading keep the same level.
        """
        # Of the title and each open heading, the level as written and the level here.
        above = [(top, 1)]
        for heading in [e for e in body.iter() if e.tag in HEADINGS]:
            level, before = int(heading.tag[1]), above[-1][0]
            if level > before + 1:
                place = self.locate.text_of(text_of(heading))
                marks = "#" * (before + 1)
                facts = {"level": level, "before": before, "now": before + 1}
                self.problems.append(problem("heading-skips", place, None, marks=marks, **facts))
            while len(above) > 1 and above[-1][0] >= level:
                above.pop()
            above.append((level, min(above[-1][1] + 1, 6)))
            heading.tag = f"h{above[-1][1]}"

    # Blocks

    def blocks(self, parent: Element, level: int) -> int:
        """Arrange the blocks in `parent`; `level` is that of the heading above, and is given back."""
        for child in list(parent):
            if child.tag in HEADINGS:
                level = int(child.tag[1])
            block = written_as("element", child.tag)
            if block and not is_supplied(child):
                self.arrange(
                    child, Written(block, child.tag, parent, level, self.locate, self.language)
                )
            if child.tag == "div" and "admonition" in classes(child):
                self.box(parent, child, level)
                self.blocks(child, level)
            elif name := boxed_by_class(child):
                self.arrange(child, Written(NOTE, name, parent, level, self.locate, self.language))
                self.blocks(child, level)
            elif len(child):
                level = self.blocks(child, level)
        return level

    def box(self, parent: Element, box: Element, level: int) -> None:
        marks = classes(box)
        name = next((c for c in marks if c not in ("admonition", FOREIGN)), NOTE.name)
        title = box.find("p[@class='admonition-title']")
        heading: list[Node] = []
        if title is not None:
            heading = list(child_nodes(title))
            take_out(box, title)
        foreign = FOREIGN in marks and name not in OURS and not _is_exercise(name, box)
        if foreign and heading and not len(box) and not (box.text or "").strip():
            # All of its text is on the line of the mark.
            set_children(box, [new_element("p", heading)])
            heading = []
        block = NOTE if foreign else written_as("box", name)
        if block is None:
            place = self.locate.next(rf"^ {{0,3}}!!! +({re.escape(name)})")
            facts = {"kind": name, "known": ", ".join(BOXES)}
            meant = nearest(name, BOXES)
            self.problems.append(problem("unknown-box", place, meant=meant, **facts))
            block = NOTE
        self.arrange(box, Written(block, name, parent, level, self.locate, self.language, heading))

    def arrange(self, element: Element, written: Written) -> None:
        self.problems += written.block.arrange(element, written)

    # Sections

    def sections(self, body: Element) -> None:
        """Gather what follows a heading with a kind's class, or `only`, up to the next of its level."""
        for parent in list(body.iter()):
            for heading in [e for e in parent if e.tag in HEADINGS]:
                for name in classes(heading):
                    if block := written_as("heading", name):
                        level = int(heading.tag[1])
                        self.arrange(
                            heading, Written(block, name, parent, level, self.locate, self.language)
                        )
                if "only" in heading.attrib:
                    gather(parent, heading, "div", {"only": heading.attrib.pop("only")})

    def only(self, body: Element) -> None:
        """Ignore unknown media: a block with no other is for all media."""
        for element in body.iter():
            if "only" in element.attrib:
                written = element.attrib.pop("only").split()
                if known := [medium for medium in written if medium in MEDIA]:
                    element.set("only", " ".join(known))
                for medium in written:
                    if medium not in MEDIA:
                        place = self.locate.next(rf"\bonly=[^}}\n>]*?\b({re.escape(medium)})\b")
                        facts = {"medium": medium, "known": ", ".join(MEDIA)}
                        meant = nearest(medium, MEDIA)
                        self.problems.append(problem("unknown-medium", place, meant=meant, **facts))

    def strays(self, parent: Element) -> None:
        """Report an attribute line within other text: it belongs to no block, and would be published."""
        for node in child_nodes(parent):
            if isinstance(node, Element):
                if node.tag not in CODE:
                    self.strays(node)
                continue
            for found in _STRAY.finditer(node):
                near = node[max(0, found.start() - _NEAR) : found.start()]
                before = r"\W+".join(re.findall(r"\w+", near)[-3:])
                as_written = re.sub(r"[\"'“”‘’]", "[\"'“”‘’]", re.escape(found[0]))
                place = self.locate.next(rf"{before}\W*?({as_written})")
                shown = re.sub("[“”]", '"', found[0])
                self.problems.append(problem("stray-attributes", place, written=shown))
