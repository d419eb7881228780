"""Care boxes and exercises: their titles, their numbers to call, their dosage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.rule import Example, Found, Rule
from handpress.check.rules.health.parts import CARE
from handpress.core.numerals import LATIN
from handpress.core.problems.catalogue import Kind
from handpress.core.problems.problem import Place
from handpress.series.shared_exercises import dosed

_IF = re.compile(
    r"(?i)\b(?:if|when|wenn|falls|sobald|bei|si|cuando|en caso de)\b|إذا|في هذه الحالات|في أي\u0651? من هذه"
)
_CALL = re.compile(
    r"(?i)\b(?:call|ring|phone|dial|text|anrufen|rufen sie|wählen sie|llame|llama|marque|اتصل|اتصلي|اتصلوا)\b[^.\n\d]{0,40}?(?<![\d+/–-])(1\d\d|[02-9]\d\d|116 ?\d{3})(?![\d–-]|[ -]\d{3})"
)


# Japanese has the condition and the verb at the end of what they belong to.
_IF_IN_JAPANESE = re.compile("とき|場合|たら|れば|なら")
_CALL_IN_JAPANESE = re.compile(r"(?<![\d–-])(\d{3,4})番?[にへ](?:すぐに?)?電話")


def title(page: Page) -> Iterator[Found]:
    """Yield titles of care boxes that do not end in a condition."""
    for block in page.blocks:
        if (
            block.kind == "title"
            and block.within.inside[-1:]
            and block.within.inside[-1].kind in CARE
        ):
            words = page.words_of(block).strip()
            if words and not (_IF.search(words) or _IF_IN_JAPANESE.search(words)):
                yield Found(page.at(block.first, block.last), {"written": words})


def other_number(page: Page) -> Iterator[Found]:
    """Yield numbers to call that are not those of the practice."""
    practice = page.series.practice
    numbers = practice.numbers(page.language) if practice else ()
    known = {re.sub(r"\D", "", LATIN.write(number)) for number in numbers}
    text = LATIN.write(page.text)  # numbers in the digits of any script
    for found in (*_CALL.finditer(text), *_CALL_IN_JAPANESE.finditer(text)):
        number = re.sub(r"\D", "", found[1])
        if number not in known:
            first, last = found.span(1)
            yield Found(page.at(first, last), {"written": page.text[first:last]})


def no_dosage(page: Page) -> Iterator[Found]:
    """Yield exercises without a single line of dosage."""
    boxes = page.containers_of("exercise")
    dosages = dosed(page.article) if boxes else []  # also in lines, and from the original
    for number, box in enumerate(boxes):
        reused = "from=" in page.line(box.first)  # the dosage is that of its source
        shared = len(dosages) == len(boxes) and dosages[number]
        if not (reused or shared or page.containers_in(box, "term")):
            yield Found(_head(page, box.first))


def many(page: Page) -> Iterator[Found]:
    """Yield the first exercise over the limit."""
    most = page.limits["exercises"]
    boxes = page.containers_of("exercise")
    if len(boxes) > most:
        yield Found(_head(page, boxes[most].first), {"amount": len(boxes), "most": most})


def _head(page: Page, line: int) -> Place:
    start, text = page.start_of(line), page.line(line)
    return page.place(start + len(text) - len(text.lstrip()), start + len(text))


_HEALTH = "kind: health\n"
_PRACTICE = {"sources/practice.yaml": 'name: Quay\nemergency: "999"\nadvice: "111"\n'}
_EXERCISE = '!!! exercise "Bend"\n\n    1. Bend your knee.\n\n    Sets : 2\n\n'
RULES = (
    Rule(
        code="care-title",
        kind=Kind(
            "warning",
            "care box without a condition",
            "`{written}` does not say when",
            "write whom to call and when: `Call 999 if:`, then a list of signs",
        ),
        reason="A reader in need looks for the sign, not for the subject.",
        source="NHS digital service manual, Care cards (headings that end in 'if')",
        bad=Example('# Knees\n\n!!! urgent "⟦Swelling⟧"\n\n    - it swells\n', _HEALTH),
        good=Example('# Knees\n\n!!! urgent "Call 111 if:"\n\n    - it swells\n', _HEALTH),
        find=title,
        only_for="health",
    ),
    Rule(
        code="other-number",
        kind=Kind(
            "warning",
            "number to call is not in `practice.yaml`",
            "`{written}` is not among the emergency and advice numbers for this language",
            "write it as `emergency` or `advice` in `practice.yaml`, or correct it here",
        ),
        reason="The footer of each page has the numbers of `practice.yaml`. Two different ones cost time.",
        source="NHS digital service manual, Care cards",
        bad=Example("# Knees\n\nCall ⟦911⟧ if you faint.\n", _HEALTH, _PRACTICE),
        good=Example(
            "# Knees\n\nCall 999 if you faint, or 111. Call 01632 960123, in room 302.\n",
            _HEALTH,
            _PRACTICE,
        ),
        find=other_number,
        only_for="health",
    ),
    Rule(
        code="no-dosage",
        kind=Kind(
            "warning",
            "exercise without a dosage",
            "it does not state how many, how long or how often",
            "add lines such as `Repetitions : 10` below its steps",
        ),
        reason="A client who does not know how much does too little, or too much.",
        source="AHRQ PEMAT-P, item 22; CERT, Consensus on Exercise Reporting Template (2016), item 13",
        bad=Example('# Knees\n\n⟦!!! exercise "Bend"⟧\n\n    1. Bend your knee.\n', _HEALTH),
        good=Example(f"# Knees\n\n{_EXERCISE}", _HEALTH),
        find=no_dosage,
        only_for="health",
    ),
    Rule(
        code="many-exercises",
        kind=Kind(
            "advice",
            "many exercises on one sheet",
            "it has {amount}",
            "keep the {most} that matter most, and give out the others later",
        ),
        reason="The more exercises a client has, the fewer of them are done.",
        source="Henry, Rosemond and Eckert (1999), Effect of number of home exercises on compliance, Physical Therapy 79",
        bad=Example(f'# Knees\n\n{_EXERCISE * 5}⟦!!! exercise "Bend"⟧\n\n    1. Bend.\n', _HEALTH),
        good=Example(f"# Knees\n\n{_EXERCISE * 5}", _HEALTH),
        find=many,
        limits={"exercises": 5},
        only_for="health",
    ),
)
