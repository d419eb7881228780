"""Raster pictures: opening them, and converting them to one form for all media.

Print, e-readers and browsers render 16-bit greys, CMYK, colour profiles and the orientation of photos
differently. Such pictures are converted to upright sRGB with 8 bits a channel; all others stay unchanged.
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


PIXELS = (
    120_000_000  # the limit for reading: the largest photo of most phones has 50 or 108 million
)
PRINTED = 40_000_000  # the limit for keeping: a full A4 page at 600 dpi has 35 million
WIDEST = 16_000  # the limit of a side: WebP allows no more
LONGEST = 4000  # pixels a side of scaled pictures: a full A4 page at 340 dpi

# Our names of formats by Pillow's. Pillow has dozens of readers, and one runs Ghostscript.
FORMATS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
OPENED = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")  # an MPO is a JPEG followed by more pictures
# Signatures of other files that people take for pictures, so that a message can name them.
OTHERS = {
    "TIFF": re.compile(rb"II\*\0|MM\0\*"),
    "BMP": re.compile(rb"BM.{8}", re.S),
    "EPS": re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"),
    "HEIC": re.compile(rb".{4}ftyp(heic|heix|heim|hevc)", re.S),
    "JPEG 2000": re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
    "JPEG XL": re.compile(rb"\0\0\0\x0cJXL |\xff\x0a"),
    "Photoshop": re.compile(rb"8BPS"),
    "icon": re.compile(rb"\0\0[\1\2]\0.\0", re.S),
}

PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA")  # modes that every medium renders the same way
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
    with Image.open(io.BytesIO(data), formats=OPENED) as image:
        yield image


def plain(data: bytes) -> tuple[str, int, int, bytes]:
    """Return the type and size of the picture in `data`, and its bytes as all media render them."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(record=True) as odd:
            warnings.simplefilter("always")
            with opened(data) as image:
                _load(image)
                kind = FORMATS[image.format or ""]
                differs = _differs(image)  # which can also raise warnings
                if odd and _moves(image):
                    raise Broken(f"its data is damaged ({odd[0].message})")
                if not (differs or odd):
                    return kind, *image.size, data
                return _saved(_shown(image), kind)
    except (Broken, TooSlow, MemoryError, RecursionError):
        raise
    except Image.DecompressionBombError:
        raise Huge("it has far more pixels than a page can print") from None
    except UnidentifiedImageError:
        other = next((name for name, begins in OTHERS.items() if begins.match(data)), None)
        known = f"{other} pictures are not supported" if other else None
        raise Broken(known or "it is not a picture in a supported format") from None
    except Exception as error:  # noqa: BLE001  # Pillow's readers raise every kind on damaged files
        raise Broken(f"its data is damaged ({type(error).__name__})") from None


def _load(image: Image) -> None:
    """Read all of `image`, so that missing data raises an error."""
    if image.width * image.height > PIXELS:
        size = f"{image.width} × {image.height} pixels"
        raise Huge(f"it has {size}; the limit is {PIXELS // 1_000_000} million")
    image.load()
    if image.mode == "P":
        if image.palette is None:
            raise Broken("its palette is missing")
        image.convert("RGBA")  # raises an error if the palette is too short


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
    # The second picture of an MPO adds depth, not movement.
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


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


def _shown(image: Image) -> Image:
    """Return `image` as it should look: upright, in grey or sRGB, 8 bits a channel."""
    from PIL import Image

    profile = image.info.get("icc_profile")
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
    if turn := TURNS.get(_orientation(image)):
        colours = colours.transpose(Image.Transpose[turn])
    if _is_large(colours):
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
    exact = kind in ("png", "gif") or image.mode in ("LA", "RGBA")
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
