"""PDF: from a recipe's pages to a tagged PDF, by WeasyPrint, with nothing but the recipe at hand."""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import io
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from . import temporary
from .finish import finish, whole
from .laid import Laid, Spot, laid
from .pagination import begins
from .picture import looks_like_svg
from .proof import LOST, Finding, Lost, moved_note, proof
from .raster import SIGNATURE
from .sheet import fullness, runs_over, too_long
from .source import Asset
from .tagger import add_tags

if TYPE_CHECKING:
    from weasyprint.document import Document

# A base that leads nowhere: with a real one, the folder's name would get into the PDF's bytes.
BASE = "https://handpress.invalid/"


# By the ending of a name; all else is pictures.
TYPES = {"svg": "image/svg+xml", "css": "text/css", "ttf": "font/ttf", "otf": "font/otf"}


class Refused(Exception):
    """The press could not make the artefact from this recipe, with the reason."""


@dataclass(frozen=True)
class Pressed:
    """What came of a recipe: the artefact's bytes, its pages, and on which page each id stands.

    `full` is how full the last page is, in per cent; `tight` the step by which the style was tightened,
    "" if it was not; `findings` what the proof had to say; `begins` has for each page how many
    characters of the text stand before it, if that was asked for (see :mod:`.pagination`).
    """

    data: bytes
    pages: int | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)
    full: int | None = None
    tight: str = ""
    findings: tuple[Finding, ...] = ()
    begins: tuple[int | None, ...] = ()


@lru_cache(maxsize=1)
def engine() -> Any:
    """WeasyPrint, imported once, without the machine's fonts.

    `find_library` starts a compiler and `ldconfig` for each library; on Linux the names that cffi
    tries next are right, so it may be told that nothing was found.
    """
    made = temporary.folder()
    atexit.register(made.remove)
    folder = str(made.path)
    config = os.path.join(folder, "fonts.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
            f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
        )
    os.environ["FONTCONFIG_FILE"] = config
    find = ctypes.util.find_library
    if os.name == "posix" and os.uname().sysname == "Linux":
        ctypes.util.find_library = lambda name: None
    try:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that no fonts are configured is what we want
            import pydyf
            import weasyprint
            import weasyprint.pdf
            import weasyprint.text.fonts
            import weasyprint.urls
            from PIL import ImageFile
    finally:
        ctypes.util.find_library = find
    assert hasattr(weasyprint.pdf, "add_tags"), "WeasyPrint tags in another way than 70 does"
    weasyprint.pdf.add_tags, pydyf.Stream.data = add_tags, whole
    # WeasyPrint takes what is cut off for whole; our pictures were read to their end before.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    logging.getLogger("weasyprint").handlers.clear()
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    return weasyprint


def _fetcher(files: Mapping[str, Asset]) -> Any:
    """A fetcher that knows the recipe's files and refuses everything else."""
    engine()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class RecipeFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(BASE)
            if url.startswith("data:image/"):
                ending, data = "", super().fetch(url, headers).read()
            elif url.startswith(BASE) and name in files:
                ending, data = name.rpartition(".")[2], files[name].read()
            else:
                raise FatalURLFetchingError(f"wanted {url}, which is not in the recipe")
            kind = TYPES.get(ending)
            if not kind:
                # WeasyPrint has Pillow try all of its readers, and one of them runs PostScript.
                if not (SIGNATURE.match(data) or looks_like_svg(data)):
                    raise FatalURLFetchingError(f"wanted {url[:60]}, which is no picture")
                kind = "image/svg+xml" if looks_like_svg(data) else "image/*"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return RecipeFetcher(allowed_protocols=("https", "data"), fail_on_errors=True)


_sheets: dict[tuple[str, ...], tuple[Any, Any]] = {}


def _sheet(files: Mapping[str, Asset]) -> tuple[Any, Any]:
    """The parsed stylesheet and the font configuration it fills, kept for the next document."""
    weasyprint = engine()
    fonts = sorted(name for name in files if name.startswith("fonts/"))
    # None from before a fork: Pango has a thread for each font map, which a fork leaves behind.
    key = (str(os.getpid()), files["style.css"].digest, *(files[name].digest for name in fonts))
    if key not in _sheets:
        from weasyprint.text.fonts import FontConfiguration

        configuration = FontConfiguration()
        css = weasyprint.CSS(
            string=files["style.css"].read().decode(),
            base_url=BASE,
            url_fetcher=_fetcher(files),
            font_config=configuration,
        )
        _sheets[key] = css, configuration
    return _sheets[key]


class _Listening(logging.Handler):
    """Hears what WeasyPrint would only mention: a missing glyph, a missing anchor, a missing picture."""

    LOST = (".notdef", "no anchor", "failed to load", "failed to render", "no required alt")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lost: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if any(word in said.lower() for word in self.LOST):
            self.lost.append(said)


# Classes of the root that divide paragraphs otherwise.
OTHER_BREAKS = ("breaks-1", "breaks-2")


def lay_out(files: Mapping[str, Asset], tight: str = "") -> Document:
    """The laid-out pages of a recipe's files, the root of class `tight`. Raises :class:`Refused` if
    something would be lost.
    """
    document = _laid_out(files, tight)
    if NOTE in files["index.html"].read() and moved_note(laid(document)):
        # WeasyPrint takes the notes of a page to the next one for a line more at its foot, where a
        # paragraph may just not be divided before that line (its `_linebox_layout`).
        for breaks in OTHER_BREAKS:
            other = _laid_out(files, f"{tight} {breaks}".strip())
            if not moved_note(laid(other)):
                return other
    return document


NOTE = b'class="footnote"'


def _laid_out(files: Mapping[str, Asset], tight: str) -> Document:
    weasyprint = engine()
    from weasyprint.urls import FatalURLFetchingError

    try:
        css, configuration = _sheet(files)
        html = weasyprint.HTML(
            string=files["index.html"].read().decode(), base_url=BASE, url_fetcher=_fetcher(files)
        )
        if tight:
            html.etree_element.set(
                "class", f"{html.etree_element.get('class', '')} {tight}".strip()
            )
        return html.render(
            stylesheets=[css],
            font_config=configuration,
            cache=None,
        )
    except FatalURLFetchingError as error:
        raise Refused(str(error)) from None


@contextlib.contextmanager
def _heard() -> Iterator[None]:
    engine()  # which takes all that listen away when it is imported
    listening = _Listening()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listening)
    try:
        yield
    finally:
        logger.removeHandler(listening)
    if listening.lost:
        raise Refused("would have lost something: " + listening.lost[0])


def press(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The PDF of a recipe: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) in one. Raises
    :class:`Lost` for what the proof will not pass.

    Options: `sheets` asks for advice on a document that runs a little over its sheets; `fit` is the
    number of pages to tighten the style for, by the classes `steps` in turn, and `must` says that the
    document may not be longer; `begins` asks where in the text the pages begin.
    """
    with _heard():
        document, tight = _fitted(files, options)
        pages = laid(document)
        findings = (*proof(pages), *_too_long(pages, options))
        if any(found.code in LOST for found in findings):
            raise Lost(findings)
        data = document.write_pdf(pdf_tags=True, pdf_identifier=True, finisher=finish)
    anchors = _anchors(document)
    places = begins(document.pages) if options.get("begins") else ()
    return Pressed(data, len(document.pages), anchors, fullness(pages), tight, findings, places)


def _fitted(files: Mapping[str, Asset], options: Mapping[str, Any]) -> tuple[Document, str]:
    """The document, and the first step that makes it fit; as loose as it is where none does."""
    document = lay_out(files)
    most = options.get("fit", len(document.pages))
    if len(document.pages) > most:
        for step in options["steps"]:
            tighter = lay_out(files, step)
            if len(tighter.pages) <= most:
                return tighter, step
    return document, ""


def _too_long(pages: Laid, options: Mapping[str, Any]) -> Iterator[Finding]:
    """What there is to say of the number of pages."""
    if options.get("must") and len(pages.heights) > options["fit"]:
        yield too_long("does-not-fit", Spot(key="fit"), pages, options["fit"])
    elif options.get("sheets"):
        yield from runs_over(pages, "" if "fit" in options else ", or write `fit: {pages}`")


def measure(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The pages of a recipe and what stands on them, without the PDF."""
    with _heard():
        document = lay_out(files)
    return Pressed(b"", len(document.pages), _anchors(document))


def press_stamps(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The PDF of a recipe without tags: what is on it will be laid over tagged pages as artifacts."""
    with _heard():
        document = lay_out(files)
        data = document.write_pdf()
    return Pressed(data, len(document.pages))


def _anchors(document: Document) -> dict[str, int]:
    """The page on which each id begins, from 1. A box is listed on every page that it touches."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    return anchors


def press_pixels(files: Mapping[str, Asset], options: Mapping[str, Any]) -> Pressed:
    """The first page as a PNG of `width` by `height` pixels."""
    import pypdfium2

    with _heard():
        data = lay_out(files).write_pdf()
    width, height = options["width"], options["height"]
    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        page = document[0]
        image = page.render(scale=height / page.get_height()).to_pil().convert("RGB")
    if image.size != (width, height):
        image = image.resize((width, height))
    # The flat colours of a designed cover fit a palette; a photo keeps all of its own.
    few = image.quantize(256) if image.getcolors(4096) else image
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return Pressed(out.getvalue())
