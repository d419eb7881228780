"""Rasters: whatever a picture is made of, it has one tone and one side up in every medium."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageCms, UnidentifiedImageError

from handpress.assets.formats import Broken
from handpress.assets.picture import inspect_picture
from handpress.assets.raster import LONGEST, OPENED, PIXELS, PRINTED, opened
from handpress.core.limits import memory_limit
from handpress.series.parse import MEMORY
from helpers.finished import Ebook
from helpers.rasters import RASTERS, SIZE, TONE, lying, saved, upright
from helpers.workspaces import Book


def tones(image: Image.Image) -> tuple[float, float]:
    """Of the middle of the patch, and of the opposite corner."""
    plain = image.convert("RGBA")
    grey = Image.alpha_composite(Image.new("RGBA", plain.size, "white"), plain).convert("L")
    width, height = grey.size
    return tuple(
        float(grey.getpixel(at))
        for at in ((width // 4, height // 4), (width * 3 // 4, height * 3 // 4))
    )  # type: ignore[return-value, arg-type]


def check(image: Image.Image, name: str) -> None:
    assert image.width > image.height, f"{name}: lies on its side"
    patch, ground = tones(image)
    assert abs(patch - TONE) <= 2, name
    assert ground >= 253, name


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A workspace with a picture of each kind, published in every medium and in grey."""
    from helpers.workspaces import publish

    root = tmp_path_factory.mktemp("rasters")
    names = {name: make() for name, make in RASTERS.items()}
    for name, data in names.items():
        (root / f"{name}.png").write_bytes(data)
    body = "".join(f"![A patch]({name}.png)\n\n" for name in names)
    (root / "01-patches.md").write_text(f"# Patches\n\nAll alike.\n\n{body}")
    (root / "series.yaml").write_text("id: patches\nmedia: [handout, epub, web]\n")
    for more in ((), ("--only", "handout", "--grey")):
        ran = publish("--jobs", "2", *more, root)
        assert ran.code == 0, ran
    return lambda path: root / "output/patches" / path


@pytest.mark.parametrize("folder", ["handouts", "handouts/grey"])
def test_one_tone_in_print(shown: Callable[[str], Path], folder: str) -> None:
    """Each picture of the PDF as it is drawn, in the order of the article."""
    import pypdfium2.raw as raw

    names = list(RASTERS)
    with pypdfium2.PdfDocument(shown(f"{folder}/patches.pdf")) as document:
        for page in document:
            picture = page.render(scale=2).to_pil()
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = (2 * side for side in thing.get_bounds())
                box = (left, picture.height - top, right, picture.height - bottom)
                check(picture.crop(tuple(map(round, box))), f"{names.pop(0)} in {folder}")  # type: ignore[arg-type]
    assert names == []


def test_one_tone_in_the_ebook_and_on_the_web(shown: Callable[[str], Path]) -> None:
    ebook = Ebook(shown("patches.epub"))
    there = {n.rpartition("/")[2]: data for n, data in ebook.files.items() if "/pictures/" in n}
    web = {path.name: path.read_bytes() for path in shown("pictures").iterdir()}
    for files in (there, web):
        for name in RASTERS:
            (found,) = (n for n in files if n.rpartition("-")[0] == name)
            with Image.open(io.BytesIO(files[found])) as image:
                check(image, found)


# --- Formats -----------------------------------------------------------------------------------

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\n{} loop\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (EPS, "EPS pictures are not supported"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC pictures are not supported"),
        (b"P6 1 1 255 abc", "it is not a picture in a supported format"),
        (b"\x89PNG\r\n\x1a\n" + EPS, "it is not a picture in a supported format"),
    ],
)
def test_only_formats_that_are_published_are_read(data: bytes, reason: str) -> None:
    with pytest.raises(Broken, match=reason):
        inspect_picture("p.png", data)


def test_postscript_is_known_by_nobody() -> None:
    assert not {"EPS", "PPM", "PDF", "WMF"} & set(OPENED)
    with pytest.raises(UnidentifiedImageError), opened(EPS):
        pass


def test_every_picture_is_opened_in_one_place() -> None:
    """Elsewhere, one could forget to name the formats."""
    source = Path(inspect_picture.__code__.co_filename).parent.parent
    having = {p.name for p in source.rglob("*.py") if "Image.open(" in p.read_text("utf-8")}
    assert having == {"raster.py"}


# --- Kept as it is, or not -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["grey", "palette", "colour-alpha", "jpeg", "gif", "gif-moving", "png-moving", "webp", "avif"])  # fmt: skip
def test_a_picture_that_all_show_alike_is_kept_as_it_lies(name: str) -> None:
    data = RASTERS[name]()
    assert inspect_picture("a", data).asset.read() == data


def test_the_profile_of_screens_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for mode in ("RGB", "P"):
        data = saved(upright("L").convert(mode), "PNG", icc_profile=profile)
        assert inspect_picture("a", data).asset.read() == data


def test_a_photo_with_more_pixels_than_a_page_shows_is_scaled(book: Book) -> None:
    """As of a phone with 48 megapixels."""
    assert PIXELS > 8064 * 6048
    out = io.BytesIO()
    Image.new("L", (8064, 6048), TONE).save(out, "PNG")
    found = inspect_picture("photo.png", out.getvalue())
    assert (found.width, found.height) == (LONGEST, LONGEST * 3 // 4)
    assert found.width * found.height < PRINTED


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_photo_of_200_megapixels_is_reduced_while_it_is_read(mode: str) -> None:
    """Its pixels would take more memory than an article may have."""
    out = io.BytesIO()
    Image.new(mode, (12240, 16320), 90 if mode == "L" else "grey").save(out, "JPEG", quality=30)
    with memory_limit(MEMORY):
        found = inspect_picture("photo.jpg", out.getvalue())
    assert (found.type, found.width, found.height) == ("jpg", LONGEST * 3 // 4, LONGEST)


def test_a_reduced_photo_is_still_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("L", (8064, 6048)).save(out, "JPEG", exif=exif)
    found = inspect_picture("photo.jpg", out.getvalue())
    assert (found.width, found.height) == (LONGEST * 3 // 4, LONGEST)


@pytest.mark.parametrize("name", ["tiff", "bmp", "ico", "tiff-pages"])
def test_what_browsers_do_not_render_becomes_a_png(name: str) -> None:
    found = inspect_picture("a", RASTERS[name]())
    assert (found.type, found.width, found.height) == ("png", *SIZE)


@pytest.mark.parametrize("name", ["jpeg", "grey", "webp", "avif", "gif", "tiff", "bmp", "ico"])
def test_half_of_a_file_is_damaged(name: str) -> None:
    data = RASTERS[name]()
    with pytest.raises(Broken):
        inspect_picture("a", data[: len(data) // 2])


def test_an_upright_picture_has_its_upright_size() -> None:
    found = inspect_picture("a.jpg", lying(6, "JPEG"))
    assert (found.width, found.height) == SIZE
