"""Block: the facts about one kind of block, which are a row of the table in :mod:`.registry`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct, field

from handpress.core.problems.problem import Problem
from handpress.markup.positions import Locator
from handpress.markup.tree import Element, Node, child_nodes, new_element, set_children

FOREIGN = "foreign"  # the class of a box in another program's notation, until it is arranged
Mark = Literal["box", "heading", "element"]


class Written(Struct, frozen=True):
    """How an author wrote one block. `level` is that of the heading above it."""

    block: Block
    name: str  # the name that the author used
    parent: Element
    level: int
    locate: Locator
    language: str
    title: list[Node] = field(default_factory=list)


def titled_box(box: Element, written: Written, word: str = "") -> Iterable[Problem]:
    """Turn `box` into its title, as written or else the `word` or that of its kind, and what is in it."""
    block = written.block
    word = word or block.word
    box.tag = block.tag
    box.set("class", block.name)
    if written.title or word:
        supplied = {} if written.title else {"data-word": word}
        title = new_element("p", written.title, {"class": "title"} | supplied)
        set_children(box, [title, *child_nodes(box)])
    return ()


class Block(Struct, frozen=True):
    """A kind of block.

    An author marks it in one of three ways: with a box (``!!! name``), a class on a heading
    (``{: .name }``), or an element that Markdown makes anyway. `arrange` turns what is written, in
    place, into ``<tag class="name">``, by which every later stage finds it again. The default needs no
    code of the kind's own: a title and what is in the box.
    """

    name: str
    names: tuple[str, ...] = ()  # the names that an author can use; its own by default
    mark: Mark = "box"
    arrange: Callable[[Element, Written], Iterable[Problem]] = titled_box
    tag: str = "section"
    word: str = ""  # the title that it has if the author gives none: a key of its words
    # Changes one block once all of its article are arranged; it gets the block and the article's body.
    finish: Callable[[Element, Element], None] | None = None
    # Prepares the parts to fill in with a pen, in media that people write on.
    write_in: Callable[[Element], None] | None = None
    # Removes them, in media that nobody writes on.
    read_only: Callable[[Element], None] | None = None
    # Turns the columns of its table to rows, for large print and ebooks.
    in_rows: Callable[[Element], None] | None = None
    tables: tuple[str, ...] = ()  # classes of tables that it makes itself
    bullets: bool = True  # whether the items of a list have bullets or numbers
    whole: bool = False  # whether preflight warns of one that is split over two pages
    divisible: bool = False  # whether one column of a handout may split it, where a third of a page would be empty
    epub_type: str = ""
    role: str = ""  # of ARIA
    labelled: bool = False  # in an ebook, its title becomes its name, and is not a heading
    # A key of its words: how a web page counts it among the contents of an article.
    inside: str = ""
    inset: int = 0  # characters that its frame takes from a line on a phone
