"""SVG: reduce a drawing to the shapes and text that every renderer can read safely.

The complete tree is checked before the press reads it, so that bombs, scripts and external references
never reach a renderer. No maintained library does this: those for HTML leave references and CSS in a drawing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from handpress.assets.formats import HTML, MEDIA_TYPES, SVG, XLINK, Broken, Huge, Incomplete
from handpress.assets.geometry import sound
from handpress.assets.lettering import lettered, words
from handpress.assets.raster import as_png, plain
from handpress.core.caches.recent import by_digest
from handpress.core.files.disk import Asset

SVG_BYTES = 3_000_000
SVG_ELEMENTS = 20_000  # with every `use` expanded
SVG_DEPTH = 60

# SVG 1.1 without scripting, animation, embedded fonts and filters. Text of foreign objects is kept.
SVG_KEPT = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "image",
        "a",
        "switch",
    ]
)

# The elements that every e-reader draws the same way. Text depends on the reader's fonts.
SVG_EVERYWHERE = SVG_KEPT - {
    "text",
    "tspan",
    "textPath",
    "mask",
    "pattern",
    "marker",
    "image",
    "switch",
}


@by_digest(most=1024)
def unportable_letters(asset: Asset) -> str | None:
    """Return the letters in a clean SVG with elements that e-readers draw differently; None without such elements."""
    root = ElementTree.fromstring(asset.read())
    if {e.tag.removeprefix(SVG) for e in root.iter()} <= SVG_EVERYWHERE:
        return None
    return letters_of(asset)


@by_digest(most=1024)
def letters_of(asset: Asset) -> str:
    """Return the letters in a clean SVG."""
    root = ElementTree.fromstring(asset.read())
    return "".join(text for e in root.iter(f"{SVG}text") for text in e.itertext())


# No font has the separators, and few have the hyphen. Lines of a drawing never break anyway.
PLAINER = str.maketrans({"\N{NON-BREAKING HYPHEN}": "-", "\u2028": " ", "\u2029": " "})


def _plainer(root: ElementTree.Element) -> None:
    for element in root.iter():
        if element.tag != f"{SVG}style":
            element.text = element.text and element.text.translate(PLAINER)
        element.tail = element.tail and element.tail.translate(PLAINER)


def looks_like_svg(data: bytes) -> bool:
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and (b"<svg" in data[:4000] or head.startswith(b"<?xml"))


def clean_svg(data: bytes) -> tuple[bytes, int, int]:
    """Return an SVG reduced to its drawing, and its width and height in user units."""
    if len(data) > SVG_BYTES:
        raise Huge(f"the SVG has {len(data) / 1e6:.1f} MB; the limit is {SVG_BYTES / 1e6:.0f} MB")
    try:
        # In another encoding, the next check could miss what the parser would read.
        text = re.sub(r"\A\s*<\?xml[^>]*>", "", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Broken("it is not UTF-8 text") from None
    if re.search(r"<!DOCTYPE[^>]*\[|<!ENTITY", text):
        raise Broken("it declares its own entities")
    try:
        root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text, count=1))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise Broken(f"it is not valid XML: {error}") from None
    if root.tag == "svg":
        raise Broken('its first tag has no xmlns="http://www.w3.org/2000/svg"')
    if root.tag != f"{SVG}svg":
        raise Broken("its first tag is not `svg`")
    try:
        _inline_stylesheets(root)
        _remove_unknown(root, 1)
    except RecursionError:
        raise Huge("its stylesheet is nested too deeply") from None
    _plainer(root)
    try:
        _count_elements(root)
    except RecursionError:
        raise Huge("its `use` elements form too long a chain") from None
    width, height = _size_of(root)
    ElementTree.register_namespace("", SVG.strip("{}"))
    ElementTree.register_namespace("xlink", XLINK.partition("}")[0].strip("{"))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), width, height


# A value that refers outside the picture, or that could hide such a reference by escapes and comments.
_OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!\s*['\"]?#)|image\(|image-set\(|src\(|@import|javascript:|\\|/\*", re.I
)
# Properties that draw the element they refer to.
PAINTS = frozenset(
    ["fill", "stroke", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end"]
)
TEXTS = (f"{SVG}text", f"{SVG}tspan", f"{SVG}textPath")
# Elements whose text is never visible.
UNSEEN = frozenset(["script", "style", "metadata", "title", "desc", "filter"])


def _data_url(url: str) -> bytes | None:
    """Return the bytes in a picture's `data:` URL (RFC 2397); None for any other address."""
    head, comma, body = url.strip().partition(",")
    if not comma or not head.lower().startswith("data:image/"):
        return None
    data = unquote_to_bytes(body)
    try:
        return base64.b64decode(data) if head.lower().rstrip().endswith("base64") else data
    except ValueError:
        raise Broken("a picture embedded in it is damaged") from None


def _inline_stylesheets(root: ElementTree.Element) -> None:
    """Copy the picture's own stylesheets into `style` attributes.

    The stylesheets are not kept, since in an ebook or a page they would also apply to other content. An
    element's own declarations take precedence.
    """
    sheets = [e for e in root.iter(f"{SVG}style") if e.text]
    if not sheets:
        return
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    css = "\n".join(sheet.text or "" for sheet in sheets)
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue  # pages, faces, media: irrelevant for a drawing
        said = tinycss2.serialize(rule.content).strip().rstrip(";")
        try:
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, said)
        except cssselect2.SelectorError as error:
            raise Broken(f"its stylesheet cannot be read: {error}") from None
    room = SVG_BYTES
    for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        found = [said for _, _, pseudo, said in matcher.match(wrapped) if not pseudo]
        element = wrapped.etree_element
        room -= sum(map(len, found))
        if room < 0:
            raise Huge("its stylesheet has too many rules for too many shapes")
        if found:
            own = element.get("style", "")
            element.set("style", "; ".join(filter(None, (*found, own))))


def _kept_style(written: str) -> str:
    """Return the declarations of a `style` without external references. Raises :class:`Incomplete`."""
    import tinycss2

    kept = []
    for said in tinycss2.parse_declaration_list(written, skip_comments=True, skip_whitespace=True):
        if said.type != "declaration":
            continue
        value = [token for token in said.value if token.type != "comment"]
        text = tinycss2.serialize(value).strip()
        if not _OUTSIDE.search(text):
            if sound(said.lower_name, text) is None:
                continue
            kept.append(f"{said.name}: {text}{' !important' if said.important else ''}")
        elif said.lower_name in PAINTS:
            raise Incomplete(f"it refers to `{text}`, which it does not contain")
    return "; ".join(kept)


def _remove_unknown(element: ElementTree.Element, depth: int) -> None:
    """Reduce `element` to drawing. Raises :class:`Incomplete` if visible content would be lost."""
    if depth > SVG_DEPTH:
        raise Huge(f"its shapes are nested more than {SVG_DEPTH} deep")
    _keep_inside(element)
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        stray = tag in TEXTS[1:] and element.tag not in TEXTS  # which browsers do not show
        if tag == f"{SVG}switch":
            _choose(child)
        elif tag == f"{SVG}foreignObject" and words(child):
            _replace(element, child, _letters(child))
        elif not tag.startswith(SVG) or tag[len(SVG) :] not in SVG_KEPT or stray:
            _leave_out(element, child)
        elif tag == f"{SVG}a":  # a link in a picture has no effect on paper
            child.tag = f"{SVG}tspan" if element.tag in TEXTS else f"{SVG}g"
            child.attrib.pop(XLINK, None)
            child.attrib.pop("href", None)
    for child in list(element):
        _remove_unknown(child, depth + 1)
        if child.tag == f"{SVG}image" and not (child.get("href") or child.get(XLINK)):
            element.remove(child)


def _keep_inside(element: ElementTree.Element) -> None:
    """Keep only the attributes of an element that run nothing and refer to nothing outside."""
    for key, value in list(element.attrib.items()):
        local = key.rpartition("}")[2]
        if (key.startswith("{") and key != XLINK) or local.startswith("on"):
            del element.attrib[key]
        elif local == "href" and not value.strip().startswith("#"):
            data = _data_url(value) if element.tag == f"{SVG}image" else None
            if data is None:
                raise Incomplete(f"it shows `{value[:60]}`, which is not embedded")
            element.set(key, _inside(data))
        elif key == "style":
            element.set(key, _kept_style(value))
        elif local == "href":
            if element.tag == f"{SVG}image":  # a picture is not a shape of the drawing
                del element.attrib[key]
        elif _OUTSIDE.search(value):
            if local in PAINTS:
                raise Incomplete(f"it refers to `{value}`, which it does not contain")
            del element.attrib[key]
        elif (kept := sound(key, value)) is None:
            del element.attrib[key]
        elif kept != value.strip():
            element.set(key, kept)


def _inside(data: bytes) -> str:
    """Return the `data:` URL of a picture within a picture, in a form that all media render the same way."""
    if looks_like_svg(data):
        raise Incomplete("it contains an SVG as a picture")
    kind, _, _, shown = plain(data)
    if kind not in ("png", "jpg"):
        kind, shown = as_png(shown)
    return f"data:{MEDIA_TYPES[kind]};base64,{base64.b64encode(shown).decode()}"


def _letters(foreign: ElementTree.Element) -> ElementTree.Element:
    text = lettered(foreign)
    if text is None:
        raise Incomplete(f"a `<foreignObject>` contains more than text: {words(foreign)}")
    return text


def _choose(switch: ElementTree.Element) -> None:
    """Reduce a `switch` to its visible child (SVG 2, section 5.8.3), in a form that all renderers support."""
    able = [e for e in switch if isinstance(e.tag, str) and not e.get("requiredExtensions")]
    chosen = next((e for e in able if not e.get("systemLanguage")), None)
    others = able[able.index(chosen) + 1 :] if chosen is not None else able[:1]
    for child in list(switch):
        switch.remove(child)
    switch.tag = f"{SVG}g"
    if chosen is not None and chosen.tag == f"{SVG}foreignObject":
        chosen = _instead(chosen, others)
    elif chosen is None and others:
        chosen = others[0]
    if chosen is not None:
        switch.append(chosen)


def _instead(
    foreign: ElementTree.Element, others: list[ElementTree.Element]
) -> ElementTree.Element | None:
    """Return the drawing for the HTML of a `switch`.

    This is the program's own text or picture, if it has all the words; otherwise the words are set here.
    """
    wanted = words(foreign)
    for other in others:
        drawn = "".join("".join(other.itertext()).split())
        if drawn == "".join(wanted.split()) or other.tag == f"{SVG}image":
            return other
    return _letters(foreign) if wanted else None


def _replace(
    parent: ElementTree.Element, old: ElementTree.Element, new: ElementTree.Element
) -> None:
    new.tail = old.tail
    parent[list(parent).index(old)] = new


def _leave_out(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Remove an element that is not drawing. Visible words in it would be a loss."""
    tag = child.tag if isinstance(child.tag, str) else ""
    space, _, local = tag.rpartition("}")
    lost = " ".join("".join(child.itertext()).split()) if tag else ""
    if lost and local not in UNSEEN and f"{space}}}" in (SVG, HTML) and local != "foreignObject":
        raise Incomplete(f"text in `<{local}>` is not drawn: {lost}")
    parent.remove(child)


def _count_elements(root: ElementTree.Element) -> None:
    """Count the shapes drawn with every reference followed; refuse bombs and loops."""
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}
    weights: dict[int, int] = {}
    open_: set[int] = set()

    def weight(element: ElementTree.Element) -> int:
        key = id(element)
        if key in weights:
            return weights[key]
        if key in open_:
            raise Broken("it contains a shape that uses itself")
        open_.add(key)
        total = 1 + sum(weight(child) for child in element)
        for name, id_ in _references(element):
            if (target := by_id.get(id_)) is not None:
                # A marker is drawn at each corner.
                corners = (
                    f"{element.get('d', '')} {element.get('points', '')}"
                    if "marker" in name
                    else ""
                )
                total += weight(target) * (1 + len(re.findall(r"[\d.]+", corners)))
        open_.discard(key)
        if total > SVG_ELEMENTS:
            raise Huge(f"it draws more than {SVG_ELEMENTS} shapes")
        weights[key] = total
        return total

    weight(root)


def _references(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the ids that `element` refers to, each with the name of the attribute."""
    for key, value in element.attrib.items():
        if key in ("href", XLINK) and value.startswith("#"):
            yield key, value[1:]
        for id_ in re.findall(r"url\(\s*['\"]?\s*#([^'\")\s]+)", value, re.I):
            yield (value if key == "style" else key), id_


def _size_of(root: ElementTree.Element) -> tuple[int, int]:
    box = [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return round(min(box[2], 1e6)), round(min(box[3], 1e6))
    sides = []
    for key in ("width", "height"):
        found = re.fullmatch(r"\s*(\d+\.?\d*)\s*(px|pt|mm|cm|in)?\s*", root.get(key, ""))
        sides.append(round(min(float(found[1]), 1e6)) if found else 0)
    if all(sides):
        # Without a viewBox the drawing would not scale with its frame, but be cut off.
        root.set("viewBox", f"0 0 {sides[0]} {sides[1]}")
    return sides[0], sides[1]
