"""Abbreviations that an article does not expand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.citations import is_citation
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_ABBREVIATION = re.compile(r"(?<![\w’'\-/&.@#])[A-Z]{2,5}s?(?![\w\-/&@]|\.\w|['’](?:re|ll|d|ve)\b)")
# Those that are better known than their long forms, names of places and of units among them.
KNOWN = frozenset(
    """
    AD AI AIDS AM API ATM BA BBC BC BMI BSc CD CEO CNN CPU CSS CT CV DIY DJ DNA DVD EEG EKG ECG ER EU FAQ FAQs FBI GIF GP GPS
    GPs HIV HR HTML HTTP HTTPS IBM ID IDs IQ IT IV JPEG JPG JSON KG LED LGBT MA MBA MD MP MRI MRSA MSc NASA NATO NHS NICE NYC
    OK PC PCs PDF PDFs PE PIN PM PNG PR PhD PS QA QR RAM RNA RSS SIM SMS SPF SQL SUV TB TV TVs UI UK UN UPS URL URLs US USA
    USB UV UVA UVB VIP VPN WC WHO WWW XML YAML ZIP DC NY LA CA TX FL WA DE ES AND OR NOT NO DO BE IF IS ARE YOU ALL STOP ANY
    NEVER MUST CAN ONLY NOW ALWAYS THE AT IN ON TO FOR HELP CALL CPR II III IV VI VII VIII IX XI XII TLC ASAP RSVP AKA ETC DR
    MR MS ST KB MB GB TB KHZ MHZ GHZ RPM BMW CIA NSA NBC ABC CBS USS HMS AC PTA NW NE SW SE CSV IRS CIO CTO CFO
    """.split()  # noqa: SIM905
)


def unexpanded(page: Page) -> Iterator[Found]:
    """Yield the first use of each abbreviation that the article expands nowhere."""
    seen: set[str] = set()
    for found in _ABBREVIATION.finditer(page.text):
        name = found[0].removesuffix("s")
        if name in KNOWN or found[0] in KNOWN or name in seen:
            continue
        seen.add(name)
        block = page.block_at(found.start())
        shouted = re.search(
            r"\b[A-Z]{2,} +\Z|\b[A-Z]{2,}[,:;] +\Z",
            page.text[max(block.first, found.start() - 12) : found.start()],
        )
        follows = re.match(r"[,:;]? +[A-Z]{2,}\b", page.text[found.end() : block.last])
        elsewhere = block.kind in ("heading", "title", "cell") or is_citation(page, block)
        alone = page.words_of(block).strip() == found[0]
        if alone or elsewhere or shouted or follows or _expanded(page, name):
            continue
        yield Found(page.at(found.start(), found.end()), {"written": found[0]})


def _expanded(page: Page, name: str) -> bool:
    """Return whether the long form is somewhere: in brackets, before brackets, or in a definition."""
    if name in page.env["abbreviations"] or f">{name}</abbr>" in page.source:
        return True
    letters = re.escape(name)
    if re.search(
        rf"\(\W*{letters}s?\W*(?:\)|[,;:] )|\b{letters}s?\b,? \((?=\w+ \w)|\b{letters}s?\b (?:stands for|means|is short for)\b|\b(?:called|or) (?:an? )?{letters}\b",
        page.text,
    ):
        return True
    initials = r"[\w’']*[\s\-]+(?:(?:of|the|and|for|in|on|to|de|la|del|und|der|des)\s+)*".join(name)
    return bool(re.search(rf"\b{initials}[\w’']*", page.text, re.I))


RULES = (
    Rule(
        code="abbreviation",
        kind=Kind(
            "advice",
            "abbreviation is not explained",
            "the article has no long form of `{written}`",
            "write the long form first, with `{written}` in brackets, or a line `*[{written}]: long form`",
        ),
        reason="Readers who do not know it lose the sentence.",
        source="WCAG 2.2, success criterion 3.1.4 (Abbreviations); plainlanguage.gov, Minimize abbreviations",
        bad=Example("# Knees\n\nThe ⟦ACL⟧ holds the knee. An ACL heals slowly.\n"),
        good=Example(
            "# Knees\n\nThe anterior cruciate ligament (ACL) holds the knee. Your GP can test the ACL.\n"
        ),
        find=unexpanded,
    ),
)
