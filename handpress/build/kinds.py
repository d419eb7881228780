"""All codes with their severity and wording: those of the catalogue, and those of the preflight rules."""

from __future__ import annotations

from collections.abc import Mapping

from handpress.core.catalogue import KINDS, Kind
from handpress.press.preflight.rules import RULES

ALL_KINDS: Mapping[str, Kind] = {**KINDS, **{rule.code: rule.kind for rule in RULES}}
