"""Text that only a medium without its article would show."""

from __future__ import annotations

from pathlib import Path

import pytest

from handpress.core.files.workspace import find
from handpress.series.assemble import assemble


@pytest.mark.parametrize(
    ("text", "settings", "line"),
    [
        ('A line.\n\nWrite here.\n{: only="handout" }\n', "no_handout: [a]", 6),
        ("Words[^1].\n\n[^1]: A note.\n    {: only='handout' }\n", "no_handout: [a]", 6),
        ('## For paper {: only="handout" }\n\nWords.\n', "no_handout: [a]", 3),
        ('A line.\n\nWrite here.\n{: only="handout book" }\n', "no_handout: [a]", 0),
        ('A line.\n\nWrite here.\n{: only="handout" }\n', "no_handout: [b]", 0),
        ('A line.\n\nWrite here.\n{: only="handout" }\n', "media: [web]", 0),
        ('Write `{: only="handout" }`, or:\n\n    {: only="handout" }\n', "no_handout: [a]", 0),
    ],
)
def test_it_is_a_problem(text: str, settings: str, line: int, tmp_path: Path) -> None:
    root = tmp_path / "folder"
    root.mkdir()
    (root / "a.md").write_text(f"# A\n\n{text}")
    (root / "b.md").write_text("# B\n\nWords.\n")
    (root / "series.yaml").write_text(f"{settings}\n")
    workspace = find(root, tmp_path / "output")
    assert workspace
    _, problems = assemble(workspace, ".")
    assert [(p.code, p.place.line) for p in problems] == ([("unshown-text", line)] if line else [])
