"""Every code that is free in its model is explained in the curator's vocabulary."""

from __future__ import annotations

import csv
import re

import pytest

from tests.conftest import ROOT

COLUMNS = [
    ("milestone", "milestone"),
    ("event_figure", "measure"),
    ("event_figure", "group"),
    ("event", "kind"),
    ("relation", "kind"),
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part)
def test_every_code_is_explained(table: str, column: str) -> None:
    text = (ROOT / "sources" / "VOCABULARY.md").read_text("utf-8")
    explained = {
        code for line in text.splitlines() if line.startswith("| `") for code in re.findall(r"`([^`]+)`", line)
    }
    numbered = {code.replace("_N_", "_1_") for code in explained}
    with (ROOT / "sources" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row[column] for row in csv.DictReader(stream) if row[column]}

    unknown = {code for code in codes if code not in explained and re.sub(r"_\d+_", "_1_", code) not in numbered}
    assert unknown == set()
