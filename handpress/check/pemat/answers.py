"""Answers: what a machine can find out about an item of PEMAT-P, with the lines that show it.

A machine agrees or disagrees only where its evidence is enough. An open answer has evidence for the person who decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from handpress.check.blocks import Container
from handpress.check.page import TICK, Page
from handpress.check.prose.readability import counts, scores
from handpress.check.prose.sentences import TOKEN
from handpress.check.rules import RULES
from handpress.check.rules.language.voice import is_passive
from handpress.core.problems.report import many

AGREE, DISAGREE, NOT_APPLICABLE, OPEN = "agree", "disagree", "n/a", "open"
# Percent; the user's guide asks that a characteristic is found in 80 to 100 % of a material.
MOST = 80
VERY_SHORT = 2  # paragraphs
HEADER_WORDS = 5  # of a cell that is "short and clear"

_PICTURE = re.compile(
    r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?[^\s)>]+>?(?P<title>\s+[\"'(][^)]*)?\s*\)(?P<set>\{[^}]*\})?"
)
_NUMBER = re.compile(
    r"\d|(?i:\b(?:half|third|quarter|dozen|twice|percent|two|three|four|five|six)\b)"
)
_CALCULATE = re.compile(
    r"(?i)\b(?:calculat\w+|multipl(?:y|ied)|divided? by|subtract\w*|add up|per kilo\w*|berechn\w+|calcul[ae]\w*)\b"
)
_SUMMARY = re.compile(
    r"(?i)\W*(?:summary|key (?:points?|facts|messages)|in (?:short|brief)|at a glance|the main points|to sum up"
    r"|zusammenfassung|das wichtigste|kurz gefasst|resumen|puntos clave|en resumen)\b"
)
_YOU = re.compile(
    r"(?i)\b(?:you|your|yours|yourself|sie|ihre?[mnrs]?|du|deine?|usted(?:es)?|tus?|tú)\b"
)
_BOLD = re.compile(r"\*\*\S|__\S")


class Answer(Struct, frozen=True):
    """A rating with its evidence, which may be empty for an open one."""

    rating: str
    evidence: str = ""


def _found(page: Page, code: str) -> list[int]:
    """Return the lines that a rule finds, in whichever language and kind of series it looks."""
    rule = RULES[code]
    assert rule.find is not None
    return [found.place.line for found in rule.find(page)]


def lines(numbers: Iterable[int]) -> str:
    """Return lines in words: ``line 3``, ``lines 3, 7 and 4 more``."""
    known = list(dict.fromkeys(numbers))
    rest = f" and {len(known) - 5} more" if len(known) > 5 else ""
    return f"line{'s' if len(known) > 1 else ''} {', '.join(map(str, known[:5]))}{rest}"


def _is_very_short(page: Page) -> bool:
    return len(page.running) <= VERY_SHORT


def _pictures(page: Page) -> list[re.Match[str]]:
    """Return the pictures that carry meaning."""
    return [m for m in _PICTURE.finditer(page.written) if ".decorative" not in (m["set"] or "")]


def _line(page: Page, offset: int) -> int:
    return page.article.source.line_at(offset) + 1


def _exercises(page: Page) -> list[Container]:
    return page.containers_of("exercise")


# --- Understandability -------------------------------------------------------------------------


def purpose(page: Page) -> Answer:
    summary = page.article.settings.get("summary")
    return Answer(
        OPEN, f"title: {page.article.title}" + (f"; summary: {summary}" if summary else "")
    )


def everyday_words(page: Page) -> Answer:
    shown = [scores(counts(page.sentences, page.tongue), page.tongue)]
    if page.tongue == "en":
        words = _found(page, "plain-word")
        shown.append(f"words with a plainer one: {lines(words) if words else 'none'}")
    return Answer(OPEN, "; ".join(filter(None, shown)))


def terms(page: Page) -> Answer:
    defined = [page.words_of(b).strip() for b in page.blocks if b.kind == "term"]
    own = [term for term, b in zip(defined, (b for b in page.blocks if b.kind == "term"), strict=True)
           if "exercise" not in b.within.kinds]  # fmt: skip
    return Answer(OPEN, f"defined: {', '.join(own)}" if own else "no term is defined in a list")


def active_voice(page: Page) -> Answer:
    if page.tongue != "en" or not page.sentences:
        return Answer(OPEN)
    passive = [s for s in page.sentences if is_passive(page, s)]
    share = round(100 * (1 - len(passive) / len(page.sentences)))
    where = f"; passive: {lines(page.at(s.start, s.end).line for s in passive)}" if passive else ""
    evidence = f"{share} % of {many(len(page.sentences), 'sentence')} are active{where}"
    return Answer(AGREE if share >= MOST else DISAGREE, evidence)


def numbers(page: Page) -> Answer:
    where = [page.at(b.first, b.last).line for b in page.blocks if _NUMBER.search(page.words_of(b))]
    return (
        Answer(OPEN, f"numbers: {lines(where)}") if where else Answer(NOT_APPLICABLE, "no numbers")
    )


def no_calculations(page: Page) -> Answer:
    where = [page.at(*m.span()).line for m in _CALCULATE.finditer(page.text)]
    return Answer(
        OPEN, f"may ask for one: {lines(where)}" if where else "no word for a calculation"
    )


def chunks(page: Page) -> Answer:
    if _is_very_short(page):
        return Answer(NOT_APPLICABLE, "very short")
    if apart := _found(page, "few-headings"):
        return Answer(DISAGREE, f"a long text without a heading: {lines(apart)}")
    if long := _found(page, "long-paragraph"):
        return Answer(DISAGREE, f"a long paragraph: {lines(long)}")
    sections = len(page.headings) or 1
    words = sum(1 for b in page.running for _ in TOKEN.finditer(page.text, b.first, b.last))
    return Answer(AGREE, f"{many(sections, 'section')} of about {words // sections} words")


def headers(page: Page) -> Answer:
    if _is_very_short(page):
        return Answer(NOT_APPLICABLE, "very short")
    words = [page.words_of(b).strip() for b in page.headings if b.within.level > 1]
    if not words:
        return Answer(DISAGREE, "no headings")
    return Answer(OPEN, f"headings: {'; '.join(words)}")


def summary(page: Page) -> Answer:
    if _is_very_short(page):
        return Answer(NOT_APPLICABLE, "very short")
    boxes = [c.first + 1 for c in page.containers_of("key-points")]
    named = [
        page.at(b.first, b.last).line for b in page.headings if _SUMMARY.match(page.words_of(b))
    ]
    if boxes or named:
        return Answer(AGREE, f"{lines([*boxes, *named])}")
    return Answer(DISAGREE, "neither key points nor a heading for a summary")


def visual_cues(page: Page) -> Answer:
    plain = {"page", "item", "bullets", "numbers", "row", "cell", "head", "table", "note", "heading",
             "title", "term", "meaning", "definitions", "quote"}  # fmt: skip
    boxes = [c for c in page.containers if c.kind not in plain]
    lists, bold = page.containers_of("bullets", "numbers"), _BOLD.findall(page.written)
    found = ((len(boxes), "box"), (len(lists), "list"), (len(bold), "bold passage"))
    shown = [many(n, w) if w != "box" or n == 1 else f"{n} boxes" for n, w in found if n]
    return (
        Answer(AGREE, ", ".join(shown)) if shown else Answer(DISAGREE, "no box, list or bold text")
    )


def visual_aids(page: Page) -> Answer:
    return Answer(OPEN, many(len(_pictures(page)), "picture"))


def pictures_reinforce(page: Page) -> Answer:
    return _about_pictures(page)


def captions(page: Page) -> Answer:
    pictures = _pictures(page)
    if not pictures:
        return Answer(NOT_APPLICABLE, "no pictures")
    named = {number for box in _exercises(page) for number in range(box.first + 1, box.last + 1)}
    without = [n for m in pictures if not m["title"] and (n := _line(page, m.start())) not in named]
    if without:
        return Answer(DISAGREE, f"without a caption: {lines(without)}")
    return Answer(
        AGREE, f"{many(len(pictures), 'picture')}, each with a caption or the title of its exercise"
    )


def pictures_clear(page: Page) -> Answer:
    return _about_pictures(page)


def _about_pictures(page: Page) -> Answer:
    pictures = _pictures(page)
    if not pictures:
        return Answer(NOT_APPLICABLE, "no pictures")
    return Answer(OPEN, f"pictures: {lines(_line(page, m.start()) for m in pictures)}")


def tables(page: Page) -> Answer:
    found = page.containers_of("table")
    if not found:
        return Answer(NOT_APPLICABLE, "no tables")
    heads = [b for b in page.blocks if b.kind == "cell" and "head" in b.within.kinds]
    bad = [b for b in heads if not 0 < len(TOKEN.findall(page.words_of(b))) <= HEADER_WORDS]
    if bad or not heads:
        where = [_line(page, b.start) for b in bad] or [c.first + 1 for c in found]
        return Answer(
            DISAGREE, f"headings empty, or of more than {HEADER_WORDS} words: {lines(where)}"
        )
    return Answer(
        AGREE,
        f"{many(len(found), 'table')} with short headings: {lines(c.first + 1 for c in found)}",
    )


# --- Actionability -----------------------------------------------------------------------------


def action(page: Page) -> Answer:
    if _found(page, "no-action"):
        return Answer(
            DISAGREE, "no exercise, list of steps or sentence that begins with what to do"
        )
    boxes = [
        c.first + 1
        for c in page.containers_of("exercise", "do", "do-not", "diary", "urgent", "emergency")
    ]
    return Answer(
        AGREE, f"to do: {lines(boxes)}" if boxes else "sentences that begin with what to do"
    )


def directly(page: Page) -> Answer:
    if third := _found(page, "third-person"):
        return Answer(DISAGREE, f"in the third person: {lines(third)}")
    you = len(_YOU.findall(page.text))
    if _found(page, "no-action") or not you:
        return Answer(OPEN)
    return Answer(AGREE, f"“you” or “your” {many(you, 'time')}")


def steps(page: Page) -> Answer:
    exercises, numbered = _exercises(page), page.containers_of("numbers")
    without = [e.first + 1 for e in exercises if not page.containers_in(e, "numbers")]
    if without:
        return Answer(OPEN, f"exercises without numbered steps: {lines(without)}")
    if numbered:
        return Answer(AGREE, f"numbered steps: {lines(c.first + 1 for c in numbered)}")
    return Answer(OPEN, "no numbered steps")


def tool(page: Page) -> Answer:
    ticks = [_line(page, m.start()) for m in TICK.finditer(page.written)]
    boxes = [c.first + 1 for c in page.containers_of("exercise", "diary")]
    if ticks or boxes:
        kinds = [f"list to tick: {lines(ticks[:1])}"] if ticks else []
        kinds += [f"exercise or diary: {lines(boxes)}"] if boxes else []
        return Answer(AGREE, "; ".join(kinds))
    return Answer(OPEN, "no list to tick, exercise or diary")


def calculation_shown(page: Page) -> Answer:
    if _CALCULATE.search(page.text):
        return Answer(OPEN)
    return Answer(NOT_APPLICABLE, "no word for a calculation")


def charts_explained(page: Page) -> Answer:
    if page.containers_of("table") or _pictures(page):
        return Answer(OPEN, "tables and pictures: see items 15 to 19")
    return Answer(NOT_APPLICABLE, "no tables, no pictures")


def pictures_to_act(page: Page) -> Answer:
    exercises = _exercises(page)
    shown = [_line(page, m.start()) for m in _pictures(page)]
    without = [e.first + 1 for e in exercises if not any(e.first < n <= e.last for n in shown)]
    if exercises and not without:
        return Answer(AGREE, "each exercise has a picture")
    return Answer(
        OPEN, f"exercises without a picture: {lines(without)}" if without else "no exercises"
    )
