"""`check`: levels, limits, comments, the baseline, and the order and form of what it reports."""

from __future__ import annotations

import json
import re

import fastjsonschema
import pytest
import yaml

from handpress.build.load import load
from handpress.check import run
from handpress.core.files.workspace import find
from handpress.core.user import cache_folder
from helpers.workspaces import ROOT, TOOLS, Book

SPRING = "sources/moon/02-spring.md"
SERIES = "sources/moon/series.yaml"
TWICE = "\n## Rest\n\nSit.\n\n## Rest\n\nLie.\n"


@pytest.fixture
def twice(book: Book) -> Book:
    """The model workspace with two headings of the same words."""
    book.write(SPRING, book.read(SPRING) + TWICE)
    return book


def settings(book: Book, *rows: str) -> None:
    book.write(SERIES, book.read(SERIES) + "check:\n" + "".join(f"  {row}\n" for row in rows))


def place(book: Book) -> str:
    lines = book.read(SPRING).splitlines()
    return f"{SPRING}:{len(lines) - 2}:4"


def test_a_rule_has_place_reason_and_help(twice: Book) -> None:
    ran = twice.run("check")
    assert ran.code == 0
    assert f"{place(twice)}: warning: duplicate heading `Rest` [duplicate-heading]" in ran.err
    assert "help: change one of the two" in ran.err
    assert "1 warning in 1 file" in ran.err


def test_a_build_reports_no_rule(twice: Book) -> None:
    """Only the command `check` runs them."""
    workspace = find(twice.root)
    assert workspace
    assert load(workspace).problems == ()


@pytest.mark.parametrize(
    ("level", "code", "said"),
    [
        ("error", 1, ": duplicate heading"),
        ("advice", 0, ": advice: duplicate heading"),
        ("off", 0, ""),
    ],
)
def test_a_series_sets_the_level_of_a_rule(twice: Book, level: str, code: int, said: str) -> None:
    settings(twice, f"duplicate-heading: {level}")
    ran = twice.run("check")
    assert ran.code == code
    assert (said in ran.err) if said else (ran.err == "")


def test_strict_fails_for_warnings_and_not_for_advice(twice: Book) -> None:
    assert twice.run("check", "--strict").code == 1
    settings(twice, "duplicate-heading: advice")
    ran = twice.run("check", "--strict")
    assert ran.code == 0
    assert "1 piece of advice in 1 file" in ran.err


def test_a_series_sets_a_limit_by_its_name(book: Book) -> None:
    book.write(SPRING, book.read(SPRING) + "\n## Tides\n\n" + "The sea comes in.\n\n" * 4)
    assert book.run("check").err == ""
    settings(book, "words-without-heading: 10")
    line = book.read(SPRING).count("\n") - 3
    assert f"{SPRING}:{line}:1: advice: long text" in book.run("check").err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("duplicate-headings: off", "did you mean `duplicate-heading`?"),
        ("duplicate-heading: 12", "use one of: error, warning, advice, off"),
        ("words-without-heading: many", "`many` is not a whole number"),
        ("missing-alt: off", "write the line below `levels`"),
    ],
)
def test_a_wrong_setting_is_shown_with_its_fix(book: Book, row: str, said: str) -> None:
    settings(book, row)
    ran = book.run("check")
    assert said in ran.err
    assert ran.err.startswith(f"{SERIES}:")


def test_a_comment_ignores_a_rule_in_the_next_block(twice: Book) -> None:
    twice.write(
        SPRING,
        twice.read(SPRING).replace(
            "## Rest\n\nLie", "<!-- check: ignore duplicate-heading -->\n\n## Rest\n\nLie"
        ),
    )
    assert twice.run("check").err == ""


def test_a_comment_covers_no_more_than_the_next_block(twice: Book) -> None:
    twice.write(
        SPRING,
        twice.read(SPRING).replace("Sit.", "<!-- check: ignore duplicate-heading -->\n\nSit."),
    )
    assert "duplicate-heading" in twice.run("check").err


def test_a_comment_ignores_a_rule_in_a_file(twice: Book) -> None:
    twice.write(
        SPRING,
        twice.read(SPRING) + "\n<!-- check: ignore-file duplicate-heading -->\n",
    )
    assert twice.run("check").err == ""


def test_a_comment_ignores_what_only_all_articles_show(book: Book) -> None:
    book.write(SERIES, re.sub("date: .*", "date: 2001-03-01\nkind: health", book.read(SERIES)))
    old = f"{SPRING}:2:8: warning: article has not been reviewed"
    assert old in book.run("check", "--all").err
    book.write(SPRING, f"{book.read(SPRING)}\n<!-- check: ignore-file old-text -->\n")
    ran = book.run("check", "--all").err
    assert old not in ran
    assert "[unused-ignore]" not in ran


def test_a_comment_is_no_problem_if_its_rule_is_off_or_for_health_sheets(book: Book) -> None:
    comment = "<!-- check: ignore-file unclosed-quote, old-text -->"
    book.write(SPRING, f"{book.read(SPRING)}\n{comment}\n")
    assert book.run("check").err == ""


def test_a_comment_in_code_is_an_example(twice: Book) -> None:
    twice.write(
        SPRING, twice.read(SPRING) + "\n```\n<!-- check: ignore-file duplicate-heading -->\n```\n"
    )
    assert "duplicate-heading" in twice.run("check").err


def test_a_baseline_leaves_only_new_problems(twice: Book) -> None:
    """Text that moves is still known; a problem with other words, or one more of it, is new."""
    ran = twice.run("check", "--baseline")
    assert (ran.code, ran.out) == (0, "recorded 1 problem in check-baseline.json\n")
    twice.write(SPRING, twice.read(SPRING).replace("## Rest", "More.\n\n## Rest", 1))
    ran = twice.run("check")
    assert ran.err == "1 older problem in check-baseline.json: not shown\n"
    twice.write(SPRING, twice.read(SPRING) + "\n## Rest\n\nStay.\n")
    assert "1 warning in 1 file" in twice.run("check").err
    twice.write("check-baseline.json", "damaged")
    assert "2 warnings in 1 file" in twice.run("check").err


def test_errors_come_first(twice: Book) -> None:
    settings(twice, "duplicate-heading: advice")
    twice.write(SPRING, twice.read(SPRING) + "\n[a](nowhere.md)\n")
    twice.write(SERIES, twice.read(SERIES) + "levels:\n  unknown-article: error\n")
    first, *_ = twice.run("check", "--message-format", "short").err.splitlines()
    assert "[unknown-article]" in first


def test_every_problem_of_a_build_is_among_those_of_check(twice: Book) -> None:
    twice.write(SPRING, twice.read(SPRING) + "\n[a](nowhere.md)\n")
    assert "unknown-article" in twice.run("check").err


def test_json_has_the_version_of_its_form(twice: Book) -> None:
    (line,) = twice.run("check", "--message-format", "json").said
    said = json.loads(line)
    schema = json.loads((ROOT / "docs/check.schema.json").read_text(encoding="utf-8"))
    fastjsonschema.compile(schema)(said)
    with pytest.raises(fastjsonschema.JsonSchemaException):
        fastjsonschema.compile(schema)({**said, "severity": "note"})
    assert (said["version"], said["type"], said["code"]) == (1, "problem", "duplicate-heading")


def test_sarif_fits_its_schema(twice: Book) -> None:
    """The schema of OASIS, from a package of Microsoft. Problems of a build are in it too."""
    twice.write(
        SPRING,
        twice.read(SPRING) + "\n[a](nowhere.md) \N{PILE OF POO}\n\n" + "The sea comes.\n\n" * 80,
    )
    log = json.loads(twice.run("check", "--message-format", "sarif").out)
    schema = TOOLS / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    fastjsonschema.compile(json.loads(schema.read_text(encoding="utf-8")))(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {
        "duplicate-heading": "warning",
        "unknown-article": "warning",
        "few-headings": "note",
    }
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert twice.run("check", "--message-format", "sarif").err == ""


def test_github_shows_a_problem_beside_its_line(twice: Book) -> None:
    (line,) = twice.run("check", "--message-format", "github").said
    number = place(twice).split(":")[1]
    assert line.startswith(
        f"::warning file={SPRING},line={number},col=4,endColumn=8,title=duplicate heading `Rest` [duplicate-heading]::"
    )


def test_explain_shows_reason_source_and_examples(book: Book) -> None:
    said = book.run("check", "--explain", "few-headings").out
    for part in ("advice", "PEMAT-P", "words-without-heading: 200", "Bad:", "Good:"):
        assert part in said
    ran = book.run("check", "--explain", "few-heading")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean `few-headings`?" in ran.err


# --- The last check ----------------------------------------------------------------------------


def test_an_unchanged_workspace_is_not_read_again(
    twice: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = twice.run("check")
    monkeypatch.setattr(run, "check", lambda *_: pytest.fail("it was checked again"))
    assert twice.run("check") == first
    assert twice.run("check", "--message-format", "short").code == first.code


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SPRING, "## Rest\n\nSit.", "## Ease\n\nSit."),
        (SERIES, "title:", "check:\n  duplicate-heading: off\ntitle:"),
    ],
)
def test_any_change_is_noticed(twice: Book, path: str, old: str, new: str) -> None:
    assert "duplicate-heading" in twice.run("check").err
    twice.edit(path, old, new)
    assert twice.run("check").err == ""


def test_a_new_day_is_noticed(book: Book) -> None:
    book.write(SERIES, book.read(SERIES) + "review_by: 2028-11-22\n")
    assert book.run("check", "--date", "2026-11-22").err == ""
    ran = book.run("check", "--date", "2028-11-20")
    assert "review is due soon [review-due]" in ran.err
    ran = book.run("check", "--date", "2028-11-23")
    assert (ran.code, "review is overdue [review-overdue]" in ran.err) == (1, True)


def test_a_damaged_record_only_costs_time(twice: Book) -> None:
    first = twice.run("check")
    records = list(cache_folder().glob("handpress/check-*"))
    assert records
    for file in records:
        file.write_bytes(b"damaged")
    assert twice.run("check") == first


def test_links_that_one_medium_lacks_are_found(book: Book) -> None:
    """A series is composed only if a medium can lack something; then it is."""
    text = book.read(SPRING) + '\nAt sea.\n{: only="web" #moons }\n\nSee [the moons](#moons).\n'
    book.write(SPRING, text)
    said = book.run("check", "--message-format", "short").err
    workspace = find(book.root)
    assert workspace
    codes = [p.code for p in load(workspace).problems]
    assert codes
    assert set(codes) == {"unreachable-anchor"}
    assert said.count("[unreachable-anchor]") == len(codes)


def test_explain_shows_a_message_of_builds_too(book: Book) -> None:
    said = book.run("check", "--explain", "missing-alt").out
    assert said.startswith("missing-alt: warning, of every build\n")
    assert "mark it `{: .decorative }`" in said


def test_the_hook_of_pre_commit_is_a_command(twice: Book) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "handpress"
    assert "[duplicate-heading]" in twice.run(*arguments).err


def test_advice_of_one_rule_is_one_message(book: Book) -> None:
    """Also if its words differ: advice on each word would bury what is wrong."""
    book.write(SPRING, book.read(SPRING) + "\nThe QZX rises. The QZY falls.\n")
    said = book.run("check").err
    assert said.count("[abbreviation]") == 1
    assert "--all shows each" in said
    assert "2 pieces of advice in 1 file, of 1 kind" in said
    assert book.run("check", "--all").err.count("[abbreviation]") == 2
