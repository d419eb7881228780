"""Voice: clauses that name last who does something, and articles with many passive sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handpress.check.page import Page
from handpress.check.prose.sentences import Sentence
from handpress.check.rule import Example, Found, Rule
from handpress.check.visible import OBJECT
from handpress.core.problems.catalogue import Kind

_IRREGULAR = (
    "beaten|bitten|blown|bought|broken|brought|built|caught|chosen|cut|done|drawn|driven|eaten|fed|felt|fought|found"
    "|forgotten|given|grown|held|hidden|hit|kept|known|laid|led|left|lost|made|met|paid|put|read|run|said|seen|sent"
    "|set|shown|sold|spent|spoken|stolen|taken|taught|thrown|told|torn|understood|undergone|won|worn|written"
)
# Participles that are used as adjectives: `you are tired` has no doer.
_STATES = (
    "advanced|allowed|ashamed|associated|based|bored|born|complicated|composed|concerned|confused|connected|convinced"
    "|dedicated|depressed|designed|disabled|divided|done|embarrassed|excited|exhausted|experienced|frightened|frustrated"
    "|gone|indeed|inspired|interested|involved|limited|located|lost|married|overwhelmed|need|pleased|prepared|qualified"
    "|related|relaxed|relieved|retired|satisfied|scared|set|shocked|skilled|speed|supposed|surprised|tired|unaffected"
    "|unchanged|unemployed|unexpected|unlimited|unrelated|used to|worried"
)
_FORMS = "am is are was were be been being isn't isn’t aren't aren’t wasn't wasn’t weren't weren’t"
_BE = rf"\b(?:{_FORMS.replace(' ', '|')})"
_WORDS_OF_BE = frozenset(f"{_FORMS} {_FORMS.title()} {_FORMS.upper()}".split())
_PARTICIPLE = rf"(?!(?:{_STATES})\b)(?:\w{{2,}}[^e\W]ed|{_IRREGULAR})"
_PASSIVE = re.compile(rf"(?i){_BE}\s+(?:not\s+)?(?:\w+ly\s+)?{_PARTICIPLE}\b")
# The doer after `by`. Not in `by hand`, `by using`, `by 3 pm`, `by the end`.
_DOER = (
    r"\s+by(?=\s+(?!(?:the\s+)?(?:about|accident|age|at|car|default|design|diet|e-?mail|end|fact|far|foot|hand|injection|law"
    r"|mail|means|mistake|mouth|name|nearly|now|number|over|phone|post|side|then|time|to|up|way|what|(?:\w+ly\s+)?[\w-]+ing|\d)\b)"
    rf"(?:[^\W\d_]|{OBJECT}))"
)
_WITH_DOER = re.compile(_PASSIVE.pattern + _DOER)
_MANNER = re.compile(
    r"(?i)\b(?:accompanied|called|caused|characteri[sz]ed|computed|defined|denoted|determined|differentiated|distinguished|driven"
    r"|followed|identified|increased|marked|measured|multiplied|namespaced|preceded|raised|reduced|replaced|separated"
    r"|sorted|surrounded)\s+by"
)


def named_last(page: Page) -> Iterator[Found]:
    """Yield clauses in the passive voice that name who does it."""
    for sentence in page.sentences:
        if "by" not in sentence.words:
            continue
        for found in _WITH_DOER.finditer(page.text, sentence.start, sentence.end):
            if not _MANNER.search(found[0]):
                yield Found(page.at(*found.span()), {"term": " ".join(found[0].split())})


def is_passive(page: Page, sentence: Sentence) -> bool:
    """Return whether an English sentence has a verb in the passive voice."""
    return not _WORDS_OF_BE.isdisjoint(sentence.words) and bool(
        _PASSIVE.search(page.text, sentence.start, sentence.end)
    )


def many(page: Page) -> Iterator[Found]:
    """Yield the title of an article with a larger share of passive sentences than the limit."""
    passive = [s for s in page.sentences if is_passive(page, s)]
    total = len(page.sentences)
    if total < 20 or 100 * len(passive) <= page.limits["passive-percent"] * total:
        return
    lines = list(dict.fromkeys(page.at(s.start, s.end).line for s in passive))
    facts = {
        "amount": len(passive),
        "total": total,
        "limit": page.limits["passive-percent"],
        "lines": ", ".join(map(str, lines[:5])),
    }
    yield Found(page.head(), facts)


RULES = (
    Rule(
        code="passive-voice",
        kind=Kind(
            "advice",
            "passive voice that names the doer last",
            "`{term}` can begin with who does it",
            "turn it around, so that the sentence begins with who does it",
        ),
        reason="Readers look for who does what, and find it sooner at the beginning.",
        source="Federal plain language guidelines, Use active voice; NHS digital service manual",
        bad=Example("# Knees\n\nThe brace ⟦was carefully fitted by⟧ the clinic.\n"),
        good=Example(
            "# Knees\n\nThe clinic fitted the brace. It was made by hand, by 3 May, and tightened by gently turning it.\n"
        ),
        find=named_last,
        languages=frozenset({"en"}),
    ),
    Rule(
        code="many-passives",
        kind=Kind(
            "advice",
            "many sentences in the passive voice",
            "{amount} of {total} sentences, more than {limit} %",
            "write who does what, first in lines {lines}",
        ),
        reason="A text that seldom names who acts leaves readers unsure what they have to do.",
        source="Federal plain language guidelines, Use active voice; AHRQ PEMAT-P, item 5",
        bad=Example("---\ntitle: ⟦Knees⟧\n---\n\n" + "The brace was fitted. Then you rest.\n" * 10),
        good=Example("---\ntitle: Knees\n---\n\n" + "The brace is tight. You are tired.\n" * 10),
        find=many,
        limits={"passive-percent": 25},
        languages=frozenset({"en"}),
    ),
)
