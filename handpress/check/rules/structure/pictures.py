"""Pictures: words that do not describe them, too few pixels for print, files that nothing shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from handpress.assets.formats import MEDIA_TYPES
from handpress.check.page import Page
from handpress.check.printed import INCH, printed_width, rooms, shown
from handpress.check.rule import Example, Found, Rule
from handpress.core.files.markdown_files import settings_file
from handpress.core.problems.catalogue import Kind
from handpress.core.problems.problem import Place
from handpress.series.links.addresses import as_text

_PICTURE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^\s)>]+)")
_FILE_NAME = re.compile(
    r"(?i)^(?:[\w\-. %]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)|(?:img|dsc|image|screenshot|photo|pic)[-_ ]?\d[\w\-]*)$"
)
_IMAGE_OF = re.compile(
    r"(?i)^(?:an? |the )?(?:image|picture|photo|photograph|graphic|figure|icon|screenshot) (?:of|showing|that shows)\b"
    r"|^(?:ein )?(?:bild|foto) (?:von|des|der|mit)\b|^(?:una )?(?:imagen|foto|fotografía) de\b"
)
ICON = 200  # pixels; what is smaller is meant to be small
ENDINGS = frozenset({*MEDIA_TYPES, "jpeg", "tif", "tiff", "bmp"})


def _alternatives(page: Page) -> Iterator[tuple[int, int, str, str]]:
    for found in _PICTURE.finditer(page.written):
        yield found.start(1), found.end(1), page.source[slice(*found.span(1))], found[2]


def file_name(page: Page) -> Iterator[Found]:
    """Yield alternative texts that are the name of a file."""
    for start, end, words, path in _alternatives(page):
        stem = posixpath.splitext(posixpath.basename(path))[0]
        if words and (_FILE_NAME.match(words) or (words == stem and re.search(r"[-_\d]", stem))):
            yield Found(page.place(start, end), {"written": words})


def too_long(page: Page) -> Iterator[Found]:
    """Yield alternative texts over the limit."""
    most = page.limits["alt-characters"]
    for start, end, words, _ in _alternatives(page):
        if len(words) > most:
            yield Found(page.place(start, end), {"amount": len(words), "most": most})


def image_of(page: Page) -> Iterator[Found]:
    """Yield alternative texts that begin with the word for a picture."""
    for start, _, words, _ in _alternatives(page):
        if found := _IMAGE_OF.match(words):
            yield Found(page.place(start, start + found.end()), {"written": found[0]})


def coarse(page: Page) -> Iterator[Found]:
    """Yield pictures of pixels with fewer dots an inch than the limit, in the medium that prints them largest."""
    least = page.limits["dots-per-inch"]
    pictures = page.article.pictures
    if all(p.type == "svg" or p.width < ICON for p in pictures.values()):
        return
    for each in {one.path: one for one in shown(page.article)}.values():
        picture, place = pictures.get(each.path), page.article.places.get(f"picture:{each.path}")
        if not picture or not place or picture.type == "svg" or picture.width < ICON:
            continue
        pixels = picture.width, picture.height
        widths = {
            room.medium: printed_width(each, pixels, room)
            for room in rooms(page.layout, page.article.slug)
        }
        medium = max(widths, key=lambda name: widths[name], default="")
        dots = INCH * picture.width / widths[medium] if medium else least
        if dots < least:
            size = f"{picture.width} by {picture.height} pixels"
            facts = {"size": size, "amount": round(dots), "least": least}
            yield Found(place, {**facts, "medium": medium, "width": round(widths[medium])})


def unused(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield files in the folder of pictures of a series that no text of it names."""
    series, disk = pages[0].series, pages[0].disk
    shown = {path for page in pages for path in page.article.pictures}
    texts = [page.source for page in pages]
    settings = settings_file(disk, series.folder)
    if disk.is_file(settings):
        texts.append(disk.read(settings).decode("utf-8", "replace"))
    folder = posixpath.normpath(f"{series.folder}/images")
    if not disk.is_dir(folder):
        return
    for name in disk.names(folder):
        path = f"{folder}/{name}"
        is_picture = posixpath.splitext(name)[1].lstrip(".").lower() in ENDINGS
        if is_picture and as_text(path) not in shown and not any(name in text for text in texts):
            yield Found(Place(path))


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
_FILES = {"sources/knees/images/knee.svg": DRAWING}
RULES = (
    Rule(
        code="alt-is-file-name",
        kind=Kind(
            "warning",
            "alternative text is a file name",
            "`{written}` does not describe the picture",
            "say what the picture shows, or mark it `{{: .decorative }}` if it carries no meaning",
        ),
        reason="A reader who cannot see the picture hears the name of a file.",
        source="WCAG 2.2, failure F30 (text alternatives that are not alternatives)",
        bad=Example("# Knees\n\n![⟦knee.svg⟧](images/knee.svg)\n\nSit.\n", files=_FILES),
        good=Example("# Knees\n\n![A bent knee](images/knee.svg)\n\nSit.\n", files=_FILES),
        find=file_name,
    ),
    Rule(
        code="long-alt",
        kind=Kind(
            "advice",
            "long alternative text",
            "it has {amount} characters, and a screen reader cannot pause in it",
            "shorten it to {most} characters, and put the rest into the text or the caption",
        ),
        reason="A screen reader reads an alternative text in one go.",
        source="W3C, Images Tutorial, Tips and Tricks; DAISY Consortium, Image Description",
        bad=Example(
            f"# Knees\n\n![⟦A{' bent knee' * 30}⟧](images/knee.svg)\n\nSit.\n", files=_FILES
        ),
        good=Example("# Knees\n\n![A bent knee](images/knee.svg)\n\nSit.\n", files=_FILES),
        find=too_long,
        limits={"alt-characters": 150},
    ),
    Rule(
        code="alt-image-of",
        kind=Kind(
            "advice",
            "alternative text begins with `{written}`",
            "a screen reader has already announced a picture",
            "begin with what the picture shows",
        ),
        reason="The words are heard twice.",
        source="W3C, Images Tutorial, Tips and Tricks",
        bad=Example("# Knees\n\n![⟦Image of⟧ a knee](images/knee.svg)\n\nSit.\n", files=_FILES),
        good=Example("# Knees\n\n![Imaging of a knee](images/knee.svg)\n\nSit.\n", files=_FILES),
        find=image_of,
    ),
    Rule(
        code="coarse-picture",
        kind=Kind(
            "advice",
            "picture has few pixels for print",
            "{size} are {amount} dots an inch in the {medium}, at {width} mm; {least} look sharp",
            "save it larger, or draw it as SVG",
        ),
        reason="Screens hide what paper shows: single pixels.",
        source="what print shops ask for, 150 to 300 dots an inch",
        bad=Example(
            "# Knees\n\n![A bent knee](⟦images/knee.png⟧)\n\nSit.\n",
            files={"sources/knees/images/knee.png": "png 240 120"},
        ),
        good=Example(
            "# Knees\n\n![A bent knee](images/knee.png)\n\nSit.\n",
            files={"sources/knees/images/knee.png": "png 700 350"},
        ),
        find=coarse,
        limits={"dots-per-inch": 150},
    ),
    Rule(
        code="unused-picture",
        kind=Kind(
            "advice",
            "unused picture",
            "no text of the series shows it",
            "show it in an article, or delete the file",
        ),
        reason="It may be the picture that an article should show.",
        source="the rules of `check`",
        bad=Example("# Knees\n\nSit.\n", files={"sources/knees/images/knee.svg": f"⟦⟧{DRAWING}"}),
        good=Example("# Knees\n\n![A bent knee](images/knee.svg)\n\nSit.\n", files=_FILES),
        across=unused,
    ),
)
