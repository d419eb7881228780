"""Pictures are what their bytes say, no larger than a page needs, and SVG is drawing and nothing else."""

from __future__ import annotations

import io
import os
import re
from base64 import b64decode, b64encode
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from handpress.assets.formats import Broken, Huge, Incomplete
from handpress.assets.picture import inspect_picture
from handpress.assets.raster import PIXELS
from handpress.assets.svg import SVG_BYTES, SVG_DEPTH, SVG_ELEMENTS, clean_svg
from handpress.core.files.disk import Disk
from handpress.core.problems.problem import Place
from handpress.series.illustrations.pictures import find_picture
from helpers.pictures import DATA, XHTML, png, raster, svg, uses


def cleaned(inside: str) -> str:
    """The remaining content of an SVG, without the `svg` around it."""
    data, *_ = clean_svg(svg(inside))
    root = ElementTree.fromstring(data)
    text = "".join(ElementTree.tostring(child, "unicode") for child in root)
    return text.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace(
        ' xmlns:xlink="http://www.w3.org/1999/xlink"', ""
    )


# --- Types -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "type_", "size"),
    [
        ("a.png", raster("PNG"), "png", (30, 20)),
        ("a.jpg", raster("JPEG"), "jpg", (30, 20)),
        ("a.gif", raster("GIF"), "gif", (30, 20)),
        ("a.webp", raster("WEBP"), "webp", (30, 20)),
        ("jpeg-in.png", raster("JPEG"), "jpg", (30, 20)),
        ("svg-in.png", svg("<g/>"), "svg", (20, 10)),
        ("png-in.svg", raster("PNG"), "png", (30, 20)),
        ("bom.svg", b"\xef\xbb\xbf \n" + svg("<g/>"), "svg", (20, 10)),
    ],
)  # fmt: skip
def test_a_picture_is_what_its_bytes_say(
    name: str, data: bytes, type_: str, size: tuple[int, int]
) -> None:
    picture = inspect_picture(name, data)
    assert (picture.type, picture.width, picture.height) == (type_, *size)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a picture in a supported format"),
        (b"Text.", "not a picture in a supported format"),
        (b"%PDF-1.7", "not a picture in a supported format"),
        (raster("JPEG2000"), "JPEG 2000 pictures are not supported"),
        (b"8BPS and so on", "Photoshop pictures are not supported"),
        (png(30, 20)[:50], "damaged"),
        (png(30, 20, b"no pixels"), "damaged"),
        (b"<html>a page</html>", "not a picture in a supported format"),
        ("<svg/>".encode("utf-16"), "not a picture in a supported format"),
        (b'<?xml version="1.0" encoding="cp037"?><svg>\xff</svg>', "not UTF-8"),
        (b"<svg><g/></svg>", "xmlns"),
        (svg("<g>"), "not valid XML"),
        (b"<?xml version='1.0'?><html/>", "not `svg`"),
    ],
)
def test_what_is_no_picture_is_broken(data: bytes, reason: str) -> None:
    with pytest.raises(Broken, match=reason) as error:
        inspect_picture("a.png", data)
    assert not isinstance(error.value, Huge)


# --- Bombs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        png(8000, PIXELS // 8000 + 1, b""),
        png(2**31 - 1, 2**31 - 1, b""),
        svg("<g/>" * SVG_ELEMENTS),
        svg(uses(9)),
        svg("<g>" * SVG_DEPTH + "</g>" * SVG_DEPTH),
        svg("<g>" * 100_000 + "</g>" * 100_000),
        svg(
            '<marker id="m">'
            + "<g/>" * 200
            + f'</marker><path marker-mid="url(#m)" d="M{"1 1 " * 200}"/>'
        ),
        svg("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(5_000))),
        svg(
            f'<image href="data:image/png;base64,{b64encode(png(60_000, 60_000, b"")).decode()}"/>'
        ),
        svg("<desc>" + "x" * SVG_BYTES + "</desc>"),
        svg("<style>" + ".a " * 20_000 + "{ fill: red }</style>"),
        svg("<style>a" + "{" * 20_000 + "</style>"),
        svg("<style>" + "*{fill:red}" * 1_000 + "</style>" + "<g/>" * 1_000),
    ],
    ids=[
        "pixels",
        "far more pixels",
        "shapes",
        "uses",
        "depth",
        "far deeper",
        "markers",
        "chain",
        "pixels in it",
        "bytes",
        "selectors",
        "braces",
        "styles",
    ],
)
def test_a_bomb_is_too_large(data: bytes) -> None:
    """It is seen in the header or the tree: nothing of it is drawn."""
    with pytest.raises(Huge):
        inspect_picture("a.png", data)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern>',
        '<mask id="m" mask="url(#m)"/>',
    ],
)
def test_a_circle_of_references_is_broken(inside: str) -> None:
    with pytest.raises(Broken, match="uses itself"):
        inspect_picture("a.svg", svg(inside))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE svg [<!ENTITY x "y">]>',
        "<!DOCTYPE svg SYSTEM 'x' [ <!ENTITY % x SYSTEM 'file:///etc/passwd'> ]>",
    ],
)
def test_an_entity_is_never_declared(declared: str) -> None:
    with pytest.raises(Broken, match="entities"):
        inspect_picture("a.svg", declared.encode() + svg("<text>&x;</text>"))
    with pytest.raises(Broken):  # nor in an encoding that hides it
        inspect_picture(
            "a.svg", b'<?xml version="1.0" encoding="cp037"?>' + declared.encode("cp037")
        )


# --- SVG, cleaned ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ('<circle r="5" fill="red" />', '<circle r="5" fill="red" />'),
        ("<script>alert(1)</script><g />", "<g />"),
        ('<g onclick="alert(1)" />', "<g />"),
        ('<a href="https://example.org/"><text>x</text></a>', "<g><text>x</text></g>"),
        ('<rect><animate attributeName="href" to="javascript:x" /></rect>', "<rect />"),
        ('<set attributeName="onclick" to="alert(1)" />', ""),
        ("<style>@import 'https://example.org/x.css';</style>", ""),
        ('<use href="#a" /><g id="a" />', '<use href="#a" /><g id="a" />'),
        (f'<image href="{DATA}" />', f'<image href="{DATA}" />'),
        ('<rect fill="url(#a)" />', '<rect fill="url(#a)" />'),
        ('<rect style="fill: red" />', '<rect style="fill: red" />'),
        (
            "<rect style=\"fill: red /* blue */; font: 9px 'a\\62'; --x: url(//example.org/)\" />",
            '<rect style="fill: red; font: 9px &quot;ab&quot;" />',
        ),
        ('<text><a href="https://example.org/">x</a></text>', "<text><tspan>x</tspan></text>"),
        ('<g xmlns:x="urn:x" x:href="y" x:z="y" />', "<g />"),
        ("<!-- a comment --><?pi?><g />", "<g />"),
        ("<unknown><g /></unknown>", ""),
    ],
)
def test_of_an_svg_only_drawing_is_left(inside: str, left: str) -> None:
    assert cleaned(inside) == left


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ('<use href="other.svg#a" />', "it shows `other.svg#a`"),
        ('<image href="photo.png" />', "it shows `photo.png`"),
        ('<image href="https://example.org/x.png" />', "it shows"),
        ('<image xlink:href="file:///etc/passwd" />', "it shows"),
        ('<image href="data:image/svg+xml,&lt;svg/&gt;" />', "it contains an SVG as a picture"),
        (f'<use href="{DATA}" />', "it shows"),
        ('<rect fill="url(https://example.org/#a)" />', "it refers to"),
        ("<rect fill=\"URL( '//example.org/#a')\" />", "it refers to"),
        ('<rect style="fill: u\\72l(//example.org/)" />', "it refers to"),
        ('<style>.a { fill: url(https://x.example/#y) }</style><rect class="a"/>', "it refers to"),
        ("<flowRoot><flowPara>Words.</flowPara></flowRoot>", "text in `<flowRoot>` is not drawn: Words."),
        (f"<foreignObject><table {XHTML}><tr><td>x</td></tr></table></foreignObject>", "a `<foreignObject>` contains more than text"),
        (f"<p {XHTML}>Words.</p>", "text in `<p>`"),
        ("<g><tspan>Words.</tspan></g>", "text in `<tspan>`"),
    ],
)  # fmt: skip
def test_a_drawing_that_would_lose_something_is_not_taken(inside: str, reason: str) -> None:
    """Neither a browser nor the press fetches anything for a picture, nor draws other programs' mark-up."""
    with pytest.raises(Incomplete) as error:
        clean_svg(svg(inside))
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("png", "png"),
        ("jpeg", "jpg"),
        ("jpeg", "jpeg"),
        ("gif", "gif"),
        ("webp", "WebP"),
        ("png", "x"),
    ],
)
def test_a_photo_in_a_drawing_is_there_however_it_was_put_in(kind: str, written: str) -> None:
    """Programs write other types than they mean, break the lines, and leave spaces."""
    data = b64encode(raster(kind.upper())).decode()
    broken = "\n".join(data[n : n + 60] for n in range(0, len(data), 60))
    left = cleaned(f'<image width="30" xlink:href=" data:image/{written};base64,{broken}"/>')
    there = re.search(r'data:image/(png|jpeg);base64,([^"]+)"', left)
    assert there
    with Image.open(io.BytesIO(b64decode(there[2]))) as image:
        assert (image.format, image.size) == (there[1].upper(), (30, 20))


def test_an_svg_without_a_view_box_gets_one_from_its_size() -> None:
    """Without one it is not scaled with its frame, and would be cut off."""
    data, width, height = clean_svg(svg("<g/>", 'width="30px" height="20"'))
    assert (width, height) == (30, 20)
    assert b'viewBox="0 0 30 20"' in data
    assert clean_svg(svg("<g/>", 'width="100%" height="20"'))[1:] == (0, 20)
    assert clean_svg(svg("<g/>", 'viewBox="0 0 1e9 nonsense"'))[1:] == (0, 0)


def test_a_document_type_without_entities_is_taken_off() -> None:
    kind = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    assert b"DOCTYPE" not in clean_svg(kind + svg("<g/>"))[0]


# --- Finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("images/dot.png", "series/images/dot.png"),
        ("./images/../images/dot.png", "series/images/dot.png"),
        ("images/a%20dot.png", "series/images/a dot.png"),
        ("images/точка.png", "series/images/точка.png"),
        ("images/dot.png?x=1", "series/images/dot.png"),
        ("../series/images/dot.png", "series/images/dot.png"),
        ("images/dto.png", "missing-picture"),
        ("images", "missing-picture"),
        ("", "missing-picture"),
        ("images/dot.png%00", "missing-picture"),
        ("x" * 5000, "broken-picture"),
        ("../../outside.png", "outside-picture"),
        ("/etc/passwd", "missing-picture"),
        ("images/link.png", "outside-picture"),
        ("images/circle.png", "broken-picture"),
        ("https://example.org/dot.png", "remote-picture"),
        ("//example.org/dot.png", "remote-picture"),
        ("data:image/png;base64,AA", "broken-picture"),  # written in the article, but no picture
        ("file:///etc/passwd", "remote-picture"),
    ],
)
def test_a_picture_is_looked_for_in_the_workspace(written: str, found: str, tmp_path: Path) -> None:
    images = tmp_path / "workspace" / "series" / "images"
    images.mkdir(parents=True)
    for name in ("dot.png", "a dot.png", "точка.png", "../../../outside.png"):
        (images / name).write_bytes(png(20, 20))
    (images / "link.png").symlink_to(tmp_path / "outside.png")
    (images / "circle.png").symlink_to("circle.png")
    disk = Disk(tmp_path / "workspace")
    picture, problems = find_picture(disk, "series/a.md", written, Place("a.md"))
    assert (picture.path if picture else problems[0].code) == found
    assert len(problems) == (picture is None)


def test_what_is_no_ordinary_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dot.png")
    picture, (result,) = find_picture(Disk(tmp_path), "a.md", "dot.png", Place("a.md"))
    assert picture is None
    assert (result.code, result.why) == ("broken-picture", "it is a pipe, not a file")


# --- Stylesheets in drawings -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "inside", "styles"),
    [
        (".a { fill: #fff }", '<rect class="a"/>', ["fill: #fff"]),
        ("rect, .a { fill: red; } #b { fill: blue }", '<rect id="b" class="a"/>', ["fill: red; fill: red; fill: blue"]),
        ("g > .a { fill: red }", '<g><rect class="a"/></g><rect class="a"/>', [None, "fill: red", None]),
        (".a { fill: red }", '<rect class="a" style="fill: blue"/>', ["fill: red; fill: blue"]),
        ("@font-face { src: url(x) } .a { fill: red }", '<rect class="a"/>', ["fill: red"]),
        (".a:hover { fill: red }", '<rect class="a"/>', [None]),
    ],
)  # fmt: skip
def test_a_stylesheet_is_said_on_the_elements(
    css: str, inside: str, styles: list[str | None]
) -> None:
    """As Illustrator and Inkscape save: without it every shape would be black. The weightier rule, and
    what an element says itself, come last; what leads out of the picture is taken off.
    """
    cleaned, _, _ = clean_svg(svg(f"<style>{css}</style>{inside}"))
    root = ElementTree.fromstring(cleaned)
    assert b"<style" not in cleaned
    assert [e.get("style") for e in root.iter() if e is not root] == styles


def test_a_stylesheet_that_cannot_be_read_is_said() -> None:
    with pytest.raises(Broken, match="its stylesheet cannot be read"):
        clean_svg(svg("<style>:made-up(x) { fill: red }</style><rect/>"))
