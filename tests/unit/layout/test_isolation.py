"""Isolation: numbers with units, telephone numbers and file names keep their order in text from right to left."""

from __future__ import annotations

import re

import pytest

from handpress.layout.html.isolation import isolated

RUN = re.compile('<bdi dir="ltr">(.*?)</bdi>', re.S)


def runs(text: str, language: str = "ar") -> list[str]:
    """Return the runs in a text that got an element. The text is otherwise as it was."""
    found = isolated(f"<p>{text}</p>", language)
    assert RUN.sub(r"\1", found) == f"<p>{text}</p>"
    return RUN.findall(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("حرارة 38 °C اليوم", ["38 °C"]),
        ("حرارة 38\u00a0°C.", ["38\u00a0°C"]),
        ("من -5 % إلى +3 %", ["-5 %", "+3 %"]),
        ("كرر 10–15 مرة", ["10–15"]),
        ("كرر 3 × 10 مرات", ["3 × 10"]),
        ("أقل من 5 kg/m².", ["5 kg/m²"]),
        ("ضغط 120/80 mmHg، راقبه", ["120/80 mmHg"]),
        ("اتصل: +44 (0)20 7946 0958.", ["+44 (0)20 7946 0958"]),
        ("اتصل: 020 7946 0958", ["020 7946 0958"]),
        ("اتصل: (020) 7946 0958", ["(020) 7946 0958"]),
        ("اتصل: 01 23 45 67 89", ["01 23 45 67 89"]),
        ("الملف 01-intro.md هنا", ["01-intro.md"]),
        ("بلغة C++ و @name و #tag", ["C++", "@name", "#tag"]),
        ("بسعر €20 أو $ 5", ["€20", "$ 5"]),
        ("p &lt; 0.05 و &lt; 5 mg", ["&lt; 5 mg"]),
        ("(38 °C) هنا", ["38 °C"]),
        ("TENS 5 % يوميا", ["TENS 5 %"]),
        ("يوم 12-05-2027", ["12-05-2027"]),
        # A line may end after the signs of an address.
        ("في https://example.org/a", ["https://example.org/a"]),
        # A dash between two parts of a sentence is none of a number.
        ("دافئ – 38 °C", ["38 °C"]),
        ("دافئ – 38", []),
        ("حرارة ٣٨٫٥ °C و ۲ kg", ["٣٨٫٥ °C", "۲ kg"]),
        ("من ٣ إلى -٥ أو ١٠–١٥ أو ٢٠٪", []),
        # The algorithm has these right.
        ("في 2027 أو 1,5 أو 8:30 أو 1/2", []),
        ("برنامج Handpress 2 جاهز", []),
        ("عيادة River Clinic (Leeds) هنا", []),
        ("salma@example.org", []),
        # A row of numbers follows the text, as on a scale.
        ("0 1 2 3 4 5", []),
        ("1, 2, 3", []),
        ("R&amp;D &nbsp;5&#39; &copy;2027", []),
    ],
)
def test_runs_are_isolated(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


def test_a_hyphen_after_a_prefix_is_no_sign() -> None:
    """In Hebrew, a preposition before a number has one."""
    assert runs("ל-38 °C, או -5 %", "he") == ["38 °C", "-5 %"]


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<p>38 °C</p>", "en"),
        ('<p dir="ltr">38 °C <b>-5</b></p>', "ar"),
        ('<div dir="rtl"><p dir="ltr">-5</p></div>', "en"),
        ("<title>38 °C</title><style>a { margin: -5 % }</style><!-- > -5 % -->", "ar"),
        ('<img alt="38 °C" src="a-5.png" />', "ar"),
        ('<svg><text>-5 %</text></svg><bdi dir="ltr">-5 %</bdi>', "ar"),
    ],
)
def test_other_text_stays(html: str, language: str) -> None:
    assert isolated(html, language) == html


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<p dir="rtl">-5 %</p><p>-5 %</p>', "en"),
        ('<p dir="ltr">-5 %<br>-5 %<img alt="" /></p><p>-5 %</p>', "ar"),
        ('<p dir="ltr">-5 %<li>-5 %</p>-5 %', "ar"),
    ],
)
def test_each_text_has_the_direction_of_the_element_around_it(html: str, language: str) -> None:
    assert RUN.findall(isolated(html, language)) == ["-5 %"]
