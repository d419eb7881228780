"""Rasters: whatever a picture is made of, it has one tone and one side up in every medium."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from conftest import Book
from helpers.finished import Ebook
from PIL import Image, ImageCms, PngImagePlugin, UnidentifiedImageError

from handpress.assets.formats import Broken
from handpress.assets.picture import inspect_picture
from handpress.assets.raster import LONGEST, OPENED, PIXELS, PRINTED, opened

SIZE = (60, 40)
TONE = 156  # 40,000 of 65,535
CORNER = (8, 8)  # where the patch is, upright; the rest is white


def upright(mode: str = "RGB", tone: int = TONE) -> Image.Image:
    """White, with the tone in its upper left quarter."""
    image = Image.new("L", SIZE, 255)
    image.paste(tone, (0, 0, SIZE[0] // 2, SIZE[1] // 2))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def deep(kind: int, channels: int) -> bytes:
    """A PNG of 16 bits a channel, the last of them seen through if there are two or four."""
    tones = [TONE * 257, 0xFFFF]
    width, height = SIZE

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    def pixel(x: int, y: int) -> bytes:
        tone = tones[x >= width // 2 or y >= height // 2]
        of = [tone] * channels
        if channels in (2, 4):
            of[-1] = 0xFFFF
        return struct.pack(f">{channels}H", *of)

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def lying(orientation: int, kind: str) -> bytes:
    """The picture as a camera held otherwise saves it, with the word on how to hold it."""
    turn = {
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
        5: Image.Transpose.TRANSPOSE,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(upright().transpose(turn), kind, exif=exif, **lossless(kind))


def lossless(kind: str) -> dict[str, object]:
    return {"quality": 100, "subsampling": 0} if kind == "JPEG" else {"lossless": True}


def linear() -> bytes:
    """A PNG whose numbers are light, not tones (gamma 1)."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add(b"gAMA", struct.pack(">I", 100_000))
    return saved(upright(tone=round(255 * (TONE / 255) ** 2.2)), "PNG", pnginfo=chunks)


def profiled(mode: str, kind: str) -> bytes:
    """In a space of other tones: Lab's for colours, the square of light for grey."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The curve of the profile's three colours, from sRGB's to a plain gamma of 1.
    at, length = next(curves(profile))
    straight = b"curv" + bytes(4) + struct.pack(">I", 0)
    changed = profile[:at] + straight.ljust(length, b"\0") + profile[at + length :]
    return saved(
        upright(mode, round(255 * screen_to_light(TONE / 255))),
        kind,
        icc_profile=changed,
        **lossless(kind),
    )


def curves(profile: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", profile, 128)
    for n in range(count):
        name, at, length = struct.unpack_from(">4sII", profile, 132 + 12 * n)
        if name == b"rTRC":
            yield at, length


def screen_to_light(tone: float) -> float:
    return float(tone / 12.92 if tone <= 0.04045 else ((tone + 0.055) / 1.055) ** 2.4)


def clear(mode: str) -> bytes:
    """White is not there: on paper and on a page it is white all the same."""
    image = upright("LA" if mode == "LA" else "RGBA")
    image.putalpha(upright("L").point(lambda tone: 255 if tone == TONE else 0))
    return saved(image, "PNG")


def indexed() -> bytes:
    image = upright("L").quantize(8)
    found = image.getpixel((SIZE[0] - 1, SIZE[1] - 1))
    return saved(image, "PNG", transparency=found)


def moving(kind: str) -> bytes:
    frames = [upright(), Image.new("RGB", SIZE, "black")]
    more = lossless(kind) if kind == "WEBP" else {}
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], **more)


def adobe() -> bytes:
    """Inks, turned round, as Photoshop saves them."""
    inks = saved(upright().convert("CMYK").point(lambda ink: 255 - ink), "JPEG", **lossless("JPEG"))
    mark = b"Adobe\0\x64\0\0\0\0\0"
    assert inks[:2] == b"\xff\xd8"
    return (
        inks
        if b"Adobe" in inks
        else inks[:2] + b"\xff\xee" + struct.pack(">H", 2 + len(mark)) + mark + inks[2:]
    )


MADE: dict[str, Callable[[], bytes]] = {
    "grey": lambda: saved(upright("L"), "PNG"),
    "grey-16": lambda: deep(0, 1),
    "grey-alpha-16": lambda: deep(4, 2),
    "colour-16": lambda: deep(2, 3),
    "colour-alpha-16": lambda: deep(6, 4),
    "grey-alpha": lambda: clear("LA"),
    "colour-alpha": lambda: clear("RGBA"),
    "palette": lambda: saved(upright("L").quantize(8), "PNG"),
    "palette-clear": indexed,
    "interlaced": lambda: saved(upright(), "PNG", interlace=1),
    "linear": linear,
    "profile": lambda: profiled("RGB", "PNG"),
    "profile-jpeg": lambda: profiled("RGB", "JPEG"),
    "jpeg": lambda: saved(upright(), "JPEG", **lossless("JPEG")),
    "jpeg-grey": lambda: saved(upright("L"), "JPEG", quality=100),
    "jpeg-progressive": lambda: saved(upright(), "JPEG", progressive=True, **lossless("JPEG")),
    "jpeg-inks": lambda: saved(upright().convert("CMYK"), "JPEG", **lossless("JPEG")),
    "jpeg-two": lambda: saved(upright(), "MPO", save_all=True, append_images=[upright()], **lossless("JPEG")),
    **{f"jpeg-turned-{n}": lambda n=n: lying(n, "JPEG") for n in (3, 5, 6, 8)},  # type: ignore[misc]
    "png-turned": lambda: lying(6, "PNG"),
    "webp-turned": lambda: lying(8, "WEBP"),
    "gif": lambda: saved(upright(), "GIF"),
    "gif-moving": lambda: moving("GIF"),
    "png-moving": lambda: moving("PNG"),
    "webp-moving": lambda: moving("WEBP"),
    "webp": lambda: saved(upright(), "WEBP", lossless=True),
    "avif": lambda: saved(upright(), "AVIF", quality=100),
}  # fmt: skip


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
    from conftest import publish

    root = tmp_path_factory.mktemp("rasters")
    names = {name: make() for name, make in MADE.items()}
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

    names = list(MADE)
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
        for name in MADE:
            (found,) = (n for n in files if n.rpartition("-")[0] == name)
            with Image.open(io.BytesIO(files[found])) as image:
                check(image, found)


# --- Formats -----------------------------------------------------------------------------------

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\n{} loop\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (EPS, "EPS pictures are not published"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC pictures are not published"),
        (b"P6 1 1 255 abc", "it is not a picture of a known type"),
        (b"\x89PNG\r\n\x1a\n" + EPS, "it is not a picture of a known type"),
    ],
)
def test_only_formats_that_are_published_are_read(data: bytes, reason: str) -> None:
    with pytest.raises(Broken, match=reason):
        inspect_picture("p.png", data)


def test_postscript_is_known_by_nobody() -> None:
    assert not {"EPS", "PPM", "TIFF", "PDF", "ICO"} & set(OPENED)
    with pytest.raises(UnidentifiedImageError), opened(EPS):
        pass


def test_every_picture_is_opened_in_one_place() -> None:
    """Elsewhere, one could forget to name the formats."""
    source = Path(inspect_picture.__code__.co_filename).parent.parent
    having = {p.name for p in source.rglob("*.py") if "Image.open(" in p.read_text("utf-8")}
    assert having == {"raster.py"}


# --- Kept as it lies, or not -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["grey", "palette", "colour-alpha", "jpeg", "gif", "gif-moving", "png-moving", "webp", "avif"])  # fmt: skip
def test_a_picture_that_all_show_alike_is_kept_as_it_lies(name: str) -> None:
    data = MADE[name]()
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


def test_an_upright_picture_has_its_upright_size() -> None:
    found = inspect_picture("a.jpg", lying(6, "JPEG"))
    assert (found.width, found.height) == SIZE
