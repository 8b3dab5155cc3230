"""Tables pass through in batches: what Python holds does not grow with their rows, and the engine's limit changes no byte."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.check import check_sources
from pipeline.files import sha256
from pipeline.memory import _of_groups, default_memory
from pipeline.project import Project
from pipeline.steps import build_claims, build_join, build_tables
from schemas.registry import written
from tests.small import header, released, write_project

_FEW = 5_000
"""Rows of the smaller of two projects; the other has four times as many."""


def many(root: Path, rows: int) -> Project:
    """A project with so many rows of deployments, each of which two documents differ on."""
    units = [f'ALB,kfor,,2010,unit_{n},{n % 90},~{n % 900},"web2023; book2023, n. 19",,,\n' for n in range(rows)]
    return write_project(root, deployment="".join(units))


def built(project: Project) -> None:
    """Make all that is made of deployments before a release."""
    made = build_tables(project, list(written().values()))
    assert not [p for one in made.values() for p in one.problems]
    build_claims(project)
    for name in ("mission_contribution", "conflict"):
        build_join(project, name)


def checked(project: Project) -> None:
    """Check the sources of a project, which have no faults."""
    assert not check_sources(project).problems


def held(work: Callable[[Project], None], project: Project) -> int:
    """The most bytes that Python holds while something is done."""
    tracemalloc.start()
    try:
        work(project)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("work", [built, checked])
def test_what_python_holds_does_not_grow_with_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[Project], None]
) -> None:
    monkeypatch.setattr("pipeline.read._BLOCK", 1 << 17)
    monkeypatch.setattr("pipeline.read._CHUNK", 1 << 17)
    monkeypatch.setattr("pipeline.engines._BATCH", 2_000)
    work(write_project(tmp_path / "first"))  # what is imported and kept once, whatever the rows
    few, more = (many(tmp_path / str(n), n) for n in (_FEW, 4 * _FEW))

    before, after = held(work, few), held(work, more)

    assert after < 1.3 * before


def test_a_small_limit_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deployment = many(tmp_path / "sources", _FEW).sources / "deployment.csv"
    rows = deployment.read_text("utf-8").removeprefix(header("deployment"))
    plenty = released(tmp_path / "plenty", deployment=rows)
    monkeypatch.setenv("WB6_MEMORY", "150MB")
    monkeypatch.setenv("WB6_THREADS", "1")

    scarce = released(tmp_path / "scarce", deployment=rows)

    files = sorted(p.relative_to(plenty) for p in plenty.rglob("*") if p.is_file())
    assert [sha256(scarce / file) for file in files] == [sha256(plenty / file) for file in files]


def test_shares_and_slices_of_tables_give_what_the_whole_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cites = ("web2023", '"book2023, n. 19"')
    rows = "".join(f"ALB,kfor,,2010,unit_{n // 2},{n % 2 + 5},~{n % 7},{cites[n % 2]},,,\n" for n in range(40))
    whole = released(tmp_path / "whole", deployment=rows)
    assert len((whole / "csv" / "conflict.csv").read_text("utf-8").splitlines()) > 10
    for name, few in (("portions.SHARE", 15), ("portions._MOST", 3), ("weigh._SLICE", 7)):
        monkeypatch.setattr(f"pipeline.{name}", few)

    parts = released(tmp_path / "parts", deployment=rows)

    for name in ("claim", "conflict", "deployment", "mission_contribution"):
        assert sha256(parts / "csv" / f"{name}.csv") == sha256(whole / "csv" / f"{name}.csv")


def test_the_engine_takes_a_share_of_what_there_is_and_no_more_than_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.memory._limits", lambda: iter([64 << 30, 1000 << 20]))
    assert default_memory() == "333MiB"

    monkeypatch.setattr("pipeline.memory._limits", lambda: iter([64 << 30]))
    assert default_memory() == "2048MiB"


def test_the_limits_of_control_groups_are_found_in_both_of_their_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.memory._CGROUPS", tmp_path)
    for file, said in (
        ("jobs/memory.max", "3000\n"),
        ("jobs/one/memory.max", "max\n"),
        ("memory/old/memory.limit_in_bytes", "2000\n"),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(said, "utf-8")
    listing = tmp_path / "cgroup"
    listing.write_text("4:memory:/old\n3:cpu:/other\n0::/jobs/one\n", "utf-8")

    assert sorted(_of_groups(listing)) == [2000, 3000]
    assert list(_of_groups(tmp_path / "none")) == []


def test_tables_too_long_for_people_are_left_out_of_page_and_workbook_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr("pipeline.explorer.described.MOST_ROWS", 10)
    monkeypatch.setattr("pipeline.standards.sheets.MOST_SHOWN", 10)

    folder = released(tmp_path)  # which verifies it, page and workbook included

    page = (folder / "explorer.html").read_text("utf-8")
    assert 'id="table-claim"' not in page
    assert 'id="table-country"' in page
    workbook = openpyxl.load_workbook(folder / "wb6.xlsx")
    assert "claim" not in workbook.sheetnames
    assert "country" in workbook.sheetnames
    told = {row[0]: row[1] for row in workbook["README"].iter_rows(values_only=True)}
    assert "rows and the workbook holds tables of up to 10" in told["claim (left out)"]
