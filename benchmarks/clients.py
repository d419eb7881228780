"""Sheets for clients a second, on one core: texts on finished pages, and sheets that are laid out again.

python benchmarks/clients.py [--count 100]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handpress.build.load import load  # noqa: E402
from handpress.core.files.workspace import find  # noqa: E402
from handpress.layout.variant import Variant  # noqa: E402
from handpress.personal import Prescribed, Sheet, Visit, fill  # noqa: E402
from handpress.press.bindery.copies import Copies  # noqa: E402


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=100)
    count = options.parse_args().count
    workspace = find(ROOT)
    assert workspace is not None
    (layout,) = load(workspace).layouts
    sheet = Sheet(layout, "strengthen-your-glutes", Variant("standard", "a4"))
    _, bridge, _ = sheet.exercises
    dosage = (Prescribed(bridge.id, {"sets": "3"}, side="left"),)
    kinds = {
        "fields": Visit(date="28 November 2026", next_visit="5 December"),
        "fields and a dosage": Visit(date="28 November 2026", exercises=dosage),
        "a note: laid out again": Visit(note="Walk every day."),
    }
    print("| a sheet of two pages for a client | ms | a second |")
    print("| --- | ---: | ---: |")
    for name, visit in kinds.items():
        fill(sheet, visit)  # lays out the form
        start = time.process_time()
        for number in range(count):
            fill(sheet, replace(visit, client=f"Client {number}"))
        took = (time.process_time() - start) / count
        print(f"| {name} | {took * 1000:.0f} | {1 / took:.0f} |")
    made = [fill(sheet, Visit(client=f"Client {number}")) for number in range(count)]
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        copies = Copies(file)
        for data in made:
            copies.add(data)
        copies.finish()
        took = (time.process_time() - start) / count
        print(f"| joined with the others in one file | {took * 1000:.0f} | {1 / took:.0f} |")
        print(f"\n{file.tell() / 1e6:.1f} MB for {count} clients")


if __name__ == "__main__":
    main()
