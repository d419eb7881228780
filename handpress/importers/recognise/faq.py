"""Questions and answers, in the forms of page builders, to headings below one heading with the class `faq`."""

from __future__ import annotations

import re

from msgspec import Struct

from handpress.importers.html import ancestors, by_class, find, has_class, parents_of, words_of
from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children, text_of

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TITLE = re.compile(
    r"^(?:faqs?|f\.a\.q\.?|q\s*(?:&|and)\s*a|(?:frequently asked|common|your) questions.*|questions (?:and|&) answers"
    r"|häufige fragen.*|preguntas frecuentes.*|questions fréquentes.*|foire aux questions|veelgestelde vragen)\W*$",
    re.I,
)
OWN_TITLE = "Common questions"


class Form(Struct, frozen=True):
    """One question with its answer, as a program writes it: the classes of the whole and of both parts."""

    items: tuple[str, ...]
    question: tuple[str, ...]
    answer: tuple[str, ...]


FORMS = (
    Form(("accordion-item",), ("accordion-item__title", "accordion-button", "accordion-title"), ("accordion-item__description", "accordion-body", "accordion-content")),
    Form(("schema-faq-section",), ("schema-faq-question",), ("schema-faq-answer",)),
    Form(("rank-math-list-item", "rank-math-faq-item"), ("rank-math-question",), ("rank-math-answer",)),
    Form(("kg-toggle-card",), ("kg-toggle-heading-text", "kg-toggle-heading"), ("kg-toggle-content",)),
    Form(("wp-block-accordion-item",), ("wp-block-accordion-heading",), ("wp-block-accordion-panel",)),
    Form(("elementor-accordion-item", "elementor-toggle-item"), ("elementor-accordion-title", "elementor-toggle-title"), ("elementor-tab-content",)),
    Form(("faq-item", "uagb-faq-item", "sp-easy-accordion"), ("faq-question", "uagb-question"), ("faq-answer", "uagb-faq-content")),
    Form(("et_pb_toggle",), ("et_pb_toggle_title",), ("et_pb_toggle_content",)),
)  # fmt: skip


def mark_faq(tree: Element) -> list[str]:
    """Turn questions and answers into headings and text, in place; return the titles that were added."""
    added: list[str] = []
    for items in _groups(tree):
        _rewrite(tree, items, added)
    _mark_headings(tree)
    return added


Item = tuple[Element, Element | str, list[Node]]


def _groups(tree: Element) -> list[list[Item]]:
    """Return the questions of each block: the whole element, the question and the answer."""
    parents = parents_of(tree)
    groups: dict[Element, list[Item]] = {}
    for form in FORMS:
        for item in by_class(tree, *form.items):
            question = find(item, lambda e, form=form: has_class(e, *form.question))  # type: ignore[misc]
            answer = find(item, lambda e, form=form: has_class(e, *form.answer))  # type: ignore[misc]
            if question is not None and answer is not None and _is_all(item, question, answer):
                groups.setdefault(parents[item], []).append(
                    (item, question, list(child_nodes(answer)))
                )
    folds: dict[Element, list[Item]] = {}
    for item in tree.iter("details"):
        summary = item.find("summary")
        if (
            summary is not None
            and text_of(summary)
            and not any(p in folds for p in ancestors(item, parents))
        ):
            rest = [n for n in child_nodes(item) if n is not summary]
            folds.setdefault(parents[item], []).append((item, summary, rest))
    # A folding part is a question only if one of the titles is.
    groups |= {p: items for p, items in folds.items() if any("?" in _title(q) for _, q, _ in items)}
    return list(groups.values())


def _is_all(item: Element, question: Element, answer: Element) -> bool:
    """Return whether an item has no other words than its question and its answer, so that none gets lost."""
    return bool(text_of(question)) and len(words_of(item)) <= len(words_of(question)) + len(
        words_of(answer)
    )


def _title(question: Element | str) -> str:
    return question if isinstance(question, str) else text_of(question)


def _rewrite(tree: Element, items: list[Item], added: list[str]) -> None:
    parents = parents_of(tree)
    first = items[0][0]
    if first not in parents:  # it was within the question of another one
        return
    before = _heading_before(tree, first)
    if before is not None and (
        TITLE.match(text_of(before)) or "question" in text_of(before).lower()
    ):
        level = int(before.tag[1])
        _add_class(before)
    else:
        level = 2
        title = new_element("h2", [OWN_TITLE], {"class": "faq"})
        added.append(OWN_TITLE)
        parent = parents[first]
        if parent.tag in ("ul", "ol", "dl") and parents.get(parent) is not None:
            first_of, parent = parent, parents[parent]
        else:
            first_of = first
        nodes = list(child_nodes(parent))
        at = next(n for n, node in enumerate(nodes) if node is first_of)
        set_children(parent, [*nodes[:at], title, *nodes[at:]])
    for item, question, answer in items:
        heading = new_element(f"h{min(level + 1, 6)}", [_title(question)])
        tail = item.tail
        set_children(item, [heading, *answer])
        item.tag, item.tail, item.attrib = "div", tail, {}
    parents = parents_of(tree)
    if (around := parents.get(first)) is not None and around.tag in ("ul", "ol", "dl"):
        around.tag = "div"


def _heading_before(tree: Element, element: Element) -> Element | None:
    """Return the heading before `element`, with no text between them."""
    last: Element | None = None
    clear = True
    stack: list[Node] = [tree]
    while stack:
        node = stack.pop()
        if node is element:
            return last if clear else None
        if isinstance(node, str):
            clear = clear and not node.strip()
        elif node.tag in HEADINGS:
            last, clear = node, True
        elif isinstance(node.tag, str):
            stack.extend(reversed(list(child_nodes(node))))
    return None


def _add_class(heading: Element) -> None:
    heading.set("class", "faq")


def _mark_headings(tree: Element) -> None:
    """Mark a heading such as "FAQ" that has headings with question marks below it."""
    headings = [e for e in tree.iter() if e.tag in HEADINGS and text_of(e)]
    for number, heading in enumerate(headings):
        if has_class(heading, "faq"):
            continue
        heading.attrib.pop("class", None)
        below = []
        for other in headings[number + 1 :]:
            if other.tag <= heading.tag:
                break
            below.append(other)
        asked = [b for b in below if text_of(b).endswith("?")]
        if (
            below
            and 2 * len(asked) >= len(below)
            and (
                TITLE.match(text_of(heading))
                or (len(asked) > 2 and "question" in text_of(heading).lower())
            )
        ):
            _add_class(heading)
