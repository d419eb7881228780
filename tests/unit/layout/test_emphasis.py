"""Emphasis in scripts that have no italics: it is bold in every medium."""

from __future__ import annotations

import re

import pytest
from babel.core import Locale

from helpers.workspaces import ROOT

SHEET = (ROOT / "layouts/styles/base.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["hi", "ja", "ko", "th", "zh"])
def test_emphasis_is_bold(language: str) -> None:
    rule = re.search(rf"em:lang\({language}\)[^{{]*\{{([^}}]*)\}}", SHEET)
    assert rule
    assert "font-style: normal" in rule[1]
    assert "font-weight: 700" in rule[1]


def test_languages_with_italics_keep_them() -> None:
    listed = re.findall(r"em:lang\((\w+)\)", SHEET)
    assert listed == sorted(set(listed))
    assert all(Locale.parse(tag) for tag in listed)
    assert not {"en", "de", "fr", "el", "ru", "vi"} & set(listed)
