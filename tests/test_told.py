"""What runs tell: of a table that was made, of a check that failed, of a release that is no longer current."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from pipeline.definitions import defs
from pipeline.orchestration.automation import JOB
from pipeline.orchestration.resource import Checkout
from pipeline.project import Project
from tests.fresh import execute


def test_a_materialisation_tells_what_is_in_its_table(project: Project, instance: dg.DagsterInstance) -> None:
    result = execute(project, instance)

    told = {
        e.materialization.asset_key.path[-1]: e.materialization.metadata
        for e in result.get_asset_materialization_events()
    }
    strength = told["mission_strength"]
    assert {"dagster/row_count", "row change", "digest", "preview", "seconds", "claims", "documents cited"} <= set(
        strength
    )
    assert str(strength["plot"].value).startswith("![Strength of KFOR, persons](data:image/svg+xml;base64,")
    assert len(str(strength["preview"].value).splitlines()) == 22
    lineage = told["country_profile"]["dagster/column_lineage"].value
    assert isinstance(lineage, dg.TableColumnLineage)
    assert lineage.deps_by_column["nato_status_since"] == [dg.TableColumnDep(dg.AssetKey("membership"), "start")]
    assert told["release"]["version"].value == "0.1.0"
    assert "| rows |" in str(told["release"]["rows by table"].value)
    decided = next(c for c in result.get_asset_check_evaluations() if c.check_name == "decided")
    assert decided.severity == dg.AssetCheckSeverity.WARN
    assert next(c for c in result.get_asset_check_evaluations() if c.check_name == "current").passed


def test_a_failed_check_shows_twenty_problems_and_leads_to_all(project: Project, instance: dg.DagsterInstance) -> None:
    with (project.sources / "milestone.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"ZZ{chr(65 + n)},nato,invited,2020,natowatch2023,,,\n" for n in range(25))

    result = execute(project, instance)

    check = next(
        c
        for c in result.get_asset_check_evaluations()
        if (c.asset_key.path[-1], c.check_name) == ("milestone", "references")
    )
    table = check.metadata["first problems"]
    assert isinstance(table, dg.TableMetadataValue)
    assert len(table.records) == 20
    first = table.records[0].data
    assert first["value"] == "ZZA"
    assert first["wrong"] == "not in sources/country.csv"
    assert first["remedy"] == "correct it, or add it there first"
    report = Path(str(check.metadata["all problems"].value)).read_text("utf-8").splitlines()
    assert len(report) == 25
    assert report[0].startswith(str(first["place"]))


def test_the_release_tells_that_it_is_no_longer_current(project: Project, instance: dg.DagsterInstance) -> None:
    assert execute(project, instance).success
    path = project.sources / "facility.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    job = (
        defs()
        .resolve_job_def(JOB)
        .get_subset(asset_selection=set(), asset_check_selection={dg.AssetCheckKey(dg.AssetKey("release"), "current")})
    )

    result = job.execute_in_process(instance=instance, resources={"checkout": Checkout(root=str(project.root))})

    (check,) = result.get_asset_check_evaluations()
    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert "sources/facility.csv has changed" in (check.description or "")
