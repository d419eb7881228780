"""Cover art: the drawing on a designed cover, unique to the series since its id is the seed."""

from __future__ import annotations

import hashlib
import math

from handpress.assets.colour import Colour, mixed

BAND = (0.38, 0.83)  # as fractions of the height: the area of the drawing


def cover_art(seed: str, width: float, height: float, ground: Colour, lines: Colour) -> bytes:
    """Return an SVG of `width` by `height` units: a band of parallel lines that rises through the page.

    Their colours are between `ground`, the colour of the page, and `lines`.

    The lines are dense where the band turns and spread out where it is straight, like tissue that is pulled
    and released. The same `seed` gives the same lines.
    """
    numbers = hashlib.sha256(seed.encode()).digest()

    def pick(index: int, low: float, high: float) -> float:
        return low + (high - low) * numbers[index] / 255

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
            points.append((x * width, middle + (across - 0.5) * open_ * 1.9))
        bands.append(points)
    # Keep the drawing clear of the title above it and of the names below it.
    lowest, highest = (
        min(y for band in bands for _, y in band),
        max(y for band in bands for _, y in band),
    )
    scale = (BAND[1] - BAND[0]) / (highest - lowest)
    paths = []
    for line, band in enumerate(bands):
        across = line / (count - 1)
        points = [(x, (BAND[0] + (y - lowest) * scale) * height) for x, y in band]
        data = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
        # Return Catmull-Rom curves through the points, written as Bézier curves.
        for n in range(1, len(points) - 2):
            p0, p1, p2, p3 = points[n - 1 : n + 3]
            c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
            c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
            lead = f"M{p1[0]:.2f} {p1[1]:.2f}" if n == 1 else ""
            data = (
                lead or data
            ) + f"C{c1[0]:.2f} {c1[1]:.2f} {c2[0]:.2f} {c2[1]:.2f} {p2[0]:.2f} {p2[1]:.2f}"
        strength = 0.28 + 0.4 * math.sin(math.pi * across)
        colour = mixed(ground, lines, strength)
        paths.append(f'<path d="{data}" stroke="{colour.hex}" />')
    stroke = f'fill="none" stroke-width="{width * 0.0042:.2f}" stroke-linecap="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"<g {stroke}>{''.join(paths)}</g></svg>"
    ).encode()
