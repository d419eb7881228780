"""The language that texts are written in, for a series whose settings do not name it.

The script decides, and among the languages that share it, letters that only some of them have. Languages in Latin
letters differ in their most frequent words. English is the answer in all cases of doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

DEFAULT = "en"
LATIN = "LATIN"
HAN = "CJK"
ENOUGH = 40  # letters; fewer say nothing
CLEAR = 1.25  # times as many words as those of the next language
FREQUENT = 0.04  # of all words are among the frequent ones listed here
FEWEST = 5  # of these words; a title and a sentence say nothing
MARKED = 0.01  # of the letters are some that only this language has

# A character of these scripts says as much as several letters of others.
WEIGHTS = {HAN: 3, "HANGUL": 3}
SAME = {"HIRAGANA": HAN, "KATAKANA": HAN, "KATAKANA-HIRAGANA": HAN}

# By script, as Unicode names it: the language, after those that have letters of their own.
SCRIPTS: dict[str, tuple[tuple[str, str], ...]] = {
    "ARABIC": (("ur", "ٹڈڑںے"), ("fa", "پچژگیک"), ("ar", "")),
    "ARMENIAN": (("hy", ""),),
    "BENGALI": (("bn", ""),),
    HAN: (
        ("ja", "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))))),
        ("zh-Hant", "這個們來對時會說過國學與為從後還經開關點體發"),
        ("zh-Hans", ""),
    ),
    "CYRILLIC": (
        ("be", "ў"),
        ("uk", "іїєґ"),
        ("mk", "ѓќѕ"),
        ("sr", "ђјљњћџ"),
        ("ru", "ыэё"),
        ("bg", "ъ"),
        ("ru", ""),
    ),
    "DEVANAGARI": (("mr", "ळ"), ("hi", "")),
    "ETHIOPIC": (("am", ""),),
    "GEORGIAN": (("ka", ""),),
    "GREEK": (("el", ""),),
    "GUJARATI": (("gu", ""),),
    "GURMUKHI": (("pa", ""),),
    "HANGUL": (("ko", ""),),
    "HEBREW": (("he", ""),),
    "KANNADA": (("kn", ""),),
    "KHMER": (("km", ""),),
    "LAO": (("lo", ""),),
    "MALAYALAM": (("ml", ""),),
    "MYANMAR": (("my", ""),),
    "SINHALA": (("si", ""),),
    "TAMIL": (("ta", ""),),
    "TELUGU": (("te", ""),),
    "THAI": (("th", ""),),
}
# Frequent words of languages in Latin letters. A word of several languages counts less.
WORDS = {
    "ca": "amb els les per una que és com més dels aquest també però són",
    "cs": "a se je na že jako nebo jsou pro které být není také jen když",
    "da": "og det som ikke af til med på være blev efter også hvad mod kun eller nu bliver",
    "de": "und der die das nicht ist mit ein eine den von zu auf für sich auch werden oder sind",
    "en": "the and of to in is that for it you with are this as be or on not your can",
    "es": "el los las una que es con por para más del como pero también está este son se",
    "et": "ja on ei see et kui mis oma või ka ning nii aga selle",
    "fi": "ja on ei se että kun mutta tai myös ovat niin kuin voi ole joka sen",
    "fr": "le les des et est une que pour dans qui sur pas avec vous ce plus ou par du aux",
    "hr": "i je se na da su koji za od kao ili nije što može biti kako",
    "hu": "a az és hogy nem egy is van meg de csak vagy ez mint lehet",
    "id": "yang dan di ini untuk dengan dari dalam tidak adalah pada akan atau itu juga",
    "it": "il di che è per una con non sono del della le gli più anche come nel questo",
    "lt": "ir yra kad su bet kaip tai į ne arba iš gali jūs",
    "lv": "un ir kas ar no par uz lai arī vai ka var kā",
    "nb": "og det som ikke av til med på være ble etter også hva mot bare eller nå blir",
    "nl": "de het een en van is dat niet met voor zijn op te aan ook je maar wordt deze",
    "pl": "i w na nie się jest to że do jak z są dla przez lub może oraz tylko",
    "pt": "o os as uma que não com para é do da em mais como mas também ou são no se",
    "ro": "și în este de la cu pe un o nu care sunt mai pentru din sau că",
    "sk": "a sa je na že ako alebo sú pre ktoré byť nie tiež len keď",
    "sl": "in je se na da so ki za ali ni kot lahko tudi pri če",
    "sv": "och det som inte av till med på att är en ett för den har eller också om",
    "tr": "ve bir bu için ile olarak da de daha çok ne gibi değil olan veya",
    "vi": "và của là có cho không được các một với trong này khi để người những",
}
_WORDS_BY_TAG = {tag: frozenset(words.split()) for tag, words in WORDS.items()}
LANGUAGES_OF = {
    word: tuple(tag for tag, words in _WORDS_BY_TAG.items() if word in words)
    for own in _WORDS_BY_TAG.values()
    for word in own
}
# The languages that differ from others here, without script and region.
KNOWN = frozenset(
    tag.partition("-")[0]
    for tag in (*WORDS, *(tag for tags in SCRIPTS.values() for tag, _ in tags))
)
# Settings at the top, code, tags, addresses and comments are not prose.
NO_PROSE = re.compile(
    r"""\A\ufeff?(---|\+\+\+)\n.*?\n\1[ \t]*$
    | ^[ \t>]*(```+|~~~+).*?^[ \t>]*\2
    | `[^`\n]+`
    | <!--.*?-->
    | <[^<>\n]+>
    | (?<=\])\([^()\n]*\)
    | \bhttps?://\S+""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
WORD = re.compile(r"[^\W\d_]+")


def written_in(texts: Iterable[str]) -> str:
    """Return the tag of the language that most of the Markdown in `texts` is in, ``en`` if in doubt."""
    prose = "\n".join(NO_PROSE.sub(" ", text) for text in texts).lower()
    scripts = _scripts(Counter(prose))
    total = sum(letters.total() * WEIGHTS.get(name, 1) for name, letters in scripts.items())
    if total < ENOUGH:
        return DEFAULT
    most = max(scripts, key=lambda name: scripts[name].total() * WEIGHTS.get(name, 1))
    if most == LATIN:
        return _by_words(WORD.findall(prose))
    if most not in SCRIPTS or scripts[most].total() * WEIGHTS.get(most, 1) * 2 < total:
        return DEFAULT
    return _by_letters(most, scripts[most])


def _scripts(characters: Counter[str]) -> dict[str, Counter[str]]:
    """Return how often each letter occurs, by its script."""
    found: dict[str, Counter[str]] = {}
    for character, number in characters.items():
        if character.isalpha():
            word = re.split(r"[ -]", unicodedata.name(character, ""), maxsplit=1)[0]
            found.setdefault(SAME.get(word, word), Counter())[character] += number
    return found


def _by_letters(script: str, letters: Counter[str]) -> str:
    least = letters.total() * MARKED
    return next(
        tag
        for tag, marks in SCRIPTS[script]
        if not marks or sum(letters[mark] for mark in marks) >= least
    )


def _by_words(words: list[str]) -> str:
    scores = dict.fromkeys(WORDS, 0.0)
    for word, number in Counter(words).items():
        languages = LANGUAGES_OF.get(word, ())
        for tag in languages:
            scores[tag] += number / len(languages)
    first, second = sorted(scores, key=lambda tag: -scores[tag])[:2]
    clear = scores[first] >= max(CLEAR * scores[second], FREQUENT * len(words), FEWEST)
    return first if clear else DEFAULT
