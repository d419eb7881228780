"""Converting: a post to Markdown, with each difference recorded at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from handpress.core.limits import TooSlow, memory_limit, time_limit
from handpress.core.problems.report import many
from handpress.importers.html import (
    ancestors,
    excerpt_of,
    find_all,
    parents_of,
    parse_fragment,
    words_in,
    words_of,
)
from handpress.importers.leave_out import leave_out, leave_out_code
from handpress.importers.markdown.write import join_titles, notes_in_place, words_read, write
from handpress.importers.maths.signs import signs_in_line
from handpress.importers.media import tex_of
from handpress.importers.model import ImportRefused, Loss, Post, Result, Writer
from handpress.importers.recognise.author_box import take_author_boxes
from handpress.importers.recognise.exercises import suggested
from handpress.importers.recognise.faq import mark_faq
from handpress.importers.recognise.notes import take_notes
from handpress.importers.simplify import BLOCKS, Simplifier, is_silent
from handpress.markup.markdown import to_tree
from handpress.markup.tree import (
    HEADINGS,
    Element,
    child_nodes,
    has_content,
    new_element,
    serialize,
    set_children,
    text_of,
    unwrap,
)

SECONDS, MEMORY = 120, 2_000_000_000  # for one post
SCHEMES = ("http", "https", "mailto", "tel")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:$|\?)", re.I)


class Around(Struct, frozen=True):
    """The rest of an import, as far as a post depends on it.

    `file_of` returns the file of the post at an address, "" if there is none; `picture_of` the path of the saved
    picture at an address, "" if it did not come along.
    """

    file_of: Callable[[str], str]
    picture_of: Callable[[str], str]
    web: bool = False  # so that parts of a page are left out


def convert(post: Post, around: Around) -> tuple[Result, tuple[Writer, ...]]:
    """Return `post` as Markdown, and the authors with a bio in its text. Raises :class:`ImportRefused`."""
    try:
        with time_limit(SECONDS), memory_limit(MEMORY):
            return _convert(post, around)
    except (TooSlow, MemoryError, RecursionError) as error:
        reason = (
            "is nested too deep" if isinstance(error, RecursionError) else "takes too long to read"
        )
        raise ImportRefused(
            f"`{post.title or post.place}` {reason}", "import it without its largest part"
        ) from None


def _convert(post: Post, around: Around) -> tuple[Result, tuple[Writer, ...]]:
    lose = partial(Loss, post.place)
    tree = parse_fragment(post.html)
    losses = [*post.losses, *leave_out_code(tree, post.place)]
    if around.web:
        losses += leave_out(tree, post.place, page=False)
    writers = take_author_boxes(tree, tuple(w.name for w in post.writers))
    losses += [lose("changed", f"the bio of {w.name} moved to the authors") for w in writers]
    _drop_title(tree, post.title)
    _note_scripts(tree)
    notes = take_notes(tree)
    before = _words(tree, *notes.values())
    losses += [lose("guessed", "a title for questions and answers", t) for t in mark_faq(tree)]
    _name_targets(tree)
    body, simple, changed = _simplified(tree, notes, post, around)
    losses += changed
    pictures: list[str] = []
    for part in (body, *simple.values()):
        losses += _resolve(part, post, around, pictures)
    _levels(body)
    _trim(body)
    text, odd = write(body, simple)
    plainer = "written as HTML or in a plainer form (`{}`)"
    losses += [lose("changed", plainer.format(b.tag), excerpt_of(b)) for b in odd]
    if not text.strip():
        losses.append(lose("missing", "it has no text"))
    losses += [lose("suggested", f"an exercise: {title}", w) for title, w in suggested(body)]
    after = Counter(words_read(text))
    if lost := list((before - after).elements()):
        what = f"{many(len(lost), 'word')} different or missing"
        losses.append(lose("changed", what, " ".join(lost[:20])))
    read = to_tree(text)
    join_titles(read)
    result = Result(
        post,
        text,
        tuple(dict.fromkeys(pictures)),
        sum(1 for part in (body, *simple.values()) for e in part.iter("a")),
        sum(before.values()),
        sum((before & after).values()),
        tuple(losses),
        _for_report(_original(post, around)),
        _for_report(read),
    )
    return result, writers


def _simplified(
    tree: Element, notes: Mapping[str, Element], post: Post, around: Around
) -> tuple[Element, dict[str, Element], list[Loss]]:
    """Return an article and its notes in simple elements, with what that changed."""
    simplifier = Simplifier(
        post.place, lambda address: bool(around.picture_of(_whole(post, address)))
    )
    body = simplifier.simplify(tree)
    simple = {label: simplifier.simplify(note) for label, note in notes.items()}
    simple = {label: note for label, note in simple.items() if len(note)}
    _forget_calls(body, simple)
    moved = notes_in_place(body, simple)
    what = "a note in a table or caption is in its text"
    return (
        body,
        simple,
        [*simplifier.losses, *(Loss(post.place, "changed", what, t) for t in moved)],
    )


def _original(post: Post, around: Around) -> Element:
    """Return a post as its export has it, for the report, with marks where parts of a page are left out."""
    tree = parse_fragment(post.original or post.html)
    if around.web and not post.original:
        leave_out(tree, post.place, page=False, mark=True)
    return tree


def _words(*trees: Element) -> Counter[str]:
    """Return the words of an article, without those of scripts and forms, and of formulas only if they are text."""
    found = Counter(word for tree in trees for word in words_of(tree))
    stack = list(trees)
    while stack:
        element = stack.pop()
        if is_silent(element) or element.tag == "math":
            found -= Counter(words_of(element))
            if element.tag == "math" and not tex_of(element):
                found += Counter(words_in(signs_in_line(element)))
        else:
            stack += list(element)
    return found


def _drop_title(tree: Element, title: str) -> None:
    """Remove the first heading if it repeats the title, which is in the settings."""
    first = next(iter(find_all(tree, lambda e: e.tag in HEADINGS)), None)
    if first is not None and title and words_of(first) == words_of(new_element("p", [title])):
        parent = parents_of(tree)[first]
        before = "".join(
            text_of(e) for e in list(tree)[:1] if e is not first and first not in list(e.iter())
        )
        if not before:
            set_children(parent, [n for n in child_nodes(parent) if n is not first])


def _note_scripts(tree: Element) -> None:
    """Read the place-holder of a picture that is loaded late: the picture itself is in `noscript`."""
    parents = parents_of(tree)
    for element in [e for e in tree.iter("noscript") if e.find(".//img") is not None]:
        siblings = list(parents[element])
        before = siblings[: siblings.index(element)]
        if any(e.tag == "img" or e.find(".//img") is not None for e in before[-2:]):
            continue
        unwrap(parents[element], element)
        parents = parents_of(tree)


def _name_targets(tree: Element) -> None:
    """Give the names of places that links lead to to the blocks around them."""
    wanted = {
        e.get("href", "")[1:] for e in tree.iter("a") if e.get("href", "").startswith("#")
    } - {""}
    parents = parents_of(tree)
    moved: dict[str, str] = {}
    for element in list(tree.iter()):
        name = element.get("id") or (element.get("name") if element.tag == "a" else "") or ""
        if name not in wanted or element.tag in BLOCKS:
            continue
        block = next((a for a in ancestors(element, parents) if a.tag in BLOCKS), None)
        if block is not None and block.tag != "body":
            block.set("id", block.get("id") or name)
            moved[name] = block.get("id", name)
    for link in tree.iter("a"):
        if (name := link.get("href", "")[1:]) in moved and link.get("href", "").startswith("#"):
            link.set("href", f"#{moved[name]}")


def _forget_calls(body: Element, notes: Mapping[str, Element]) -> None:
    """Remove references to notes without text."""
    for parent in list(body.iter()):
        if any(c.tag == "note" and c.get("label") not in notes for c in parent):
            set_children(
                parent,
                [
                    n
                    for n in child_nodes(parent)
                    if isinstance(n, str) or n.tag != "note" or n.get("label") in notes
                ],
            )


def _whole(post: Post, address: str) -> str:
    """Return an address of a post with that of its page before it."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return address
    return (
        f"https:{address}" if address.startswith("//") else urljoin(post.base or post.url, address)
    )


def _resolve(body: Element, post: Post, around: Around, pictures: list[str]) -> list[Loss]:
    """Replace the addresses in a simple tree, in place, and return those that lead to nothing."""
    losses: list[Loss] = []
    blocks = {b.get("id"): b for b in body.iter() if b.get("id")}
    for image in list(body.iter("img")):
        address = _whole(post, image.get("src", ""))
        pictures.append(address)
        if path := around.picture_of(address):
            image.set("src", path)
        elif address.startswith(("http:", "https:")):
            image.set("src", address)
            losses.append(
                Loss(
                    post.place,
                    "missing",
                    "a picture is still on the web: run `handpress fetch`",
                    address,
                )
            )
        else:
            losses.append(
                Loss(post.place, "missing", "a picture did not come along", address[:200])
            )
            if address.startswith("data:") or not PICTURE.search(address):
                _forget_picture(body, image)
    for link in list(body.iter("a")):
        written = link.get("href", "")
        address, reason = _target(written, post, around, blocks)
        if (
            len(link) == 1
            and link[0].tag == "img"
            and not text_of(link)
            and PICTURE.search(urlsplit(written).path)
        ):
            address, reason = "", "a link to a larger copy of the picture"
        if address:
            link.set("href", address)
            continue
        losses.append(Loss(post.place, "left out", reason, f"{text_of(link)} ({written[:150]})"))
        parent = parents_of(body)[link]
        unwrap(parent, link)
    return losses


def _trim(body: Element) -> None:
    """Remove rules that are first or last: they separated the article from parts that are left out."""
    while len(body) and body[0].tag == "hr":
        del body[0]
    while len(body) and body[-1].tag == "hr":
        del body[-1]


def _forget_picture(body: Element, image: Element) -> None:
    """Put the description of a picture that nothing could find in its place."""
    image.tag, image.text, image.attrib = "span", image.get("alt", ""), {}
    unwrap(parents_of(body)[image], image)
    for figure in [e for e in body.iter("figure") if e.find(".//img") is None]:
        figure.tag = "p"
        for caption in figure.findall("figcaption"):
            unwrap(figure, caption)
    for parent in list(body.iter()):
        for block in [
            b for b in parent if b.tag == "p" and not has_content(b) and b.find(".//note") is None
        ]:
            parent.remove(block)


def _target(
    written: str, post: Post, around: Around, blocks: Mapping[str | None, Element]
) -> tuple[str, str]:
    """Return the address of a link in the result, or the reason why it has none."""
    whole = _whole(post, written)
    page, _, place = whole.partition("#")
    own = written.startswith("#") or (place and page in (post.url, post.base, f"{post.url}/"))
    if own:
        block = blocks.get(place or written[1:])
        if block is None or block.tag not in ("p", *HEADINGS):
            return "", "a link to a place in the article"
        name = re.sub(r"[^\w-]+", "-", block.get("id", "")).strip("-") or "place"
        block.set("id", name)
        block.set("linked", "yes")
        return f"#{name}", ""
    if file := around.file_of(page):
        return file, ""
    scheme = urlsplit(whole).scheme.lower()
    if scheme in SCHEMES:
        return whole, ""
    if scheme and scheme not in ("file", "cid"):
        return "", f"an unsafe link (`{scheme}:`)"
    return "", "a link to a page or file that is not in the import"


def _levels(body: Element) -> None:
    """Begin with level 2, and leave out no level on the way down; titles are level 1."""
    headings = [e for e in body.iter() if e.tag in HEADINGS]
    written = {level: n for n, level in enumerate(sorted({int(h.tag[1]) for h in headings}), 2)}
    last = 1
    for heading in headings:
        level = min(written[int(heading.tag[1])], last + 1, 6)
        heading.tag = f"h{level}"
        last = level


def _for_report(tree: Element) -> str:
    """Return a tree as HTML that is safe to show: simple elements without attributes."""
    body = Simplifier("").simplify(tree)
    for element in body.iter():
        if element.tag == "img":
            element.tag, element.text = "span", f"[{element.get('alt') or 'picture'}]"
        elif element.tag in ("note", "tex"):
            element.tag = "span"
        href = element.get("href", "")
        element.attrib = {"title": href} if href else {}
    return serialize(body)
