"""Writing an article: each block in the plainest way that is read as the same block again.

The reader of Handpress is the judge. A block that it reads as another one is written with more care: with all signs
escaped, with emphasis as HTML, at last as HTML altogether.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handpress.importers.html import words_of
from handpress.importers.markdown.blocks import as_html, block_of, blocks_of, needs_html
from handpress.importers.markdown.inlines import Way, line_of
from handpress.importers.simplify import Simplifier
from handpress.markup.markdown import to_tree
from handpress.markup.tree import Element, child_nodes, new_element, text_of, unwrap

WAYS = (Way(), Way(all_marks=True), Way(tags=True), Way(all_marks=True, tags=True))
# Signs that the reader sets in the manner of its language.
CELLS = {"th": "cell", "td": "cell", "tr": "tr"}  # the parts of tables that count unless empty
TYPOGRAPHY = str.maketrans(
    {
        "“": "'",
        "”": "'",
        "„": "'",
        "‘": "'",
        "’": "'",
        '"': "'",
        "–": "-",
        "—": "-",
        "\xa0": " ",
        "…": ".",
    }
)


def write(body: Element, notes: Mapping[str, Element]) -> tuple[str, list[Element]]:
    """Return a simple tree as Markdown, and the blocks that only HTML could show."""
    # A reference without its note would be text, so each block is judged with notes of one word.
    written = blocks_of(body, WAYS[0])
    odd: list[Element] = []
    if not _same("\n\n".join(written), new_element("body", list(body)), notes):
        written, odd = _with_care(list(body), notes)
    text = "\n\n".join(written)
    for label, note in notes.items():
        inside = "\n\n".join(_with_care(list(note), {})[0])
        first, *rest = inside.split("\n")
        lines = [f"[^{label}]: {first}", *(f"    {line}".rstrip() for line in rest)]
        text += "\n\n" + "\n".join(lines)
    return text.strip() + "\n", odd


def notes_in_place(body: Element, notes: dict[str, Element]) -> list[str]:
    """Put notes into the text of tables and captions that are HTML, in place; return their texts.

    Handpress reads no references there.
    """
    moved: list[str] = []
    for holder in list(body.iter()):
        if holder.tag != "figcaption" and not (holder.tag == "table" and needs_html(holder)):
            continue
        for parent in list(holder.iter()):
            for note in [child for child in parent if child.tag == "note"]:
                moved.append(text_of(notes[note.get("label", "")]))
                note.text = f" [{moved[-1]}]"
                unwrap(parent, note)
    used = {note.get("label") for part in (body, *notes.values()) for note in part.iter("note")}
    for label in [label for label in notes if label not in used]:
        del notes[label]
    return moved


def _with_care(
    blocks: list[Element], notes: Mapping[str, Element]
) -> tuple[list[str], list[Element]]:
    written: list[str] = []
    odd: list[Element] = []
    last, other = "", False
    for block in blocks:
        other = block.tag == last and block.tag in ("ul", "ol") and not other
        last = block.tag
        ways = [block_of(block, way, other) for way in WAYS]
        found = next((t for t in ways if _same(t, new_element("body", [block]), notes)), None)
        if found is None:
            # The structure is changed by each of them, so that the words decide.
            found = next(
                (
                    t
                    for t in ways
                    if plain_text(_read(t, notes)) == plain_text(new_element("body", [block]))
                ),
                None,
            )
            odd.append(block)
            found = found or as_html(block)
        if found.strip():
            written.append(found)
    return written, odd


def words_read(text: str) -> list[str]:
    """Return the words that readers of a Markdown text get, its captions included."""
    tree = to_tree(text)
    join_titles(tree)
    _calls(tree)
    return words_of(tree)


def _same(text: str, body: Element, notes: Mapping[str, Element]) -> bool:
    return bool(_shape(_read(text, notes)) == _shape(body))


def _read(text: str, notes: Mapping[str, Element]) -> Element:
    used = [label for label in notes if f"[^{label}]" in text]
    tree = to_tree(text + "".join(f"\n\n[^{label}]: x" for label in used))
    _calls(tree)
    join_titles(tree)
    for part in list(tree):
        if part.get("class") == "footnote":
            tree.remove(part)
    return Simplifier("").simplify(tree)


def _calls(tree: Element) -> None:
    """Turn references to notes into the element that a simple tree has, in place, without their numbers."""
    for element in list(tree.iter("sup")):
        if element.get("id", "").startswith("fnref"):
            element.tag, element.text, element[:] = "note", None, []


def join_titles(tree: Element) -> None:
    """Turn pictures with a title into figures with a caption, in place, as Handpress does later."""
    for paragraph in tree.iter("p"):
        images = list(paragraph.iter("img"))
        if len(images) == 1 and images[0].get("title") and not text_of(paragraph):
            paragraph.tag = "figure"
            paragraph.append(new_element("figcaption", [images[0].attrib.pop("title")]))


def plain_text(tree: Element) -> str:
    """Return the text of a tree, without the differences that typography makes."""
    return " ".join(_untypographic(text_of(tree)).split())


def _untypographic(text: str) -> str:
    return re.sub(r"-+", "-", re.sub(r"\.\.+", ".", text.translate(TYPOGRAPHY)))


def _shape(element: Element) -> Any:
    """Return what has to stay the same of a tree: names, addresses and words."""
    made: list[Any] = []
    for node in child_nodes(element):
        for part in (node,) if isinstance(node, str) else _shapes(node):
            _add(made, part)
    return tuple(
        " ".join(n.split()) if isinstance(n, str) else n
        for n in made
        if not isinstance(n, str) or n.strip()
    )


def _shapes(node: Element) -> tuple[Any, ...]:
    """Return what an element adds to the shape of the one around it."""
    if node.tag == "a" and _is_bare(node):
        return (text_of(node),)
    if node.tag == "img":
        words = " ".join(node.get("alt", "").translate(TYPOGRAPHY).split())
        return (("img", _folded(node.get("src", "")), words),)
    if formula := _formula(node):
        return formula
    if node.tag == "figcaption":
        return (("figcaption", plain_text(node)),)
    inside = _shape(node)
    if name := CELLS.get(node.tag):
        return ((name, inside),) if inside else ()
    only = inside[0] if len(inside) == 1 else None
    if node.tag in ("p", "figure") and isinstance(only, tuple) and only[0] == "img":
        return (only,)
    if node.tag == "a":
        return (("a", _folded(node.get("href", "")), inside),)
    if node.tag == "ol":
        return (("ol", node.get("start", "1"), inside),)
    return ((node.tag, inside),)


def _formula(node: Element) -> tuple[Any, ...]:
    """Return the shape that the reader gives to a formula, or to one that is a paragraph; () for other elements.

    That is its letters and signs, or its source.
    """
    alone = node.tag == "p" and len(node) == 1 and text_of(node) == text_of(node[0])
    formula = node[0] if alone else node
    if formula.tag != "tex":
        return ()
    copied = new_element("tex", [formula.text or ""], dict(formula.attrib))
    shape: tuple[Any, ...] = _shape(_read(line_of(new_element("p", [copied]), WAYS[0]), {}))
    in_line = len(shape) == 1 and shape[0][0] == "p"
    return tuple(shape[0][1]) if in_line and not alone else shape


def _add(made: list[Any], part: Any) -> None:
    """Add a text to the text before it, and anything else as it is."""
    if not isinstance(part, str):
        made.append(part)
        return
    part = _untypographic(part)
    if made and isinstance(made[-1], str):
        made[-1] += part
    else:
        made.append(part)


def _is_bare(link: Element) -> bool:
    """Return whether a link only repeats an address in the text."""
    words, target = text_of(link), link.get("href", "")
    return bool(words) and target in (
        words,
        f"http://{words}",
        f"https://{words}",
        f"mailto:{words}",
    )


def _folded(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address.strip())
