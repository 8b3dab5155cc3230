"""The example of declarative automation in docs/operating.md, run as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import dagster as dg
import pytest

from pipeline.orchestration.resource import Checkout
from pipeline.project import Project
from tests.conftest import ROOT
from tests.small import write_project


@pytest.fixture
def declared() -> dg.Definitions:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "operating.md").read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 1
    example = ModuleType("example")
    exec(blocks[0], example.__dict__)  # noqa: S102
    found = example.defs()
    assert isinstance(found, dg.Definitions)
    return found


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test(temp_dir=str(tmp_path)) as instance:
        yield instance


def run(whole: dg.Definitions, project: Project, instance: dg.DagsterInstance, keys: list[dg.AssetKey]) -> bool:
    """Carry out what was asked for."""
    job = dg.Definitions(
        assets=whole.assets,
        asset_checks=whole.asset_checks,
        jobs=[dg.define_asset_job("asked", selection=keys)],
        resources={"checkout": Checkout(root=str(project.root))},
        executor=dg.in_process_executor,
    ).resolve_job_def("asked")
    return job.execute_in_process(instance=instance).success


def test_a_look_asks_for_nothing_and_an_edit_for_what_follows_from_it(
    declared: dg.Definitions, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    project = write_project(tmp_path / "project")
    graph = declared.resolve_asset_graph()
    files = [key for key in graph.get_all_asset_keys() if key.has_prefix(["sources"])]
    made = [key for key in graph.get_all_asset_keys() if not key.has_prefix(["sources"])]
    milestone = dg.AssetKey(["sources", "milestone"])
    path = project.sources / "milestone.csv"

    def asked(before: dg.EvaluateAutomationConditionsResult | None) -> dg.EvaluateAutomationConditionsResult:
        return dg.evaluate_automation_conditions(declared, instance, cursor=before.cursor if before else None)

    def wanted(result: dg.EvaluateAutomationConditionsResult) -> set[dg.AssetKey]:
        return {key for key in made if result.get_num_requested(key)}

    assert run(declared, project, instance, files)
    assert run(declared, project, instance, made)
    rest = asked(asked(None))
    assert run(declared, project, instance, files)
    looked = asked(rest)
    path.write_text(path.read_text("utf-8").replace("2014-06-27", "2014-06-28"), "utf-8")
    assert run(declared, project, instance, files)
    edited = asked(looked)

    assert wanted(rest) == wanted(looked) == set()
    assert wanted(edited) == set(made) & _descendants(graph, milestone)


def _descendants(graph: object, key: dg.AssetKey) -> set[dg.AssetKey]:
    found: set[dg.AssetKey] = set()
    new = {key}
    while new:
        found |= new
        new = {child for parent in new for child in graph.get(parent).child_keys} - found  # type: ignore[attr-defined]
    return found
