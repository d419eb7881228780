"""Masks of QR codes: the one with the lowest penalty, as segno finds it, without a loop over each module.

segno applies eight masks to each code and scores them in Python, module by module, which is most of its time. Here a
row is a number with a bit for each module, or a string of bytes. Sections are of ISO/IEC 18004:2015.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

RUN = re.compile(rb"\x00{5,}|\x01{5,}")  # five modules or more of one colour
FINDER = bytes((1, 0, 1, 1, 1, 0, 1))  # the proportions of a finder pattern
END = b"\x02"  # between two lines

Rows = tuple[int, ...]


def quicken() -> None:
    """Let segno choose masks by the function of this module, except for Micro QR codes."""
    encoder: Any = import_module("segno.encoder")  # it carries few types
    slowly = encoder.find_and_apply_best_mask

    def find_and_apply_best_mask(
        matrix: Sequence[bytearray], width: int, height: int, proposed_mask: int | None = None
    ) -> Any:
        if proposed_mask is not None or width < 21 or width != height:
            return slowly(matrix, width, height, proposed_mask)
        rows = [int.from_bytes(row, "big") for row in matrix]
        tried: list[tuple[int, int, list[bytes]]] = []
        for mask in _masks(width):
            masked = [
                (row ^ own).to_bytes(width, "big") for row, own in zip(rows, mask, strict=True)
            ]
            tried.append((penalty(masked), len(tried), masked))
        _, number, best = min(tried)
        return number, tuple(map(bytearray, best))

    encoder.find_and_apply_best_mask = find_and_apply_best_mask


@lru_cache(maxsize=40)
def _masks(width: int) -> tuple[Rows, ...]:
    """Return the masks of a code of `width` modules (7.8.2), which leave its patterns as they are.

    A row is a number with a byte for each module.
    """
    encoder: Any = import_module("segno.encoder")
    patterns = encoder.make_matrix(width, width)
    encoder.add_finder_patterns(patterns, width, width)
    encoder.add_alignment_patterns(patterns, width, width)
    patterns[-8][8] = 1  # always dark
    every = range(width)
    return tuple(
        tuple(
            int.from_bytes(bytes(patterns[i][j] > 1 and mask(i, j) for j in every), "big")
            for i in every
        )
        for mask in encoder.get_data_mask_functions(is_micro=False)
    )


def penalty(rows: Sequence[bytes]) -> int:
    """Return the penalty of a code (7.8.3.1, table 11), whose rows have 1 for each dark module."""
    columns = list(map(bytes, zip(*rows, strict=True)))
    lines = END.join([*rows, *columns])
    runs = sum(len(run) - 2 for run in RUN.findall(lines))
    finders = sum(_finders(line) for line in (*rows, *columns) if FINDER in line)
    dark = sum(row.count(1) for row in rows)
    share = abs(100 * dark / len(rows) ** 2 - 50)
    return runs + 3 * _blocks(rows) + 40 * finders + 10 * int(share / 5)


def _blocks(rows: Sequence[bytes]) -> int:
    """Return the number of blocks of two by two modules of one colour."""
    found = 0
    ones = int.from_bytes(bytes([1]) * (len(rows) - 1), "big")
    above, same_above = 0, 0
    for number, row in enumerate(rows):
        bits = int.from_bytes(row, "big")
        same = ~(bits ^ bits >> 8) & ones  # as the module to its left
        if number:
            found += (same & same_above & ~(bits ^ above)).bit_count()
        above, same_above = bits, same
    return found


def _finders(line: bytes) -> int:
    """Return the number of finder patterns in a line, with four light modules, or the edge, before or after them."""
    found, at = 0, line.find(FINDER)
    while at >= 0:
        end = at + len(FINDER)
        before, after = line[max(at - 4, 0) : at], line[end : end + 4]
        alone = at in (0, len(line) - len(FINDER)) or not any(before) or not any(after)
        found += alone
        at = line.find(FINDER, end if alone else at + 4)
    return found
