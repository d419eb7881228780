"""`practice.yaml` edited from a page: new values, and everything else as its author left it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handpress.core.files.workspace import find
from handpress.desk.forms import Form
from handpress.desk.practice_file import write_practice
from handpress.desk.practice_form import fields, practice_of, values
from handpress.series.settings.yaml_writer import Unwritable, edited
from helpers.workspaces import ROOT

SAMPLE = (ROOT / "sources/practice.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ("name: A  # ours\n", {"name": "B"}, "name: B  # ours\n"),
        ("# top\nname: A\n\n# end\n", {"phone": "01"}, "# top\nname: A\n\n# end\nphone: '01'\n"),
        ("name: A", {"phone": "1 2"}, "name: A\nphone: 1 2\n"),
        ("", {"name": "É: #1"}, "name: 'É: #1'\n"),
        ("name: A\nphone: 1 # x\nweb: b.org\n", {"phone": ""}, "name: A\nweb: b.org\n"),
        ("phone: 1", {"phone": ""}, ""),
        ("name:\nweb: a.org\n", {"name": "B"}, "name: B\nweb: a.org\n"),
        ("address:   # lines\n  - A\n  - B # end\n\nname: C\n", {"address": ["X", "Y", "Z"]},
         "address:   # lines\n  - X\n  - Y\n  - Z # end\n\nname: C\n"),
        ("address: [A, B]\n", {"address": ["C, D", "E"]}, "address: ['C, D', E]\n"),
        ("address: A\n", {"address": ["C", "E"]}, "address: [C, E]\n"),
        ("emergency:\n  en: '9'  # uk\n  de: '1'\nx: 1\n", {"emergency": {"en": "8", "de": "1"}},
         "emergency:\n  en: '8'\n  de: '1'\nx: 1\n"),
        ("note: |\n  a\n  b\n\n# c\nname: A\n", {"note": "d"}, "note: d\n\n# c\nname: A\n"),
        ("theme: warm\n", {"theme": {"base": "warm", "accent": "#123456"}}, "theme: {base: warm, accent: '#123456'}\n"),
        ('name: "A" # x\r\nweb: a.org\r\n', {"name": "B"}, "name: B # x\r\nweb: a.org\r\n"),
    ],
)  # fmt: skip
def test_only_the_value_changes(before: str, values: dict[str, object], after: str) -> None:
    assert edited(before, values) == after


@pytest.mark.parametrize(
    "value",
    ["yes", "1e3", "- a", "a\nb", "{x}", "&a", "*a", "!x", "%", "@", "null", "2026-11-28", " a ", "'", '"', "ü 😀", ": #"],
)  # fmt: skip
def test_any_text_comes_back(value: str) -> None:
    assert yaml.safe_load(edited(SAMPLE, {"name": value}))["name"] == value
    assert yaml.safe_load(edited(SAMPLE, {"address": [value, "b"]}))["address"] == [value, "b"]


def test_the_comments_of_the_sample_stay() -> None:
    values = {"name": "Knee & Co", "address": ["1 High Street"], "advice": {"en": "112"}, "web": ""}
    after = edited(SAMPLE, values)
    comments = [line for line in SAMPLE.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == comments
    assert "# a list of lines, or one string" in after


@pytest.mark.parametrize(
    "text", ["- a\n", "{name: A}\n", "name: &x A\nnote: *x\n", "a: [\n", "just text"]
)
def test_a_file_in_another_form_is_left_alone(text: str) -> None:
    with pytest.raises(Unwritable):
        edited(text, {"name": "B", "web": "c.org"})


def test_the_file_as_it_was_is_kept(tmp_path: Path) -> None:
    (tmp_path / "practice.yaml").write_text("name: A # ours\n")
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    workspace = find(tmp_path)
    assert workspace
    assert write_practice(workspace, {"name": "B", "web": ""})
    assert (tmp_path / "practice.yaml").read_text() == "name: B # ours\n"
    assert (tmp_path / "practice.yaml.bak").read_text() == "name: A # ours\n"
    assert not write_practice(workspace, {"name": "B", "web": ""})
    (tmp_path / "practice.yaml").unlink()
    assert write_practice(workspace, {"name": "C"})
    assert (tmp_path / "practice.yaml").read_text() == "name: C\n"


def form_of(found: dict[str, object]) -> dict[str, str]:
    return fields(found, ("en", "de"))


@pytest.mark.parametrize(
    "found",
    [
        {"hours": "Monday", "note": "Ring twice"},
        {"hours": ["Monday", "Friday"]},
        {"hours": {"en": "Monday", "de": ["Montag", "Freitag"]}, "note": {"en": "Ring", "ja": "二度"}},
    ],
)  # fmt: skip
def test_texts_of_each_language_are_written_as_they_were(found: dict[str, object]) -> None:
    written = values(Form(tuple(form_of(found).items())), found, ("en", "de"))
    assert {key: value for key, value in written.items() if value} == found


def test_a_text_may_be_added_for_another_language() -> None:
    found: dict[str, object] = {"note": {"en": "Ring"}}
    given = form_of(found)
    assert [name for name in given if name.startswith("note")] == ["note en", "note de"]
    form = Form((*given.items(), ("note de", "Klingeln")))
    assert values(form, found, ("en", "de"))["note"] == {"en": "Ring", "de": "Klingeln"}
    assert practice_of(form, None).note == {"en": "Ring", "de": "Klingeln"}
