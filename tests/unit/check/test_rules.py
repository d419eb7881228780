"""Rules: each one finds exactly the marked places of its bad example, and nothing in its good one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from handpress.check.explain import explain
from handpress.check.rule import Example, Rule
from handpress.check.rules import GROUPS, RULES
from handpress.check.run import check
from handpress.core.files.workspace import find
from handpress.core.problems.problem import Problem
from handpress.series.settings.schema import SERIES
from helpers.workspaces import Book

TODAY = datetime.date(2026, 11, 22)
ARTICLE, SETTINGS = "sources/knees/01-knees.md", "sources/knees/series.yaml"


def found(root: Path, example: Example, code: str) -> list[Problem]:
    """The problems of one code in an example, which is written below `root`."""
    rule = RULES[code]
    levels = (
        "" if rule.on or "check:" in example.series else f"check:\n  {code}: {rule.kind.severity}\n"
    )
    files = {ARTICLE: example.article, SETTINGS: example.series + levels, **example.files}
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if size := re.fullmatch(r"png (\d+) (\d+)", text):
            Image.new("RGB", (int(size[1]), int(size[2]))).save(file)
        else:
            file.write_text(re.sub("[⟦⟧]", "", text), encoding="utf-8")
    workspace = find(root)
    assert workspace
    return [p for p in check(workspace, TODAY).problems if p.code == code]


def marked(path: str, text: str) -> Iterator[tuple[str, int, int, int]]:
    """The places between the marks of an example, as path, line, column and length."""
    for number, line in enumerate(text.splitlines(), 1):
        removed = 0
        for mark in re.finditer("⟦([^⟧]*)⟧", line):
            yield path, number, mark.start() + 1 - removed, max(1, len(mark[1]))
            removed += 2


@pytest.mark.parametrize("code", RULES)
def test_a_rule_finds_the_places_of_its_bad_example(code: str, tmp_path: Path) -> None:
    bad = RULES[code].bad
    files = {ARTICLE: bad.article, SETTINGS: bad.series, **bad.files}
    expected = sorted(place for path, text in files.items() for place in marked(path, text))
    assert expected
    places = [p.place for p in found(tmp_path, bad, code)]
    assert sorted((p.path, p.line, p.column, p.length) for p in places) == expected


@pytest.mark.parametrize("code", RULES)
def test_a_rule_finds_nothing_in_its_good_example(code: str, tmp_path: Path) -> None:
    assert found(tmp_path, RULES[code].good, code) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_complete(rule: Rule) -> None:
    """One function, a reason and its source, names of limits that no setting has."""
    assert [rule.find, rule.across, rule.among].count(None) == 2
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.code)
    assert rule.reason.endswith(".")
    assert not rule.source.endswith(".")
    assert not set(rule.limits) & (set(SERIES) | set(RULES))
    assert rule.code in explain(rule)


def test_no_two_rules_share_a_code_or_a_limit() -> None:
    rules = [rule for several in GROUPS.values() for rule in several]
    assert len({rule.code for rule in rules}) == len(rules)
    values: dict[str, int] = {}
    for rule in rules:
        for name, value in rule.limits.items():
            assert values.setdefault(name, value) == value


def test_every_file_of_rules_is_in_the_table() -> None:
    folder = Path(__file__).resolve().parents[3] / "handpress/check/rules"
    tables = [
        p
        for p in folder.rglob("*.py")
        if re.search(r"^(RULES = |def rules_about\()", p.read_text(), re.M)
    ]
    modules = {
        rule.bad and (rule.find or rule.across or rule.among).__module__ for rule in RULES.values()
    }  # type: ignore[union-attr]
    named = {
        "handpress.check.rules." + ".".join(p.relative_to(folder).with_suffix("").parts)
        for p in tables
    }
    assert named == modules


JAPANESE_BOX = '# 膝\n\n!!! urgent "{}"\n\n    - 腫れている\n'


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        ("care-title", JAPANESE_BOX.format("⟦腫れ⟧"), JAPANESE_BOX.format("次のときは電話を")),
        (
            "other-number",
            "# 膝\n\n⟦911⟧番に電話してください。\n",
            "# 膝\n\n119番に電話を。#7119へ電話を。\n",
        ),
        ("no-disclaimer", "# 膝\n\n休む。\n", "# 膝\n\n医師の助言に代わるものではありません。\n"),
        ("no-sources", "# 膝\n\n休む。\n", "# 膝\n\n休む。\n\n## 参考文献\n\n本。\n"),
        ("no-action", "# 膝\n\n膝は硬くなる。\n", "# 膝\n\n毎日、膝を曲げてください。\n"),
    ],
)
def test_a_rule_reads_japanese(code: str, bad: str, good: str, tmp_path: Path) -> None:
    settings = "kind: health\nlanguage: ja\n"
    practice = {
        "sources/practice.yaml": "name: 医院\nemergency:\n  ja: '119'\nadvice:\n  ja: '#7119'\n"
    }
    wrong = found(tmp_path / "bad", Example(bad, settings, practice), code)
    assert [(p.place.line, p.place.column) for p in wrong if "⟦" in bad] == [
        place[1:3] for place in marked(ARTICLE, bad)
    ]
    assert len(wrong) == 1
    assert found(tmp_path / "good", Example(good, settings, practice), code) == []


def test_headings_that_are_code_differ_by_it(tmp_path: Path) -> None:
    text = "# Knees\n\n## `rest`\n\nSit.\n\n## `walk`\n\nGo.\n\n## `rest`\n\nLie.\n"
    (alike,) = found(tmp_path, Example(text), "duplicate-heading")
    assert (alike.place.line, alike.what) == (11, "duplicate heading `rest`")


def test_the_sample_is_clean_and_no_rule_is_off(sample: Book) -> None:
    ran = sample.run("check", "--date", TODAY.isoformat())
    assert (ran.code, ran.out, ran.err) == (0, "no problems in 3 articles\n", "")
    settings = sample.read("sources/fascia-remedy/series.yaml")
    assert not re.search("^(?:check|levels):", settings, re.M)
    assert "kind: health" in settings
    articles = (sample.root / "sources/fascia-remedy").glob("*.md")
    assert not any("check: ignore" in a.read_text(encoding="utf-8") for a in articles)


ARABIC = "kind: health\nlanguage: ar\n"
BOX = '# الركبة\n\n!!! urgent "{}"\n\n    - تورّم\n'


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        ("care-title", BOX.format("⟦التورّم⟧"), BOX.format("اتصل بطبيب إذا:")),
        ("care-title", BOX.format("⟦التورّم⟧"), BOX.format("اتصل بطبيب في أيّ من هذه الحالات:")),
        ("other-number", "# الركبة\n\nاتصل بالرقم ⟦٩١١⟧.\n", "# الركبة\n\nاتصل بالرقم ١١٢.\n"),
        ("no-disclaimer", "# الركبة\n\nامشِ.\n", "# الركبة\n\nلا يغني هذا عن مشورة طبيب.\n"),
        ("no-sources", "# الركبة\n\nامشِ.\n", "# الركبة\n\nامشِ.\n\n## المراجع\n\nكتاب.\n"),
    ],
)
@pytest.mark.parametrize("number", ["112", "١١٢"])
def test_a_rule_reads_arabic(code: str, bad: str, good: str, number: str, tmp_path: Path) -> None:
    practice = {"sources/practice.yaml": f"name: عيادة\nemergency:\n  ar: '{number}'\n"}
    wrong = found(tmp_path / "bad", Example(bad, ARABIC, practice), code)
    assert [(p.place.line, p.place.column) for p in wrong if "⟦" in bad] == [
        place[1:3] for place in marked(ARTICLE, bad)
    ]
    assert len(wrong) == 1
    assert found(tmp_path / "good", Example(good, ARABIC, practice), code) == []
