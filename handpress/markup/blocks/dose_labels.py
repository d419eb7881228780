"""The labels of a dosage, as authors write them, in each language that we have words for.

They are those that the layouts print, so that an author who copies a printed card is understood. No label means
another thing in another language, so all of them are read in every series.
"""

from __future__ import annotations

from collections.abc import Mapping

from handpress.markup.blocks.term_lines import key_of

ENGLISH = {
    "sets": "sets",
    "repetitions": "repetitions",
    "reps": "repetitions",
    "hold": "hold",
    "times a day": "times_a_day",
    "days a week": "days_a_week",
    "load": "load",
    "progress when": "progress_when",
    "stop when": "stop_when",
}
KEYS = tuple(dict.fromkeys(ENGLISH.values()))
# A row for each language, its labels in the order of `KEYS`.
ROWS: Mapping[str, tuple[str, ...]] = {
    "ar": ("المجموعات", "التكرارات", "مدة الثبات", "مرات في اليوم", "أيام في الأسبوع", "الحِمل", "زِد التمرين عندما", "توقّف عندما"),
    "cs": ("série", "opakování", "výdrž", "kolikrát denně", "dnů v týdnu", "zátěž", "přidejte, když", "přestaňte, když"),
    "da": ("sæt", "gentagelser", "hold i", "gange om dagen", "dage om ugen", "belastning", "øg, når", "stop, når"),
    "de": ("sätze", "wiederholungen", "halten", "mal am tag", "tage pro woche", "last", "steigern, wenn", "aufhören, wenn"),
    "el": ("σετ", "επαναλήψεις", "κράτημα", "φορές την ημέρα", "ημέρες την εβδομάδα", "φορτίο", "προχωρήστε όταν", "σταματήστε όταν"),
    "es": ("series", "repeticiones", "mantener", "veces al día", "días por semana", "carga", "avance cuando", "pare cuando"),
    "fa": ("ست", "تکرار", "نگه داشتن", "چند بار در روز", "چند روز در هفته", "بار", "چه زمانی بیشتر کنید", "چه زمانی بس کنید"),
    "fi": ("sarjat", "toistot", "pito", "kertaa päivässä", "päivää viikossa", "kuorma", "lisää, kun", "lopeta, jos"),
    "fr": ("séries", "répétitions", "maintien", "fois par jour", "jours par semaine", "charge", "progressez si", "arrêtez si"),
    "he": ("סטים", "חזרות", "החזקה", "פעמים ביום", "ימים בשבוע", "עומס", "להתקדם כאשר", "להפסיק כאשר"),
    "hi": ("सेट", "दोहराव", "रोकें", "दिन में कितनी बार", "सप्ताह में कितने दिन", "भार", "कब बढ़ाएँ", "कब रुकें"),
    "it": ("serie", "ripetizioni", "tenuta", "volte al giorno", "giorni a settimana", "carico", "aumenta quando", "fermati quando"),
    "ja": ("セット数", "回数", "保持時間", "1日の回数", "週の日数", "負荷", "次の段階へ進む目安", "中止する目安"),
    "ko": ("세트", "반복", "유지", "하루 횟수", "주당 일수", "부하", "다음 단계로 올릴 때", "멈출 때"),
    "nb": ("serier", "repetisjoner", "hold i", "ganger om dagen", "dager i uken", "belastning", "øk når", "stopp når"),
    "nl": ("series", "herhalingen", "vasthouden", "keer per dag", "dagen per week", "belasting", "verzwaren als", "stoppen als"),
    "pl": ("serie", "powtórzenia", "utrzymanie", "razy dziennie", "dni w tygodniu", "obciążenie", "zwiększ obciążenie, gdy", "przerwij, gdy"),
    "pt": ("séries", "repetições", "sustentação", "vezes ao dia", "dias por semana", "carga", "avance quando", "pare quando"),
    "ru": ("подходы", "повторения", "удержание", "раз в день", "дней в неделю", "нагрузка", "усложняйте, когда", "прекратите, если"),
    "sv": ("set", "repetitioner", "hålltid", "gånger per dag", "dagar i veckan", "belastning", "öka när", "sluta när"),
    "tr": ("set", "tekrar", "bekleme", "günde kaç kez", "haftada kaç gün", "yük", "şu durumda artırın", "şu durumda bırakın"),
    "uk": ("підходи", "повторення", "утримання", "разів на день", "днів на тиждень", "навантаження", "збільшуйте, коли", "припиніть, якщо"),
    "vi": ("hiệp", "số lần lặp", "giữ", "lần mỗi ngày", "ngày mỗi tuần", "tải", "tăng khi", "dừng khi"),
    "zh-Hans": ("组数", "次数", "保持时间", "每天次数", "每周天数", "负荷", "何时增加难度", "何时停止"),
}  # fmt: skip
LABELS: Mapping[str, str] = ENGLISH | {
    key_of(label): key for row in ROWS.values() for label, key in zip(row, KEYS, strict=True)
}


def labels_in(language: str) -> list[str]:
    """Return the labels of a dosage in `language`, as print has them, in English if we have no words for it."""
    tongue = language.partition("-")[0].lower()
    rows = (row for key, row in ROWS.items() if key.partition("-")[0] == tongue)
    english = (label for label in ENGLISH if label != "reps")
    return [label.capitalize() for label in next(rows, tuple(english))]
