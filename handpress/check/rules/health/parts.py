"""Parts that a health sheet needs: sources, a disclaimer, key points, something to do, care boxes, numbered steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handpress.check.citations import has_citations
from handpress.check.page import TICK, Page
from handpress.check.rule import Example, Found, Rule
from handpress.core.problems.catalogue import Kind

CARE = frozenset({"emergency", "urgent", "advice"})
_SOURCES = re.compile(
    r"(?i)^(?:sources?|references?|further reading|bibliography|evidence|quellen|literatur|referencias|fuentes|bibliografía|المراجع|المصادر)\b"
    r"|^(?:出典|参考文献|参考資料)"
)
_LINK = re.compile(r"https?://|\[\^[^\]]+\]")
_DISCLAIMER = re.compile(
    r"(?i)\b(?:does not|do not|doesn['’]t|cannot|can['’]t|should not|not intended to|never) (?:replace|substitute)|\bnot (?:a |be a )?(?:substitute|replacement) for"
    r"|\bnot (?:medical|professional|a diagnosis)|\binstead of (?:medical|professional) advice|\bgeneral information\b"
    r"|\bersetz(?:t|en) (?:keine|nicht)|\bkein ersatz|\bno (?:sustituye|sustituyen|reemplaza|reemplazan)\b|\binformación general\b"
    r"|代わるものでは|代わりには?なりません|一般的な情報"
    r"|\bلا (?:ي|ت)(?:غني|حل محل|قوم مقام)|\bليست? بديل|\bمعلومات عامة\b"
)
_DO = frozenset({"exercise", "do", "do-not", "diary"}) | CARE
# Verbs that begin an instruction to a reader.
_VERBS = (
    "add|apply|ask|avoid|begin|bend|breathe|bring|call|change|check|choose|cool|cover|cut|do|don[’']t|drink|eat|get|give|go|hold|keep|"
    "lie|lift|limit|make|move|practi[cs]e|protect|put|raise|read|reduce|relax|remove|repeat|rest|rinse|see|seek|sit|sleep|speak|"
    "stand|start|stay|stop|stretch|take|talk|tell|try|use|wait|walk|wash|wear|write|"
    "beginnen|bleiben|bitten|essen|fragen|gehen|halten|legen|machen|nehmen|rufen|setzen|sprechen|trinken|vermeiden|"
    "acuda|beba|coma|consulte|descanse|evite|haga|lave|llame|mantenga|pida|pregunte|tome|use"
)
_INSTRUCTION = re.compile(rf"(?i)^(?:(?:please|never|always|then|bitte) )?(?:{_VERBS})\b")
_INSTRUCTION_IN_JAPANESE = re.compile("(?:ましょう|[てで]ください)[。！]?$")


def no_sources(page: Page) -> Iterator[Found]:
    """Yield articles without a footnote, a link to the web or a section of sources."""
    named = any(_SOURCES.match(page.words_of(block)) for block in page.headings)
    if not (named or _LINK.search(page.written, page.article.start) or has_citations(page)):
        yield Found(page.head())


def no_disclaimer(pages: Sequence[Page]) -> Iterator[Found]:
    """Yield a series in which nothing says that it does not replace advice in person."""
    series = pages[0].series
    notes = series.practice.note_in(series.language).values() if series.practice else ()
    texts = (series.rights, series.description, series.subtitle, *notes, *(p.text for p in pages))
    if not any(_DISCLAIMER.search(text) for text in texts):
        yield Found(series.places["title"])


def no_key_points(page: Page) -> Iterator[Found]:
    """Yield articles without a box of key points."""
    if not page.containers_of("key-points"):
        yield Found(page.head())


def no_action(page: Page) -> Iterator[Found]:
    """Yield articles that give a reader nothing to do."""
    if not (page.containers_of(*_DO) or TICK.search(page.written) or _instructs(page)):
        yield Found(page.head())


def _instructs(page: Page) -> bool:
    """Return whether an item or a sentence begins with what to do."""
    items = (page.words_of(b) for b in page.blocks if b.kind in ("item", "heading"))
    said = (page.text[s.start : s.end] for s in page.sentences)
    return any(
        _INSTRUCTION.match(text) or _INSTRUCTION_IN_JAPANESE.search(text.rstrip())
        for text in (*items, *said)
    )


def no_care_box(page: Page) -> Iterator[Found]:
    """Yield articles that need a box on when to get help, and have none."""
    needed = page.article.settings.get("care") or page.series.care
    if needed == "required" and not page.containers_of(*CARE):
        yield Found(page.head())


def unnumbered(page: Page) -> Iterator[Found]:
    """Yield exercises with text and no numbered steps."""
    for box in page.containers_of("exercise"):
        bullets = page.containers_in(box, "bullets")
        if bullets and not page.containers_in(box, "numbers"):
            start = page.start_of(bullets[0].first)
            line = page.line(bullets[0].first)
            yield Found(page.place(start + len(line) - len(line.lstrip()), start + len(line)))


_HEALTH = "kind: health\n"
RULES = (
    Rule(
        code="no-sources",
        kind=Kind(
            "warning",
            "health sheet without sources",
            "no footnote, link or section shows where its facts come from",
            "add a footnote with the study or guideline, or a link to it",
        ),
        reason="Facts without a source cannot be checked, neither by readers nor at the next review.",
        source="HONcode, principle 4 (Attribution); PIF TICK (evidence)",
        bad=Example("# ⟦Knees⟧\n\nWalking helps.\n", _HEALTH),
        good=Example("# Knees\n\nWalking helps.[^a]\n\n[^a]: A review of 24 studies.\n", _HEALTH),
        find=no_sources,
        only_for="health",
    ),
    Rule(
        code="no-disclaimer",
        kind=Kind(
            "warning",
            "health sheets without a disclaimer",
            "nothing states that the advice does not replace a clinician who knows the reader",
            "write it into `rights` in `series.yaml`: they are printed in the book and the ebook",
        ),
        reason="Readers with other illnesses may be harmed by general advice.",
        source="HONcode, principle 2 (Complementarity)",
        bad=Example("# Knees\n\nSit.\n", "title: ⟦Knees⟧\n" + _HEALTH),
        good=Example(
            "# Knees\n\nSit.\n",
            "rights: It does not replace the advice of a clinician who knows you.\n" + _HEALTH,
        ),
        across=no_disclaimer,
        only_for="health",
    ),
    Rule(
        code="no-key-points",
        kind=Kind(
            "warning",
            "health sheet without key points",
            "it has no box `!!! key-points`",
            "write `!!! key-points` near the top, with three to five short items",
        ),
        reason="Many readers take in the first lines only, and remember three points.",
        source="CDC Clear Communication Index (main message); AHRQ PEMAT-P, item 11",
        bad=Example("# ⟦Knees⟧\n\nSit.\n", _HEALTH),
        good=Example("# Knees\n\n!!! key-points\n\n    - Sit.\n\nSit.\n", _HEALTH),
        find=no_key_points,
        only_for="health",
    ),
    Rule(
        code="no-action",
        kind=Kind(
            "warning",
            "health sheet without an action",
            "it has no box, tick or sentence that begins with what to do",
            "add what the reader can do: an exercise, numbered steps, questions to tick",
        ),
        reason="A reader who gets facts alone does not know what to do with them.",
        source="AHRQ PEMAT-P, item 20 (at least one action the user can take)",
        bad=Example("# ⟦Knees⟧\n\nKnees get stiff.\n", _HEALTH),
        good=Example("# Knees\n\nKnees get stiff.\n\n1. Sit down.\n2. Bend your knee.\n", _HEALTH),
        find=no_action,
        only_for="health",
    ),
    Rule(
        code="no-care-box",
        kind=Kind(
            "warning",
            "health sheet without a care box",
            "`care: required` asks for one",
            'write `!!! emergency "Call 999 if:"`, `!!! urgent` or `!!! advice`, or `care: none` in this article',
        ),
        reason="A reader with a warning sign needs to find what to do within seconds.",
        source="NHS digital service manual, Care cards",
        bad=Example("# ⟦Knees⟧\n\nSit.\n", _HEALTH + "care: required\n"),
        good=Example(
            '# Knees\n\nSit.\n\n!!! urgent "Call us if:"\n\n    - it swells\n',
            _HEALTH + "care: required\n",
        ),
        find=no_care_box,
        only_for="health",
    ),
    Rule(
        code="unnumbered-steps",
        kind=Kind(
            "advice",
            "steps of an exercise without numbers",
            "they are bullet points",
            "number them: `1.`, `2.`, `3.`",
        ),
        reason="Readers look away to move, and find their place again by its number.",
        source="AHRQ PEMAT-P, item 22 (manageable, explicit steps)",
        bad=Example(
            '# Knees\n\n!!! exercise "Bend"\n\n    ⟦- Sit down.⟧\n    - Bend your knee.\n', _HEALTH
        ),
        good=Example(
            '# Knees\n\n!!! exercise "Bend"\n\n    1. Sit down.\n    2. Bend your knee.\n', _HEALTH
        ),
        find=unnumbered,
        only_for="health",
    ),
)
