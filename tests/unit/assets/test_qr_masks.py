"""Masks of QR codes: each code is the one that segno makes, module by module."""

from __future__ import annotations

import random
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest

from handpress.assets.qr_masks import FINDER, penalty, quicken

encoder: Any = import_module("segno.encoder")


def unchanged() -> Any:
    """Return another copy of segno's encoder, as it is in its file."""
    spec = find_spec("segno.encoder")
    assert spec is not None
    assert spec.loader is not None
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy


@pytest.mark.parametrize("length", [5, 40, 80, 160, 380])
def test_codes_are_those_of_segno(length: int) -> None:
    quicken()
    chosen, slow = random.Random(length), unchanged()
    for _ in range(6):
        text = "".join(chosen.choices("abcdefghijklmnopqrstuvwxyz0123456789-/", k=length))
        how = {"error": "m", "micro": False, "boost_error": False}
        ours, theirs = encoder.encode(text, **how), slow.encode(text, **how)
        assert (ours.mask, ours.matrix) == (theirs.mask, theirs.matrix)


def test_penalties_are_those_of_segno() -> None:
    """Also of codes with many patterns like those in their corners, and with large areas of one colour."""
    chosen = random.Random(1)
    for _ in range(200):
        width, dark = chosen.choice([21, 25, 33]), chosen.random()
        rows = [bytearray(chosen.random() < dark for _ in range(width)) for _ in range(width)]
        for row in rows[:: chosen.choice([1, 3])]:
            at = chosen.randrange(width - len(FINDER) + 1)
            row[at : at + len(FINDER)] = FINDER
        assert penalty([bytes(row) for row in rows]) == sum(encoder.mask_scores(rows, width, width))
