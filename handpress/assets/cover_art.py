"""Cover art: the drawing on a designed cover, unique to the series since its id is the seed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator

from msgspec import Struct

from handpress.assets.colour import Colour, mixed

BAND = (0.38, 0.83)  # as fractions of the height: the area of the drawing


Pick = Callable[[int, float, float], float]  # a number of the seed, between two bounds


class Page(Struct, frozen=True):
    """The page of a drawing: its size, the colour of its ground, and that of the strongest line."""

    width: float
    height: float
    ground: Colour
    lines: Colour

    def path(self, data: str, strength: float) -> str:
        """Return a line in a colour between the two of the page."""
        return f'<path d="{data}" stroke="{mixed(self.ground, self.lines, strength).hex}" />'


def cover_art(seed: str, page: Page, pattern: str = "") -> bytes:
    """Return an SVG of a pattern. The same `seed` gives the same lines."""
    numbers = hashlib.sha256(seed.encode()).digest()

    def pick(index: int, low: float, high: float) -> float:
        return low + (high - low) * numbers[index] / 255

    width, lines = PATTERNS[pattern or FIRST]
    stroke = f'fill="none" stroke-width="{page.width * width:.2f}" stroke-linecap="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page.width:g} {page.height:g}">'
        f"<g {stroke}>{''.join(lines(page, pick))}</g></svg>"
    ).encode()


def waves(page: Page, pick: Pick) -> Iterator[str]:
    """Draw a band of parallel lines that rises through the page.

    They are dense where the band turns and spread out where it is straight, like tissue that is pulled and
    released.
    """
    phase, swing, turns = pick(0, 0, 2 * math.pi), pick(1, 0.075, 0.11), pick(2, 1.05, 1.35)
    count, steps = 13, 24
    bands: list[list[tuple[float, float]]] = []
    for line in range(count):
        across = line / (count - 1)  # 0 is the upper edge of the band, 1 the lower
        points = []
        for step in range(-1, steps + 2):
            x = step / steps
            wave = math.sin(phase + turns * 2 * math.pi * x)
            slow = math.sin(phase * 0.7 + 2.1 * x + 0.9)
            open_ = 0.13 + 0.055 * math.sin(phase + 1.3 + turns * 2 * math.pi * x * 0.5)
            middle = 0.64 - 0.14 * x + swing * wave + 0.03 * slow
            points.append((x * page.width, middle + (across - 0.5) * open_ * 1.9))
        bands.append(points)
    # Keep the drawing clear of the title above it and of the names below it.
    lowest, highest = (
        min(y for band in bands for _, y in band),
        max(y for band in bands for _, y in band),
    )
    scale = (BAND[1] - BAND[0]) / (highest - lowest)
    for line, band in enumerate(bands):
        across = line / (count - 1)
        points = [(x, (BAND[0] + (y - lowest) * scale) * page.height) for x, y in band]
        data = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
        # Catmull-Rom curves through the points, as Bézier curves.
        for n in range(1, len(points) - 2):
            p0, p1, p2, p3 = points[n - 1 : n + 3]
            c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
            c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
            lead = f"M{p1[0]:.2f} {p1[1]:.2f}" if n == 1 else ""
            data = (
                lead or data
            ) + f"C{c1[0]:.2f} {c1[1]:.2f} {c2[0]:.2f} {c2[1]:.2f} {p2[0]:.2f} {p2[1]:.2f}"
        strength = 0.28 + 0.4 * math.sin(math.pi * across)
        yield page.path(data, strength)


def arcs(page: Page, pick: Pick) -> Iterator[str]:
    """Draw half circles over a horizon, like a rising sun, further apart the wider they are."""
    top, bottom = (edge * page.height for edge in BAND)
    x, growth = page.width * pick(0, 0.3, 0.7), pick(1, 1.1, 1.35)
    count = 14
    for arc in range(1, count + 1):
        radius = (bottom - top) * (arc / count) ** growth
        half = f"A{radius:.2f} {radius:.2f} 0 0 1 {x + radius:.2f} {bottom:.2f}"
        yield page.path(f"M{x - radius:.2f} {bottom:.2f}{half}", 0.75 - 0.5 * arc / count)
    yield page.path(f"M0 {bottom:.2f}H{page.width:.2f}", 0.75)


def stripes(page: Page, pick: Pick) -> Iterator[str]:
    """Draw upright lines of full strength about a middle line, whose lengths swell and fade like breath."""
    phase, turns = pick(0, 0, 2 * math.pi), pick(1, 1.3, 1.9)
    top, bottom = (edge * page.height for edge in BAND)
    shares = [line / 26 for line in range(27)]
    swells = [
        (0.56 + 0.5 * math.sin(phase + turns * 2 * math.pi * across))
        * (0.6 + 0.4 * math.sin(phase * 1.7 + 2.6 * across))
        for across in shares
    ]
    middle, most = top + (bottom - top) * 0.54, (bottom - top) * 0.44
    for across, swell in zip(shares, swells, strict=True):
        half, x = most * swell / max(swells), page.width * (0.11 + 0.78 * across)
        yield page.path(f"M{x:.2f} {middle - half:.2f}V{middle + half:.2f}", 1)


def nothing(_page: Page, _pick: Pick) -> Iterator[str]:
    """Leave the ground as it is."""
    return iter(())


# The width of the lines as a share of the page's, and the function that draws them.
PATTERNS: dict[str, tuple[float, Callable[[Page, Pick], Iterator[str]]]] = {
    "waves": (0.0042, waves),
    "arcs": (0.0042, arcs),
    "stripes": (0.012, stripes),
    "none": (0, nothing),
}
FIRST = "waves"
