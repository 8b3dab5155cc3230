"""The rebuild of Dagster's with Spark in a process of its own: the same release, the same reports, one Spark for all of it."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB
from pipeline.orchestration.resource import Checkout
from pipeline.project import Project
from tests.small import DOCUMENTS, LINKED, add, released, write_project
from tests.spark.running import needs_spark

pytestmark = needs_spark


def rebuild(project: Project, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    """Run the job that rebuilds everything, as the UI would."""
    job = defs().resolve_job_def(JOB)
    checkout = Checkout(root=str(project.root))
    return job.execute_in_process(instance=instance, resources={"checkout": checkout}, raise_on_error=False)


def test_a_release_by_spark_is_that_by_duckdb(
    tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = released(tmp_path / "duckdb")
    monkeypatch.setenv("WB6_ENGINE", "spark")
    project = write_project(tmp_path / "spark", DOCUMENTS, **LINKED)

    done = rebuild(project, instance)

    assert done.success
    theirs = (project.outputs / "latest").resolve()
    for file in sorted(ours.glob("*/*.csv")) + sorted(ours.glob("*/*.parquet")):
        assert (theirs / file.relative_to(ours)).read_bytes() == file.read_bytes(), file.name
    told = [entry.user_message for entry in instance.all_logs(done.run_id)]
    assert len([line for line in told if line.startswith("Spark ") and line.endswith("s to start")]) == 1
    made = {e.asset_key.path[-1]: e for e in done.get_asset_materialization_events() if e.asset_key}
    assert made["deployment"].materialization.metadata["dagster/row_count"].value == 1
    assert {"preview", "claims", "digest"} <= made["deployment"].materialization.metadata.keys()


def test_what_is_at_fault_fails_the_same_checks(
    tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {}
    for engine in ("duckdb", "spark"):
        monkeypatch.setenv("WB6_ENGINE", engine)
        project = write_project(tmp_path / engine, DOCUMENTS, **LINKED)
        add(project, "country", "XXX,XX,official,,,,,perhaps,,,,,web2023,,,\n")
        add(project, "milestone", "SRB,eu,candidate_status,2012-03-01,web2023,,,\n" * 2)

        done = rebuild(project, instance)

        assert not done.success
        assert not project.outputs.joinpath("latest").exists()
        checks = [check for check in done.get_asset_check_evaluations() if not check.passed]
        told[engine] = sorted((check.asset_key.path[-1], check.check_name, check.description) for check in checks)
    assert told["spark"] == told["duckdb"]
    assert ("country", "rows") in {(table, check) for table, check, _ in told["spark"]}
    assert ("milestone", "keys") in {(table, check) for table, check, _ in told["spark"]}
