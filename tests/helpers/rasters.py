"""The same picture in every kind of raster: white, with one tone in its upper left quarter."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image, ImageCms, PngImagePlugin

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
    if kind == "JPEG":
        return {"quality": 100, "subsampling": 0}
    return {"lossless": True} if kind == "WEBP" else {}


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


def fax() -> bytes:
    """Black dots for the tone, as a scanner for documents saves it, with less data than pixels."""
    return saved(upright("L").quantize(2).convert("L"), "TIFF", compression="tiff_lzw")


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


RASTERS: dict[str, Callable[[], bytes]] = {
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
    "tiff": lambda: saved(upright(), "TIFF"),
    "tiff-grey-16": lambda: saved(upright("L").convert("I").point(lambda tone: tone * 257).convert("I;16"), "TIFF"),
    "tiff-inks": lambda: saved(upright().convert("CMYK"), "TIFF"),
    "tiff-fax": fax,
    "tiff-pages": lambda: saved(upright(), "TIFF", save_all=True, append_images=[upright("RGB", 0)]),
    "tiff-turned": lambda: lying(6, "TIFF"),
    "bmp": lambda: saved(upright(), "BMP"),
    "bmp-palette": lambda: saved(upright("L").quantize(8), "BMP"),
    "ico": lambda: saved(upright("RGBA"), "ICO", sizes=[SIZE]),
    "avif": lambda: saved(upright(), "AVIF", quality=100),
}  # fmt: skip
