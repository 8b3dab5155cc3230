"""A small project that a test writes: every file a project must have, few rows, and no outside knowledge needed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.check import check_sources
from pipeline.engine import connect
from pipeline.problems import render
from pipeline.project import Project
from pipeline.steps import build_claims, build_join, build_tables
from pipeline.workdir import Workdir
from schemas.registry import sources, written

DATASET = """\
name: wb6
title: Small
description: A dataset for one test.
publisher: WB6
licence: CC-BY-4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
as_of: 2023-12-31
keywords: [nato]
"""

ROWS: Mapping[str, str] = {
    "country": "ALB,AL,official,Albania,,,,true,,,,,web2023,,,\n"
    "SRB,RS,official,Serbia,,,,true,,,,,web2023,,,\n"
    "XKX,XK,user_assigned,Kosovo,,,,true,,,,,web2023,,,\n",
    "organisation": "eu,European Union,union,,,web2023,,,\nnato,NATO,alliance,1949-04-04,,web2023,,,\n",
    "mission": "eufor,EUFOR,,eu,,,,,,,,web2023,,,\nkfor,Kosovo Force,KFOR,nato,,,XKX,1999-06,,,,web2023,,,\n",
    "milestone": "ALB,eu,candidate_status,2014-06-27,web2023,,,\n",
    "reference": 'book2023,19,web2023,p. 72,"book2023, n. 19",,,\n',
}
"""The rows of a small project; tables not named here have none."""


def document(document_id: str, reliability: str = "B", issued: str | None = "2023", **more: Any) -> dict[str, Any]:
    """One item of references.json, with an address so that citations need no passage."""
    item: dict[str, Any] = {
        "id": document_id,
        "type": "webpage",
        "title": document_id,
        "URL": f"https://example.org/{document_id}",
    }
    if issued:
        item["issued"] = {"raw": issued}
    return {**item, **more, "custom": {"reliability": reliability, **more.get("custom", {})}}


DOCUMENTS = ({**document("book2023", "A"), "URL": ""}, document("web2023"))
"""A book without an address, whose note 19 is listed, and a page with one."""


def header(table: str) -> str:
    """The header line of a table's CSV."""
    return ",".join(f.name for f in sources()[table].fields) + "\n"


def row(table: str, **cells: str) -> str:
    """One CSV line of a table, its cells given by column; the others are empty."""
    out = io.StringIO(newline="")
    csv.DictWriter(out, [f.name for f in sources()[table].fields], lineterminator="\n").writerow(cells)
    return out.getvalue()


def write_documents(project: Project, items: Iterable[Mapping[str, Any]]) -> None:
    """Write references.json, one item a line: the first is on line 2."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    (project.sources / "references.json").write_text(f"[\n{lines}\n]\n", "utf-8")


def write_project(root: Path, documents: Iterable[Mapping[str, Any]] = DOCUMENTS, **rows: str) -> Project:
    """Write a project whose tables hold the rows of `ROWS`, or those given instead."""
    project = Project(root)
    project.sources.mkdir(parents=True)
    (project.sources / "dataset.yaml").write_text(DATASET, "utf-8")
    (project.sources / "LICENSE").write_text("CC-BY-4.0\n", "utf-8")
    write_documents(project, documents)
    for name in sources():
        text = header(name) + {**ROWS, **rows}.get(name, "")
        (project.sources / f"{name}.csv").write_text(text, "utf-8")
    return project


def add(project: Project, table: str, text: str) -> None:
    """Append lines to a table's CSV."""
    with (project.sources / f"{table}.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(text)


def told(project: Project) -> list[str]:
    """What a check of the sources tells a curator, line by line."""
    problems = check_sources(project).problems
    return render(problems, "text").split("\n") if problems else []


def joined(project: Project, name: str, sql: str) -> list[tuple[Any, ...]]:
    """Build every table and one join of a project, and ask the join."""
    build_tables(project, list(written().values()))
    build_claims(project)
    build_join(project, name)
    with connect() as con:
        Workdir(project.build).attach(con, "tables", [name])
        return con.execute(sql).fetchall()


LINKED: Mapping[str, str] = {
    "membership": row("membership", iso3="ALB", organisation_id="nato", status="member", spell="1", cite="web2023"),
    "deployment": row(
        "deployment",
        iso3="ALB",
        missions="eufor; kfor",
        as_of="2023",
        unit="contingent",
        personnel="~60",
        cite="web2023",
    ),
}
"""Rows that refer to others, one by a list."""


def released(root: Path, more: str = "", **rows: str) -> Path:
    """Write a small project, with `more` in its dataset.yaml, and release it; the release's folder."""
    from pipeline.orchestration.run import rebuild_once

    project = write_project(root, DOCUMENTS, **{**LINKED, **rows})
    (project.sources / "dataset.yaml").write_text(DATASET + more, "utf-8")
    outcome = rebuild_once(project)
    assert outcome.published, outcome.failures
    return (project.outputs / "latest").resolve()
