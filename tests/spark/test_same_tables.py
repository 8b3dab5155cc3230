"""The pipeline on Spark against the pipeline on DuckDB: every table the same to the byte, every problem in the same words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.project import Project
from pipeline.spark import pieces
from schemas.registry import tables
from tests.conftest import ROOT
from tests.small import DOCUMENTS, LINKED, ROWS, add, document, row, write_project
from tests.spark.built import Outcome, build
from tests.spark.running import needs_spark

pytestmark = needs_spark


def both(root: Path, make: Path) -> tuple[Outcome, Outcome]:
    """What DuckDB and Spark make of one project."""
    found = []
    for engine in ("duckdb", "spark"):
        shutil.copytree(make, root / engine)
        found.append(build(Project(root / engine), engine))
    return found[0], found[1]


def test_real_sources_give_the_same_tables(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    shutil.copytree(ROOT / "outputs", project.outputs, ignore=shutil.ignore_patterns("releases", "latest"))

    ours, theirs = both(tmp_path_factory.mktemp("real"), project.root)

    assert set(ours.digests) == tables().keys() - {"change"}
    assert theirs.digests == ours.digests
    assert theirs.report == ours.report


FAULTS = {
    "country": ROWS["country"] + 'ALB,AL,official,"Alba\nnia",,,,perhaps,,,,,web2023,,,\n=X,AL,official,A,,,,,,,,,web2023,,,\n',
    "membership": row("membership", iso3="ALB", organisation_id="nato", status="knight", spell="one", cite="web 2023")
    + row("membership", iso3="ALB", organisation_id="eu", status="member", spell="1", start="2020-02-30", cite="web2023")
    + row("membership", iso3="SRB", organisation_id="eu", status="member", spell="1", rank="preferred", cite="web2023"),
    "organisation": ROWS["organisation"] + "un,United Nations\n\nun,United Nations,union,,,web2023,,,,,,\n",
    "event": row("event", event_id="e1", name="A", date="2023-09/2023-01", missions="kfor; kfor", cite="web2023"),
    "mission_strength": row("mission_strength", mission_id="kfor", as_of="2023", personnel="abuot 60", cite="web2023")
    + row("mission_strength", mission_id="kfor", as_of="2022", personnel="90..60", cite="web2023"),
    "deployment": row("deployment", iso3="ALB", missions="kfor; eufor", as_of="2023", unit="contingent", cite="web2023"),
    "milestone": 2 * row("milestone", iso3="ALB", organisation_id="eu", milestone="candidate_status", date="2014", cite="web2023")
    + row("milestone", iso3="SRB", organisation_id="eu", milestone="candidate_status", date="2012", cite="web2023; web2023"),
}  # fmt: skip
"""Rows at fault in every way that the step which reads them finds: cells, form, keys, intervals, ranges, lists."""

UNSOUND = {
    **LINKED,
    "milestone": row("milestone", iso3="ALB", organisation_id="efta", milestone="candidate_status", date="2014", cite="nobody2020")
    + row("milestone", iso3="XKX", organisation_id="eu", milestone="accession_treaty_signed", date="2020", cite="book2023, n. 99")
    + row("milestone", iso3="SRB", organisation_id="eu", milestone="accession_treaty_signed", date="2020", cite="book2023"),
    "membership": row("membership", iso3="XKX", organisation_id="eu", status="member", spell="1", start="2010", cite="web2023"),
    "event": row("event", event_id="e1", name="A", date="1990", iso3="ZZZ", missions="kfor; nowhere", cite="web2023, p. 4"),
    "mission_strength": "".join(
        row("mission_strength", mission_id="kfor", as_of=year, personnel=figure, cite="web2023")
        for year, figure in (("2019", "50"), ("2020", "51"), ("2021", "12345678"), ("2022", "52"))
    ),
    "indicator": "".join(
        row("indicator", iso3="ALB", indicator="defence_budget", period=year, value=figure, unit="eur", cite="web2023")
        for year, figure in (("2019", "10.25"), ("2020", "11.5"), ("2021", "90000000.5"), ("2022", "12"))
    ),
}  # fmt: skip
"""Rows of sound cells that name nothing, cite nobody, or state what cannot be."""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose files are at fault, each in its own way, one of them in its bytes."""
    project = write_project(tmp_path_factory.mktemp("bad") / "p", [*DOCUMENTS, document("web2023", "Z")], **FAULTS)
    add(project, "facility", "f1,Camp\u200b,,,,,,,web2023,,,\n")
    (project.sources / "threat.csv").write_text("threat,name\n", "utf-8")
    return project.root


def test_rows_at_fault_are_told_in_the_same_words(faulty: Path, tmp_path: Path) -> None:
    ours, theirs = both(tmp_path, faulty)

    assert theirs.report == ours.report
    assert theirs.digests == ours.digests
    told = [line.split(":", 1)[0].rsplit("/", 1)[-1] for line in ours.report.splitlines()]
    assert {f"{name}.csv" for name in FAULTS} <= set(told)


def test_rows_at_fault_are_told_in_the_same_words_where_files_are_cut(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "SIZE", 150)

    ours, theirs = both(tmp_path, faulty)

    assert theirs.report == ours.report


def test_rows_that_contradict_others_are_told_in_the_same_words(tmp_path: Path) -> None:
    project = write_project(tmp_path / "p", DOCUMENTS, **UNSOUND)

    ours, theirs = both(tmp_path, project.root)

    assert theirs.report == ours.report
    assert theirs.digests == ours.digests
    for said in ("no document", "has no note 99", "not in sources/", "far from its neighbours", "before its accession"):
        assert said in ours.report
