"""Sources in object storage: fetched where they changed, never published where they change meanwhile, seen by the sensor."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.engine import Connection
from pipeline.objects.sources import copy_sources
from pipeline.orchestration.automation import changed_sources
from pipeline.orchestration.resource import Checkout
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.verify.itself import faults
from tests.fresh import downstream, execute
from tests.small import write_project
from tests.stored import KEY, SECRET, Server


@pytest.fixture
def project(tmp_path: Path, address: str, storage: Server, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose sources and releases are in object storage, and nothing of them on this machine."""
    for path in write_project(tmp_path / "written").sources.iterdir():
        storage.put(f"{address}/sources", path.name, path.read_bytes())
    monkeypatch.setenv("WB6_SOURCES", f"{address}/sources")
    monkeypatch.setenv("WB6_OUTPUTS", f"{address}/outputs")
    (tmp_path / "checkout").mkdir()
    storage.log()
    return Project.here(tmp_path / "checkout")


def change(storage: Server, project: Project, name: str, old: str, new: str) -> None:
    text = (project.sources / name).read_text("utf-8")
    assert old in text
    storage.put(project.sources_at, name, text.replace(old, new).encode())


def fetched(storage: Server) -> list[str]:
    return [line.rsplit("/", 1)[1] for line in storage.log() if line.startswith("GET") and "/sources/" in line]


def test_only_what_changed_is_fetched_again(project: Project, storage: Server) -> None:
    copy_sources(project.sources_at, project.sources)
    assert len(fetched(storage)) == len(list(project.sources.iterdir()))

    copy_sources(project.sources_at, project.sources)
    assert fetched(storage) == []

    change(storage, project, "mission.csv", "KFOR", "Kfor")
    (project.sources / "actor.csv").write_text("edited in the copy", "utf-8")
    storage.put(project.sources_at, "new.csv", b"a\n")
    storage.put(f"{project.sources_at}/below", "deep.csv", b"a\n")
    storage.log()
    copy_sources(project.sources_at, project.sources)

    assert sorted(fetched(storage)) == ["actor.csv", "mission.csv", "new.csv"]
    assert "Kfor" in (project.sources / "mission.csv").read_text("utf-8")
    assert (project.sources / "actor.csv").read_text("utf-8").startswith("actor_id,")
    assert not (project.sources / "deep.csv").exists()


def test_an_address_that_holds_nothing_is_told(project: Project) -> None:
    with pytest.raises(PipelineError, match=r"holds no sources; name the place that holds dataset\.yaml"):
        copy_sources(f"{project.sources_at}/nowhere", project.sources)


def test_dagster_rebuilds_what_a_changed_etag_makes_out_of_date_and_keeps_no_credential(
    project: Project, storage: Server, instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = Checkout(root=str(project.root))

    def tick(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
        given = {"checkout": checkout}
        with dg.build_sensor_context(instance, cursor=cursor, resources=given, definitions=defs()) as context:
            found = changed_sources(context)
        assert isinstance(found, dg.SensorResult | dg.SkipReason)
        return found

    first = tick(None)
    assert isinstance(first, dg.SensorResult) and first.run_requests
    made = execute(project, instance)
    assert made.success
    assert (project.outputs / "latest").resolve().name == "0.1.0"
    metadata = next(
        e.materialization.metadata
        for e in made.get_asset_materialization_events()
        if e.materialization.asset_key == dg.AssetKey("release")
    )
    assert str(metadata["stored in"].value).startswith(f"{project.outputs_at}/releases/0.1.0-")
    seen = tick(first.cursor)
    assert isinstance(tick(seen.cursor if isinstance(seen, dg.SensorResult) else first.cursor), dg.SkipReason)

    change(storage, project, "mission.csv", "KFOR", "Kfor")
    asked = tick(first.cursor)

    assert isinstance(asked, dg.SensorResult) and asked.run_requests
    assert sorted(k.to_user_string() for k in asked.run_requests[0].asset_selection or []) == downstream("mission")

    def changed_meanwhile(con: Connection, folder: Path, describe: Callable[[], object]) -> list[str]:
        change(storage, project, "organisation.csv", "NATO", "Nato")
        return faults(con, folder, describe)

    monkeypatch.setattr("pipeline.publish.faults", changed_meanwhile)
    refused = execute(project, instance)
    assert not refused.success
    messages = [str(event.step_failure_data.error) for event in refused.get_step_failure_events()]
    assert any("sources/organisation.csv has changed since it was read" in message for message in messages)
    assert (project.outputs / "latest").resolve().name == "0.1.0"

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == SECRET
    assert not [path for path in kept if any(word.encode() in path.read_bytes() for word in (KEY, SECRET))]
