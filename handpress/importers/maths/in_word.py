"""Formulas in the parts of a Word document: taken out before another program reads it, and put back into its HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handpress.importers.maths.office import OFFICE, WORD, mathml_of
from handpress.markup.tree import Element, Node, child_nodes, copy, new_element, set_children

# In place of a formula: its number between two characters that no text has. They are removed from one that has them.
_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
_MARKS = re.compile("[\ufdd0\ufdd1]")


def take_formulas(parts: Mapping[str, Element]) -> tuple[set[str], list[Element]]:
    """Put a mark in place of each formula in `parts`. Return the names of those that have any, and the formulas as MathML.

    Formulas of their own lines are `m:oMathPara`, others are only `m:oMath`.
    """
    changed: set[str] = set()
    formulas: list[Element] = []
    for name, root in parts.items():
        for element in root.iter():
            if element.text and _MARKS.search(element.text):
                element.text = _MARKS.sub("", element.text)
                changed.add(name)
        before = len(formulas)
        _take(root, formulas)
        if len(formulas) > before:
            changed.add(name)
    return changed, formulas


def _take(root: Element, formulas: list[Element]) -> None:
    stack = [root]
    while stack:
        parent = stack.pop()
        for at, child in enumerate(parent):
            if child.tag not in (f"{OFFICE}oMath", f"{OFFICE}oMathPara"):
                stack.append(child)
                continue
            block = child.tag == f"{OFFICE}oMathPara"
            each = child.findall(f"{OFFICE}oMath") if block else [child]
            marks = "".join(f"\ufdd0{len(formulas) + n}\ufdd1" for n in range(len(each)))
            formulas += [mathml_of(one, block=block) for one in each]
            run = new_element(f"{WORD}r", [new_element(f"{WORD}t", [marks])])
            apart = parent.tag != f"{WORD}p" and block
            parent[at] = new_element(f"{WORD}p", [run]) if apart else run


def put_formulas(tree: Element, formulas: list[Element]) -> None:
    """Put `formulas` in place of their marks in the text of `tree`."""
    for parent in list(tree.iter()):
        nodes = list(child_nodes(parent))
        if not any(isinstance(n, str) and _MARK.search(n) for n in nodes):
            continue
        made: list[Node] = []
        for node in nodes:
            if not isinstance(node, str):
                made.append(node)
                continue
            for number, piece in enumerate(_MARK.split(node)):
                if not number % 2:
                    made += [piece] if piece else []
                elif int(piece) < len(formulas):
                    made.append(copy(formulas[int(piece)]))
        set_children(parent, made)


def without_marks(text: str) -> str:
    return _MARK.sub(" ", text)
