"""Dagster: the graph, a whole run on an instance of its own, and a failing source that stops the release."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB, changed_sources
from pipeline.orchestration.resource import Checkout
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from schemas.registry import tables
from tests.conftest import ROOT
from tests.fresh import downstream, execute


def job_of(project: Project, key: dg.AssetKey) -> dg.JobDefinition:
    """A job of one asset and its own checks."""
    whole = defs()
    return dg.Definitions(
        assets=whole.assets,
        asset_checks=whole.asset_checks,
        jobs=[dg.define_asset_job("one", selection=[key])],
        resources={"checkout": Checkout(root=str(project.root))},
        executor=dg.in_process_executor,
    ).resolve_job_def("one")


def made(result: dg.ExecuteInProcessResult) -> set[str]:
    events = result.get_asset_materialization_events()
    return {e.materialization.asset_key.path[-1] for e in events}


def failed_checks(result: dg.ExecuteInProcessResult) -> dict[tuple[str, str], str]:
    return {
        (c.asset_key.path[-1], c.check_name): c.description or ""
        for c in result.get_asset_check_evaluations()
        if not c.passed
    }


def first_problem(check: dg.AssetCheckEvaluation) -> Mapping[str, Any]:
    table = check.metadata["first problems"]
    assert isinstance(table, dg.TableMetadataValue)
    return table.records[0].data


def test_the_definitions_load_without_any_warning() -> None:
    load = "import pipeline.definitions as d; d.defs().resolve_job_def('rebuild')"

    done = subprocess.run([sys.executable, "-W", "error", "-c", load], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_every_table_join_and_file_is_an_asset_that_is_grouped_described_and_owned() -> None:
    graph = defs().resolve_asset_graph()
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}

    assert set(tables()) - {"change"} <= names
    assert {f"sources/{p.stem}" for p in (ROOT / "sources").glob("*.csv")} <= names
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name in ("sources", "tables", "evidence", "joins", "releases"), key
        assert node.description, key
        if node.is_materializable:
            assert node.kinds, key
            assert node.owners, key


def test_columns_and_table_names_are_known_before_any_run() -> None:
    graph = defs().resolve_asset_graph()

    for name in set(tables()) - {"change"}:
        metadata = graph.get(dg.AssetKey(name)).metadata
        assert metadata["dagster/table_name"] == f"wb6.{name}"
        columns = metadata["dagster/column_schema"].columns
        assert [c.name for c in columns] == [c.name for c in tables()[name].columns]


def test_the_whole_job_publishes_a_release_on_an_instance_of_its_own(
    project: Project, instance: dg.DagsterInstance
) -> None:
    result = execute(project, instance)

    assert result.success
    assert made(result) == (set(tables()) - {"change"}) | {"evidence", "release", "explorer"}
    assert (project.outputs / "latest" / "manifest.json").is_file()
    event = instance.get_latest_materialization_event(dg.AssetKey("country"))
    assert event is not None and event.asset_materialization is not None
    with (project.outputs / "latest" / "csv" / "country.csv").open(encoding="utf-8", newline="") as stream:
        published = len(list(csv.DictReader(stream)))
    assert event.asset_materialization.metadata["dagster/row_count"].value == published
    assert "| ALB |" in str(event.asset_materialization.metadata["preview"].value)


def test_a_changed_citation_changes_the_data_version_of_its_table(
    project: Project, instance: dg.DagsterInstance
) -> None:
    assert execute(project, instance).success
    versions = []
    for _ in range(2):
        job_of(project, dg.AssetKey("facility")).execute_in_process(instance=instance)
        event = instance.get_latest_materialization_event(dg.AssetKey("facility"))
        assert event is not None and event.asset_materialization is not None
        versions.append((event.asset_materialization.tags or {})["dagster/data_version"])
        path = project.sources / "facility.csv"
        path.write_text(path.read_text("utf-8").replace("sec. Albania", "sec. Kosovo"), "utf-8")

    assert versions[0] != versions[1]


def test_a_join_asked_for_before_its_tables_says_what_is_missing(
    project: Project, instance: dg.DagsterInstance
) -> None:
    result = job_of(project, dg.AssetKey("timeline")).execute_in_process(instance=instance, raise_on_error=False)

    failure = result.get_step_failure_events()[0].step_failure_data.error
    assert failure is not None
    assert "has not been built yet; materialise it first" in failure.to_string()


def test_a_broken_cell_fails_its_check_and_the_release_does_not_run(
    project: Project, instance: dg.DagsterInstance
) -> None:
    assert execute(project, instance).success
    before = (project.outputs / "latest").readlink()
    path = project.sources / "membership.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    line = next(n for n, text in enumerate(lines) if text.startswith("ALB,nato,member,1,2009,"))
    lines[line] = lines[line].replace(",2009,", ",abuot 2009,")
    path.write_text("".join(lines), "utf-8")

    result = execute(project, instance)

    assert not result.success
    failed = failed_checks(result)
    assert failed.keys() == {("membership", "rows")}
    assert failed["membership", "rows"].startswith(
        f'sources/membership.csv:{line + 1}:5: start "abuot 2009": not a date;'
    )
    assert "membership" not in made(result)
    assert "country" in made(result)
    assert "release" not in made(result)
    assert (project.outputs / "latest").readlink() == before


def test_a_dangling_reference_fails_its_check_and_the_release_does_not_run(
    project: Project, instance: dg.DagsterInstance
) -> None:
    with (project.sources / "milestone.csv").open("a", encoding="utf-8") as stream:
        stream.write("ZZZ,nato,invited,2020,nobody2020,,,\n")

    result = execute(project, instance)

    assert failed_checks(result).keys() == {("milestone", "references"), ("milestone", "citations")}
    assert "release" not in made(result)
    assert not (project.outputs / "latest").exists()


def test_a_fault_of_substance_fails_its_check_with_its_row_and_the_release_does_not_run(
    project: Project, instance: dg.DagsterInstance
) -> None:
    path = project.sources / "membership.csv"
    line = len(path.read_text("utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as stream:
        stream.write("ALB,nato,member,2,2015,,,natowatch2023,,,\n")

    result = execute(project, instance)

    assert failed_checks(result).keys() == {("membership", "spells_apart")}
    check = next(c for c in result.get_asset_check_evaluations() if not c.passed)
    assert check.severity == dg.AssetCheckSeverity.ERROR
    assert first_problem(check)["place"] == f"sources/membership.csv:{line}:5"
    assert "release" not in made(result)


def test_an_outlier_is_a_warning_with_its_row_and_the_release_is_made(
    project: Project, instance: dg.DagsterInstance
) -> None:
    with (project.sources / "indicator.csv").open("a", encoding="utf-8") as stream:
        for period, value in (("2001", "10"), ("2002", "95"), ("2003", "11")):
            stream.write(f"ALB,road_share_pct,{period},,{value},pct,natowatch2023,,,\n")

    result = execute(project, instance)

    check = next(c for c in result.get_asset_check_evaluations() if not c.passed)
    assert (check.asset_key.path[-1], check.check_name) == ("indicator", "outlier")
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert first_problem(check)["column"] == "value"
    assert first_problem(check)["value"] == "95"
    assert "release" in made(result)


def test_one_run_tells_the_problems_of_every_table(project: Project, instance: dg.DagsterInstance) -> None:
    for name, row in (
        ("milestone", "alb,nato,invited,2020,natowatch2023,,,\n"),
        ("facility", "Bad Id,,ALB,,,,,,natowatch2023,,,\n"),
    ):
        with (project.sources / f"{name}.csv").open("a", encoding="utf-8") as stream:
            stream.write(row)

    result = execute(project, instance)

    assert failed_checks(result).keys() == {("milestone", "rows"), ("facility", "rows")}


def test_one_table_can_be_built_by_itself(project: Project, instance: dg.DagsterInstance) -> None:
    assert execute(project, instance).success

    result = job_of(project, dg.AssetKey("membership")).execute_in_process(instance=instance)

    assert result.success
    assert made(result) == {"membership"}


def test_a_source_file_is_observed_by_its_content(project: Project, instance: dg.DagsterInstance) -> None:
    key = dg.AssetKey(["sources", "country"])
    job = job_of(project, key)
    versions = []
    for edit in (b"", b"", b"\n"):
        path = project.sources / "country.csv"
        path.write_bytes(path.read_bytes() + edit)
        result = job.execute_in_process(instance=instance)
        versions.append(
            next(iter(result.get_asset_observation_events())).asset_observation_data.asset_observation.data_version
        )

    assert versions[0] == versions[1] != versions[2]


def test_the_sensor_asks_for_one_rebuild_per_state_of_the_sources(project: Project) -> None:
    checkout, instance = Checkout(root=str(project.root)), dg.DagsterInstance.ephemeral()

    def tick(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
        given = {"checkout": checkout}
        with dg.build_sensor_context(instance, cursor=cursor, resources=given, definitions=defs()) as context:
            found = changed_sources(context)
        assert isinstance(found, dg.SensorResult | dg.SkipReason)
        return found

    first = tick(None)
    assert isinstance(first, dg.SensorResult) and len(first.run_requests or []) == 1
    assert isinstance(tick(first.cursor), dg.SkipReason)
    with (project.sources / "country.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    second = tick(first.cursor)
    assert isinstance(second, dg.SensorResult)
    path = project.sources / "country.csv"
    path.write_text(path.read_text("utf-8").removesuffix("\n"), "utf-8")
    third = tick(second.cursor)
    assert isinstance(third, dg.SensorResult)
    assert [request.run_key for request in third.run_requests or []] == [None]


def test_the_sensor_asks_for_what_is_out_of_date_and_for_nothing_where_nothing_is(project: Project) -> None:
    checkout, instance = Checkout(root=str(project.root)), dg.DagsterInstance.ephemeral()

    def tick() -> dg.SensorResult | dg.SkipReason:
        given = {"checkout": checkout}
        with dg.build_sensor_context(instance, resources=given, definitions=defs()) as context:
            found = changed_sources(context)
        assert isinstance(found, dg.SensorResult | dg.SkipReason)
        return found

    assert rebuild_once(project).published
    skipped = tick()
    assert isinstance(skipped, dg.SensorResult)
    assert not skipped.run_requests and skipped.cursor

    path = project.sources / "mission.csv"
    path.write_text(path.read_text("utf-8").replace("KFOR", "Kfor", 1), "utf-8")
    asked = tick()
    assert isinstance(asked, dg.SensorResult) and asked.run_requests
    [request] = asked.run_requests
    assert sorted(key.to_user_string() for key in request.asset_selection or []) == downstream("mission")
    assert dg.AssetCheckKey(dg.AssetKey("mission"), "rows") in (request.asset_check_keys or [])
    assert dg.AssetCheckKey(dg.AssetKey("country"), "rows") not in (request.asset_check_keys or [])

    (project.sources / "misssion.csv").write_text("mission_id\n", "utf-8")
    with_stray = tick()
    assert isinstance(with_stray, dg.SensorResult) and with_stray.cursor != asked.cursor
    instance.create_run_for_job(defs().resolve_job_def(JOB), status=dg.DagsterRunStatus.STARTED)
    assert isinstance(tick(), dg.SkipReason)


def test_the_weekly_schedule_runs_the_same_job() -> None:
    schedule = defs().resolve_schedule_def("weekly")

    assert schedule.cron_schedule == "0 6 * * 1"
    assert schedule.job_name == JOB


def test_the_instance_file_is_one_that_dagster_accepts(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_bytes((ROOT / "dagster.yaml").read_bytes())

    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert instance.run_monitoring_enabled
