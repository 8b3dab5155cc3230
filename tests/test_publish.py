"""Publishing: what counts as a change, what is refused, and what a killed run leaves behind."""

from __future__ import annotations

import csv
import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engine import connect
from pipeline.orchestration.run import rebuild_once
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from pipeline.steps import build_tables
from pipeline.verify.itself import faults
from pipeline.workdir import Workdir
from schemas.registry import tables
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a first release; not to be changed."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copytree(ROOT / "sources", folder / "sources")
    project = Project(folder)
    assert rebuild_once(project).version == "0.1.0"
    return project


@pytest.fixture
def published(released: Project, tmp_path: Path) -> Project:
    """A copy of it, build folder included."""
    shutil.copytree(released.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def changes(project: Project, version: str) -> list[dict[str, str]]:
    path = project.outputs / "releases" / version / "csv" / "change.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_changes_of_several_tables_stand_in_one_release(published: Project) -> None:
    replace(published.sources / "mission_strength.csv", "kfor,2022-08,3735,", "kfor,2022-08,3736,")
    replace(
        published.sources / "milestone.csv",
        "UKR,eu,candidate_status,2022-06-23,",
        "UKR,eu,candidate_status,2022-06-24,",
    )

    outcome = rebuild_once(published)

    assert (outcome.version, outcome.published) == ("0.1.1", True)
    assert {c["table"] for c in changes(published, "0.1.1")} == {"claim", "milestone", "mission_strength"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("\nas_of: 2", "\nas_of: 3"), ('title: "WB6:', 'title: "The WB6:')],
    ids=["as_of", "title"],
)
def test_what_the_dataset_says_of_itself_is_content(published: Project, old: str, new: str) -> None:
    replace(published.sources / "dataset.yaml", old, new)

    outcome = rebuild_once(published)

    assert outcome.published
    assert "dataset.yaml" in outcome.changed


@pytest.mark.parametrize(
    ("module", "edit"),
    [
        (
            "facility",
            lambda s: s.replace(
                'status: fields.Cells = fields.code("Its state."',
                'status: fields.Cells = fields.code("Its state.", key=True',
            ),
        ),
        (
            "event",
            lambda s: s.replace(
                'place: fields.Cells = fields.text("Place, as the document names it.")',
                'place: fields.Cells = fields.listing("Places, as the document names them.", "text")',
            ),
        ),
    ],
    ids=["a new part of the key", "another type"],
)
def test_a_changed_model_makes_a_major_release(published: Project, module: str, edit: Callable[[str], str]) -> None:
    for name in ("pipeline", "schemas"):
        shutil.copytree(ROOT / name, published.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = published.root / "schemas" / f"{module}.py"
    text = path.read_text("utf-8")
    path.write_text(edit(text), "utf-8")
    assert path.read_text("utf-8") != text
    if module == "facility":
        lines = (published.sources / "facility.csv").read_text("utf-8").splitlines(keepends=True)
        (published.sources / "facility.csv").write_text(
            "".join(lines[:1] + [n for n in lines[1:] if "operational" in n]), "utf-8"
        )

    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "release", "--quiet"],
        cwd=published.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Published release 1.0.0" in done.stdout, done.stdout + done.stderr
    assert {c["class"] for c in changes(published, "1.0.0") if c["table"] == module} == {"schema"}


def test_a_source_that_changed_after_it_was_read_is_not_published(published: Project) -> None:
    replace(published.sources / "mission_strength.csv", "kfor,2022-08,3735,", "kfor,2022-08,3736,")

    with pytest.raises(PipelineError, match=r"mission_strength\.csv has changed since it was read"):
        publish(published)

    assert (published.outputs / "latest").readlink() == Path("releases/0.1.0")


def test_a_run_killed_before_latest_moved_is_made_good_by_the_next(published: Project) -> None:
    (published.outputs / "latest").unlink()

    outcome = rebuild_once(published)

    assert outcome.version == "0.1.0"
    assert (published.outputs / "latest").resolve() == published.outputs / "releases" / "0.1.0"
    with connect() as con:
        assert faults(con, (published.outputs / "latest").resolve()) == []


def test_what_a_killed_run_staged_is_cleared_away(published: Project) -> None:
    left = published.outputs / "releases" / ".staging" / "csv"
    left.mkdir(parents=True)
    (left / "stray.csv").write_text("half", "utf-8")

    assert not publish(published).published
    assert not left.parent.exists()


def test_a_second_publisher_is_turned_away(published: Project) -> None:
    with (published.outputs / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PipelineError, match="another release is being published"):
            publish(published)

    assert not publish(published).published


def test_a_latest_that_leads_nowhere_is_explained(published: Project) -> None:
    shutil.rmtree(published.outputs / "releases" / "0.1.0")

    with pytest.raises(PipelineError, match="outputs/latest leads to no release"):
        publish(published)


def test_a_latest_that_was_tampered_with_is_noticed(published: Project) -> None:
    with (published.outputs / "latest" / "csv" / "mission.csv").open("ab") as stream:
        stream.write(b"\n")

    with pytest.raises(PipelineError, match=r"is not as it was published; .*\ncsv/mission\.csv: not the bytes"):
        publish(published)


def test_working_files_of_a_table_that_is_no_more_are_forgotten(published: Project) -> None:
    work = Workdir(published.build)
    shutil.copy(work.path("tables", "facility"), work.path("tables", "harbour"))

    build_tables(published, [tables()["facility"]])

    assert not work.path("tables", "harbour").exists()
    assert work.path("tables", "facility").exists()
