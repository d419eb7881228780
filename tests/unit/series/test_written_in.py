"""The language of a series without one: script, letters, frequent words; English in all cases of doubt."""

import pytest

from handpress.series.written_in import written_in

TEXTS = {
    "ar": "تستلقي على ظهرك وتثني ركبتيك، ثم ترفع الحوض ببطء حتى يستقيم الجسم.",
    "bg": "Легнете по гръб и свийте коленете. Повдигнете бавно таза, докато тялото се изправи, и задръжте така.",
    "bn": "চিৎ হয়ে শুয়ে হাঁটু ভাঁজ করুন, তারপর ধীরে ধীরে কোমর তুলুন।",
    "da": "Du skal ligge på ryggen og bøje knæene. Det er ikke farligt, og du må også holde pause efter øvelsen.",
    "de": "Legen Sie sich auf den Rücken und beugen Sie die Knie. Das ist nicht schwer, und es hilft auch im Alltag.",
    "en": "Lie on your back and bend the knees. Lift the pelvis until the body is straight, and hold for a breath.",
    "es": "Túmbate boca arriba con las rodillas dobladas. Levanta la pelvis hasta que el cuerpo esté recto, y no te des prisa.",
    "fa": "به پشت دراز بکشید و زانوها را خم کنید، سپس لگن را آهسته بالا ببرید تا بدن صاف شود.",
    "fr": "Allongez-vous sur le dos, les genoux pliés. Levez le bassin pour que le corps soit droit, et ne forcez pas.",
    "he": "שכבו על הגב וכופפו את הברכיים, ואז הרימו לאט את האגן עד שהגוף ישר.",
    "hi": "पीठ के बल लेटें और घुटनों को मोड़ें, फिर धीरे-धीरे कमर को ऊपर उठाएँ।",
    "it": "Si sdrai sulla schiena con le ginocchia piegate. Il bacino si alza e non si ferma, come nel primo esercizio.",
    "ja": "仰向けに寝て膝を曲げ、体がまっすぐになるまで骨盤をゆっくり持ち上げます。",
    "ko": "등을 대고 누워 무릎을 구부린 다음 몸이 곧게 펴질 때까지 골반을 천천히 들어 올립니다.",
    "nb": "Du skal ligge på ryggen og bøye knærne. Det er ikke farlig, og du kan også ta en pause etter øvelsen av og til.",
    "nl": "Ga op de rug liggen en buig de knieën. Dat is niet zwaar, en het helpt ook bij een wandeling met een vriend.",
    "pl": "Połóż się na plecach i zegnij kolana. To nie jest trudne, ale ćwicz powoli przez kilka dni, aby się nie męczyć.",
    "pt": "Deite-se de costas com os joelhos dobrados. Não é difícil, mas faça uma pausa para que o corpo descanse.",
    "ru": "Лягте на спину и согните колени. Медленно поднимите таз, чтобы тело выпрямилось, и задержите дыхание.",
    "sv": "Lägg dig på rygg och böj knäna. Det är inte farligt, och du kan också ta en paus för att vila.",
    "th": "นอนหงายและงอเข่า จากนั้นค่อยๆ ยกสะโพกขึ้นจนลำตัวตรง",
    "uk": "Ляжте на спину і зігніть коліна. Повільно підніміть таз, щоб тіло випрямилося, і затримайте подих.",
    "vi": "Nằm ngửa và gập đầu gối. Nâng hông lên cho đến khi thân người thẳng, và không nín thở khi tập với người khác.",
    "zh-Hans": "仰卧并弯曲膝盖，然后慢慢抬起骨盆，直到身体成一条直线。这个动作对腰很好。",
    "zh-Hant": "仰臥並彎曲膝蓋，然後慢慢抬起骨盆，直到身體成一條直線。這個動作對腰很好。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_prose(language: str) -> None:
    assert written_in([f"# 1\n\n{TEXTS[language]}\n"] * 2) == language


def test_settings_code_tags_and_addresses_are_no_prose() -> None:
    text = (
        "---\ntitle: The settings of the article are in English\nlayout: post\n---\n\n"
        '<div class="the one that is not for you">\n\n'
        "Лягте на спину и согните колени, чтобы тело выпрямилось: [дальше](https://example.org/the/way/to/go), `the code of it`.\n\n"
        "```python\nfor the in of: to.is_that(for_it, you, with_the, are, this, as_be)\n```\n"
    )
    assert written_in([text]) == "ru"


def test_english_with_a_few_words_of_another_script_is_english() -> None:
    text = f"The Arabic word for bridge is جسر. {TEXTS['en']} The plural of it is جسور, and that is all."
    assert written_in([text]) == "en"


def test_too_little_text_is_taken_as_english() -> None:
    assert written_in([]) == "en"
    assert written_in(["# Привет\n"]) == "en"
    assert written_in(["# Hip care\n\nWarm up.\n", "# Ab op\n\nDe hip: see on.\n" * 2]) == "en"


def test_most_of_the_articles_decide() -> None:
    assert written_in([TEXTS["de"], TEXTS["en"], TEXTS["de"], TEXTS["de"]]) == "de"
