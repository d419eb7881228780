"""Raster pictures: opening them, and converting them to one form for all media.

Print, e-readers and browsers render 16-bit greys, CMYK, colour profiles and the orientation of photos
differently, and browsers do not render TIFF and BMP. Such pictures are converted to upright sRGB with 8 bits a channel;
all others stay unchanged.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from handpress.assets.formats import Broken, Huge
from handpress.core.limits import TooSlow

if TYPE_CHECKING:
    from PIL.Image import Image


PIXELS = 120_000_000  # the limit for reading: more would take a gigabyte of memory
REDUCED = 250_000_000  # and for a JPEG, which is reduced while it is read: phones take 200 million
PRINTED = 40_000_000  # the limit for keeping: a full A4 page at 600 dpi has 35 million
WIDEST = 16_000  # the limit of a side: WebP allows no more
LONGEST = 4000  # pixels a side of scaled pictures: a full A4 page at 340 dpi

# Our names of formats by Pillow's. Pillow has dozens of readers, and one runs Ghostscript.
FORMATS = {
    "PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif",
    "TIFF": "tif", "BMP": "bmp", "ICO": "ico",
}  # fmt: skip
JPEG = ("JPEG", "MPO")  # an MPO is a JPEG followed by more pictures
MOVING = ("PNG", "GIF", "WEBP", "AVIF")  # may be animations; a TIFF has pages
OPENED = tuple(name for name in FORMATS if name != "MPO")
PUBLISHED = ("png", "jpg", "gif", "webp", "avif")  # browsers and e-readers render these
# Signatures of other files that people take for pictures, so that a message can name them.
OTHERS = {
    "EPS": re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"),
    "HEIC": re.compile(rb".{4}ftyp(heic|heix|heim|hevc)", re.S),
    "JPEG 2000": re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
    "JPEG XL": re.compile(rb"\0\0\0\x0cJXL |\xff\x0a"),
    "Photoshop": re.compile(rb"8BPS"),
}

LOSSLESS = ("png", "gif", "tif", "bmp", "ico")
PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA")  # modes that every medium renders the same way
REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK")
ORIENTATION = 0x0112  # the Exif tag for orientation
# By its value, Pillow's name for the rotation that makes the picture upright (CIPA DC-008, 4.6.5.1).
TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
GAMMA = 0.45455  # of a PNG for screens (ISO/IEC 15948, 11.3.3.2)


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """Open the picture in `data`, if it is in one of our formats."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint sets it, for the whole process
    Image.MAX_IMAGE_PIXELS = None  # `_load` has our own limits
    with Image.open(io.BytesIO(data), formats=OPENED) as image:
        yield image


def plain(data: bytes) -> tuple[str, int, int, bytes]:
    """Return the type and size of the picture in `data`, and its bytes as all media render them."""
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings(record=True) as odd:
            warnings.simplefilter("always")
            with opened(data) as image:
                reduced = _load(image)
                kind = FORMATS[image.format or ""]
                # `_differs` can also raise warnings.
                differs = _differs(image) or reduced or kind not in PUBLISHED
                if odd and _moves(image):
                    raise Broken(f"its data is damaged ({odd[0].message})")
                if not (differs or odd):
                    return kind, *image.size, data
                return _saved(_shown(image, reduced or _is_large(image)), kind)
    except (Broken, TooSlow, MemoryError, RecursionError):
        raise
    except UnidentifiedImageError:
        other = next((name for name, begins in OTHERS.items() if begins.match(data)), None)
        known = f"{other} pictures are not supported" if other else None
        raise Broken(known or "it is not a picture in a supported format") from None
    except Exception as error:  # noqa: BLE001  # Pillow's readers raise every kind on damaged files
        raise Broken(f"its data is damaged ({type(error).__name__})") from None


def _load(image: Image) -> bool:
    """Read all of `image`, so that missing data raises an error; return whether it was reduced."""
    width, height = image.size
    limit = REDUCED if image.format in JPEG else PIXELS
    if width * height > limit:
        size = f"{width} × {height} pixels"
        raise Huge(f"it has {size}; the limit is {limit // 1_000_000} million")
    if image.format in JPEG and _is_large(image):
        scale = LONGEST / max(width, height)
        image.draft(image.mode, (int(width * scale), int(height * scale)))
    image.load()
    if image.mode == "P":
        if image.palette is None:
            raise Broken("its palette is missing")
        image.convert("RGBA")  # raises an error if the palette is too short
    return image.size != (width, height)


def _differs(image: Image) -> bool:
    """Return whether media would render `image` differently, or it is larger than necessary."""
    turned = _orientation(image) != 1
    # An animation stays one.
    if _moves(image) and image.mode in PLAIN and not _is_large(image):
        return False
    return (
        image.mode not in PLAIN
        or _is_large(image)
        or turned
        or _curved(image)
        or not _is_srgb(image.info.get("icc_profile") or b"", image.mode[:1])
    )


def _moves(image: Image) -> bool:
    return image.format in MOVING and bool(getattr(image, "is_animated", False))


def _is_large(image: Image) -> bool:
    return image.width * image.height > PRINTED or max(image.size) > WIDEST


def _orientation(image: Image) -> int:
    """Return the orientation of `image` as an Exif value; 1 means upright."""
    found = image.getexif().get(ORIENTATION)
    return int(found) if found in TURNS else 1


def _curved(image: Image) -> bool:
    """Return whether a PNG declares tones different from those of screens."""
    gamma: float = image.info.get("gamma") or 0.0
    told = (
        "icc_profile" in image.info or "srgb" in image.info
    )  # they take precedence (section 11.3.3.2)
    return gamma > 0 and not told and abs(gamma - GAMMA) > 0.02


def _shown(image: Image, large: bool) -> Image:
    """Return `image` as it should look: upright, in grey or sRGB, 8 bits a channel, scaled if it is `large`."""
    from PIL import Image

    turn = TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    if (
        large and image.mode in REDUCIBLE and "transparency" not in image.info
    ):  # before it is copied
        info, image = image.info, image.reduce(max(1, max(image.size) // LONGEST))
        image.info = info
    colours, alpha = _parted(image)
    if _curved(image):
        power = 1 / (image.info["gamma"] * 2.2)
        curve = [round(255 * (tone / 255) ** power) for tone in range(256)]
        colours = colours.point(curve * len(colours.getbands()))
    if profile:
        colours = _in_srgb(colours, profile)
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    if turn:
        colours = colours.transpose(Image.Transpose[turn])
    if large:
        colours.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    colours.info = {}  # the saved file would otherwise repeat it
    return colours


def _parted(image: Image) -> tuple[Image, Image | None]:
    """Return the colours of `image` in L, RGB or CMYK, and its transparency."""
    from PIL import ImageMath

    clear = image.info.get("transparency")
    if image.mode.startswith("I"):
        wide = image.convert("I")
        grey = ImageMath.lambda_eval(lambda of: of["convert"]((of["i"] + 128) / 257, "L"), i=wide)
        if not isinstance(clear, int):
            return grey, None
        return grey, ImageMath.lambda_eval(
            lambda of: of["convert"]((of["i"] != clear) * 255, "L"), i=wide
        )
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        return seen.convert("L" if image.mode in ("1", "L", "LA") else "RGB"), seen.getchannel("A")
    return image.convert({"1": "L", "L": "L", "CMYK": "CMYK"}.get(image.mode, "RGB")), None


def _in_srgb(colours: Image, profile: bytes) -> Image:
    """Convert `colours` from the space of `profile`; leave them unchanged if it is unusable, as browsers do."""
    from PIL import ImageCms

    try:
        seen = ImageCms.profileToProfile(
            colours, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return colours
    assert seen is not None  # only a conversion in place returns None
    return seen.convert("L") if colours.mode == "L" else seen


@lru_cache(maxsize=64)
def _is_srgb(profile: bytes, mode: str) -> bool:
    """Return whether the colours of `profile` are those of screens, by converting samples."""
    from PIL import Image

    if not profile:
        return True
    steps = (0, 64, 128, 192, 255)
    if mode in ("1", "L"):
        patch = Image.new("L", (5, 1))
        patch.putdata(steps)
    elif mode in ("R", "P"):
        patch = Image.new("RGB", (125, 1))
        patch.putdata([(r, g, b) for r in steps for g in steps for b in steps])
    else:
        return False  # CMYK
    before, after = (p.convert("RGB").tobytes() for p in (patch, _in_srgb(patch, profile)))
    return all(abs(a - b) <= 2 for a, b in zip(before, after, strict=True))


def _saved(image: Image, kind: str) -> tuple[str, int, int, bytes]:
    """Return `image` as a PNG if it is lossless or has transparency, otherwise as a JPEG."""
    exact = kind in LOSSLESS or image.mode in ("LA", "RGBA")
    out = io.BytesIO()
    if exact:
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=92, subsampling=0)
    return "png" if exact else "jpg", *image.size, out.getvalue()


def as_png(data: bytes) -> tuple[str, bytes]:
    """Return the picture in `data`, or the first frame of an animation, as a PNG."""
    with opened(data) as image:
        out = io.BytesIO()
        image.convert("RGBA" if image.has_transparency_data else "RGB").save(out, "PNG")
    return "png", out.getvalue()
