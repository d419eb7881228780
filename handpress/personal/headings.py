"""The headings of a table of clients in each language that the layouts have words for.

They are the words that a handout prints over its fields, the words for a name and a client, and the usual ones of other
programs. No heading means another thing in another language, so all of them are read in every table.
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST_NAME, LAST_NAME = "first_name", "last_name"  # together they are the client
FIELDS = ("client", "date", "practitioner", "next_visit", "note")
# A row for each language, its headings in the order of `FIELDS`, with a stroke between two for one field.
ROWS: Mapping[str, tuple[str, ...]] = {
    "en": ("name|full name|patient|patient name|client name", "appointment date|visit date", "therapist|clinician|physio|physiotherapist", "next appointment|follow-up", "notes|comment|comments"),
    "ar": ("الاسم|العميل", "التاريخ", "المعالج", "الزيارة القادمة", "ملاحظة"),
    "cs": ("jméno|klient", "datum", "terapeut", "příští návštěva", "poznámka"),
    "da": ("navn|klient", "dato", "behandler", "næste besøg", "bemærkning"),
    "de": ("name|klient|klientin|patient|patientin|kunde|kundin|patientenname", "datum", "behandelt von|therapeut|therapeutin|behandler|behandlerin|physiotherapeut|physiotherapeutin", "nächster termin|folgetermin", "hinweis|notiz|notizen|bemerkung|bemerkungen|anmerkung"),
    "el": ("όνομα|πελάτης", "ημερομηνία", "θεραπευτής", "επόμενη επίσκεψη", "σημείωση"),
    "es": ("nombre|cliente|paciente", "fecha", "profesional|terapeuta", "próxima visita|próxima cita", "nota"),
    "fa": ("نام|مراجع", "تاریخ", "درمانگر", "مراجعهٔ بعدی", "یادداشت"),
    "fi": ("nimi|asiakas", "päiväys", "terapeutti", "seuraava käynti", "huomautus"),
    "fr": ("nom|client|patient", "date", "praticien|kinésithérapeute|thérapeute", "prochain rendez-vous", "remarque"),
    "he": ("שם|לקוח", "תאריך", "מטפל", "הביקור הבא", "הערה"),
    "hi": ("नाम|ग्राहक", "तारीख़", "चिकित्सक", "अगली मुलाक़ात", "टिप्पणी"),
    "it": ("nome|cliente", "data", "terapista", "prossima visita", "nota"),
    "ja": ("名前|お名前", "日付", "担当者", "次回の予約", "備考"),
    "ko": ("이름|고객", "날짜", "담당 치료사", "다음 방문", "메모"),
    "nb": ("navn|klient", "dato", "behandler", "neste time", "merknad"),
    "nl": ("naam|cliënt", "datum", "behandelaar", "volgende afspraak", "opmerking"),
    "pl": ("imię i nazwisko|klient", "data", "terapeuta", "następna wizyta", "uwaga"),
    "pt": ("nome|cliente", "data", "profissional", "próxima consulta", "observação"),
    "ru": ("имя|клиент", "дата", "специалист", "следующий визит", "примечание"),
    "sv": ("namn|klient", "datum", "behandlare", "nästa besök", "kommentar"),
    "tr": ("ad soyad|danışan", "tarih", "terapist", "sonraki randevu", "not"),
    "uk": ("ім'я|клієнт", "дата", "фахівець", "наступний візит", "примітка"),
    "vi": ("họ và tên|khách hàng", "ngày", "chuyên viên", "lần khám tới", "ghi chú"),
    "zh-Hans": ("姓名|客户", "日期", "治疗师", "下次就诊", "备注"),
}  # fmt: skip
PARTS_OF_NAMES: Mapping[str, str] = {
    FIRST_NAME: "first name|forename|given name|vorname|prénom|nombre de pila|voornaam|fornavn|förnamn|etunimi|imię",
    LAST_NAME: "last name|surname|family name|nachname|familienname|nom de famille|apellido|apellidos|cognome|achternaam|etternavn|efternavn|efternamn|sukunimi|nazwisko|příjmení|фамилия|прізвище",
}  # fmt: skip


def key_of(heading: str) -> str:
    """Return a heading as it is compared: `Next visit` and `next_visit` are one."""
    return "_".join(heading.casefold().replace("_", " ").replace("’", "'").split())


NAMES: Mapping[str, str] = {
    key_of(heading): field
    for row in ROWS.values()
    for field, headings in zip(FIELDS, row, strict=True)
    for heading in headings.split("|")
} | {key_of(heading): part for part, row in PARTS_OF_NAMES.items() for heading in row.split("|")}
