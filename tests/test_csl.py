"""Documents as CSL-JSON: nothing that references.json says is lost, and dates keep their doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.bibliography import read_bibliography
from pipeline.cli import cli
from pipeline.csl import citable, item_of
from pipeline.project import Project
from tests.conftest import ROOT
from tests.small import document, row, write_documents, write_project


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


def rows_of(project: Project) -> list[dict[str, Any]]:
    table = read_bibliography(project.sources / "references.json", "references.json").rows
    return [{**row, "authors": row["authors"].split("; ") if row["authors"] else None} for row in table.to_pylist()]


def test_a_row_of_the_document_table_gives_back_its_item_to_the_letter() -> None:
    items = json.loads((ROOT / "sources" / "references.json").read_text("utf-8"))

    assert [item_of(row) for row in rows_of(Project(ROOT))] == items


def test_what_no_column_holds_is_kept_and_cited(tmp_path: Path) -> None:
    odd = document("odd2023", type="article-journal", volume="12", page="3-9", publisher="House", note="Seen twice.")
    odd |= {"author": [{"family": "Plato"}, {"literal": "Staff, General; Army"}], "issued": {"raw": "2009~"}}
    odd |= {"container-title": "Journal", "custom": {"reliability": "B", "shelf": "7"}}
    project = write_project(tmp_path)
    write_documents(project, [odd])

    (row,) = rows_of(project)

    assert item_of(row) == odd
    cited_item = citable(row)
    assert (cited_item["volume"], cited_item["container-title"], cited_item["publisher"]) == ("12", "Journal", "House")
    assert "note" not in cited_item


def test_a_release_gives_the_footnote_with_all_that_its_documents_say(tmp_path: Path) -> None:
    from pipeline.orchestration.run import rebuild_once

    brief = document(
        "brief2023", "A", URL="", type="report", publisher="House", genre="Brief", number="12", title="A brief"
    )
    strength = row("mission_strength", mission_id="kfor", as_of="2023", personnel="~4500", cite="brief2023, p. 4")
    project = write_project(tmp_path, [brief, document("web2023")], mission_strength=strength, reference="")
    assert rebuild_once(project).published

    done = CliRunner().invoke(cli, ["--project", str(tmp_path), "cite", "mission_strength", "kfor"])

    assert done.stdout == "A Brief, Brief no. 12 (House, 2023), 4.\n"
