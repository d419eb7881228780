"""Words of a health sheet: who is meant, how much, how likely, and terms before they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.citations import is_citation
from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

_PROSE = ("paragraph", "item")
_PATIENTS = re.compile(
    r"(?i)\b(?:the )?(?:patients?|clients?|sufferers?|individuals) (?:should|must|need to|needs to|has to|have to|ought to|are advised to|is advised to|may wish to)\b"
    r"|\b(?:der |die )?patient(?:en|in|innen)? (?:sollten?|müssen|muss)\b|\b(?:el|la|los|las) pacientes? deben?\b"
)
_PERCENT = re.compile(
    r"(?i)\b\d+(?:[.,]\d+)?(?:\s?[–-]\s?\d+(?:[.,]\d+)?)?\s?(?:%|per ?cent\b|prozent\b|por ciento\b)"
)
_FREQUENCY = re.compile(
    r"(?i)\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|a quarter|a third|two thirds) (?:in|of|out of|people in|in every|of every|von|de cada) (?:every )?(?:\d+|ten|hundred|a hundred|them|zehn|hundert)\b"
)
_DOSE = re.compile(
    r"(?i)\b(?:max(?:imum)?|effort|strength|solution|cream|gel|dose|humidity|battery|kraft|fuerza|concentration|alcohol|full|slope)\b"
)
_VAGUE = re.compile(
    r"(?i)\b(?:(?:a few|several|some|a couple of|many|multiple) times (?:a|per|each|every) (?:day|week|month)"
    r"|on a regular basis|from time to time|every so often|every now and then|in moderation|an? (?:adequate|appropriate|reasonable|sufficient|suitable) (?:amount|number|quantity)"
    r"|as (?:often|much|many) as (?:needed|necessary|required)|plenty of (?:rest|exercise|water|fluids|sleep))\b"
    r"|\b(?:ein paar|mehrere|einige) male? (?:am tag|pro woche|täglich)\b|\b(?:varias|algunas) veces (?:al día|por semana)\b"
)


def patients(page: Page) -> Iterator[Found]:
    """Yield advice in the third person."""
    for found in page.find(_PATIENTS, *_PROSE):
        yield Found(page.at(*found.span()), {"written": found[0]})


def percentage(page: Page) -> Iterator[Found]:
    """Yield the first percentage of each sentence that has no number of people."""
    last = -1
    for found in page.find(_PERCENT, *_PROSE):
        block = page.block_at(found.start())
        if "exercise" in block.within.kinds or is_citation(page, block):
            continue
        begin = max(page.text.rfind(". ", block.first, found.start()), block.first)
        end = page.text.find(". ", found.end(), block.last)
        around = page.text[begin : end if end >= 0 else block.last]
        if begin == last or _FREQUENCY.search(around) or _DOSE.search(around):
            continue
        last = begin
        yield Found(page.at(*found.span()), {"written": found[0]})


def vague(page: Page) -> Iterator[Found]:
    """Yield amounts that each reader understands differently."""
    for found in page.find(_VAGUE, "meaning", *_PROSE):
        if "note" not in page.block_at(found.start()).within.kinds:
            yield Found(page.at(*found.span()), {"written": found[0]})


def late(page: Page) -> Iterator[Found]:
    """Yield the first use of a term in a paragraph before the one that leads to its definition."""
    for number, block in enumerate(page.blocks):
        if block.kind != "term" or "exercise" in block.within.kinds or number < 2:
            continue
        term = page.words_of(block).strip()
        first = page.blocks[number - 1].first
        if len(term) < 4:
            continue
        found = re.search(rf"(?i)(?<![\w-]){re.escape(term)}(?![\w-])", page.text[:first])
        if found and page.block_at(found.start()).kind in _PROSE:
            line = page.article.source.line_at(block.start) + 1
            yield Found(page.at(*found.span()), {"written": term, "line": line})


_HEALTH = "kind: health\n"
RULES = (
    Rule(
        code="third-person",
        kind=Kind(
            "advice",
            "advice in the third person",
            "`{written}` is about somebody else",
            "speak to the reader: `you`, or the verb alone",
        ),
        reason="Readers follow advice that is given to them.",
        source="NHS digital service manual, Voice and tone; AHRQ PEMAT-P, item 21 (addresses the user directly)",
        bad=Example("# Knees\n\n⟦Patients should⟧ rest.\n", _HEALTH),
        good=Example("# Knees\n\nRest. Most patients walk after a week.\n", _HEALTH),
        find=patients,
        only_for="health",
    ),
    Rule(
        code="bare-percentage",
        kind=Kind(
            "advice",
            "percentage without a number of people",
            "many readers cannot picture `{written}`",
            "write it as people: `8 in 100 people`, with the percentage in brackets if you like",
        ),
        reason="Risks are understood best as people out of a hundred, on the same scale throughout.",
        source="Winton Centre and PIF, Communicating risk; CDC Clear Communication Index (risk)",
        bad=Example("# Knees\n\nIt comes back for ⟦20%⟧ of runners.\n", _HEALTH),
        good=Example(
            "# Knees\n\nIt comes back for 20 in 100 runners (20%). Use half of your strength, 50%.\n",
            _HEALTH,
        ),
        find=percentage,
        only_for="health",
    ),
    Rule(
        code="vague-amount",
        kind=Kind(
            "advice",
            "vague amount",
            "`{written}` means something else to each reader",
            "write a number: how many, how long, how often",
        ),
        reason="A reader who has to guess does too little, or too much.",
        source="AHRQ PEMAT-P, items 20 and 22",
        bad=Example("# Knees\n\nBend it ⟦several times a day⟧.\n", _HEALTH),
        good=Example("# Knees\n\nBend it three times a day. It takes some weeks.\n", _HEALTH),
        find=vague,
        only_for="health",
    ),
    Rule(
        code="late-definition",
        kind=Kind(
            "advice",
            "term is used before its definition",
            "`{written}` is explained in line {line}",
            "explain it here, or move the definition up",
        ),
        reason="Readers who do not know a word stop there, and do not look for it further down.",
        source="AHRQ PEMAT-P, item 4 (medical terms are defined)",
        bad=Example(
            "# Knees\n\nYour ⟦cartilage⟧ may thin.\n\nIt heals slowly.\n\nIt is a map.\n\nCartilage\n:   A smooth layer.\n",
            _HEALTH,
        ),
        good=Example(
            "# Knees\n\nIt heals slowly.\n\nIt is cartilage.\n\nCartilage\n:   A smooth layer.\n",
            _HEALTH,
        ),
        find=late,
        only_for="health",
    ),
)
