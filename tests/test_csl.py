"""Documents as CSL-JSON: what the table's columns hold is given back, and dates keep their doubt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.bibliography import read_bibliography
from pipeline.csl import citable, item_of
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2023", {"date-parts": [[2023]]}),
        ("2023-10-07", {"date-parts": [[2023, 10, 7]]}),
        ("2023-10/2023-12", {"date-parts": [[2023, 10], [2023, 12]]}),
        ("2009~", {"date-parts": [[2009]], "circa": True}),
        ("2009-09?/2010-02?", {"date-parts": [[2009, 9], [2010, 2]], "circa": True}),
        ("201X", {"literal": "2010s"}),
        ("2009/..", {"literal": "since 2009"}),
        ("../2022-08", {"literal": "until 2022-08"}),
    ],
)
def test_a_date_keeps_its_doubt(edtf: str, date: dict[str, Any]) -> None:
    assert citable({"document_id": "a", "issued": edtf})["issued"] == date


def test_a_row_of_the_document_table_gives_back_what_its_columns_hold() -> None:
    """Of the items, nothing else is lost than the variables that the table has no column for."""
    items = json.loads((ROOT / "sources" / "references.json").read_text("utf-8"))
    table = read_bibliography(ROOT / "sources" / "references.json", "references.json").rows
    lists = [{**row, "authors": row["authors"].split("; ") if row["authors"] else None} for row in table.to_pylist()]
    beyond = {"note", "genre", "number", "container-title", "event-title", "publisher-place"}

    for row, item in zip(lists, items, strict=True):
        assert item_of(row) == {name: value for name, value in item.items() if name not in beyond}
