"""Barcodes: the thirteen digits of an ISBN as bars (ISO/IEC 15420, EAN-13), drawn as SVG in millimetres."""

from __future__ import annotations

MODULE = 0.33  # millimetres: the width of the narrowest bar at full size
HEIGHT, GUARD = 18.0, 1.65  # of the bars; the guards at both ends and in the middle are longer
QUIET = (11, 7)  # modules of white before and after

# The bars of a digit in the left half, from white to black. Their mirror image is its second form there, and
# their negative its form in the right half.
LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011",
        "0110001", "0101111", "0111011", "0110111", "0001011")  # fmt: skip
# The first digit decides the forms of the next six: 1 for the second form.
FORMS = ("000000", "001011", "001101", "001110", "010011",
         "011001", "011100", "010101", "010110", "011010")  # fmt: skip
NEGATIVE = str.maketrans("01", "10")


def modules(digits: str) -> str:
    """Return the 95 modules of thirteen digits: ``1`` is black."""
    first, left, right = int(digits[0]), digits[1:7], digits[7:]
    codes = [
        RIGHT[int(digit)][::-1] if form == "1" else LEFT[int(digit)]
        for digit, form in zip(left, FORMS[first], strict=True)
    ]
    return f"101{''.join(codes)}01010{''.join(RIGHT[int(digit)] for digit in right)}101"


RIGHT = tuple(code.translate(NEGATIVE) for code in LEFT)


def barcode(digits: str) -> bytes:
    """Return the barcode as an SVG with its quiet zones, without digits below it."""
    bars = []
    for at, module in enumerate(modules(digits)):
        guard = at < 3 or at >= 92 or 45 <= at < 50
        if module == "1":
            x, height = (QUIET[0] + at) * MODULE, HEIGHT + (GUARD if guard else 0)
            bars.append(f"M{x:.2f} 0h{MODULE}v{height:g}h-{MODULE}z")
    width, height = (QUIET[0] + 95 + QUIET[1]) * MODULE, HEIGHT + GUARD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:.2f} {height:g}"><path d="{"".join(bars)}"/></svg>'
    ).encode()
