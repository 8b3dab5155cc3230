"""Files saved while they are read, and taken back at once: the digest is as before, and what was read is not known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.dataset import Dataset, read_dataset
from pipeline.fresh import Making
from pipeline.made import read_made
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from tests.fresh import plan
from tests.small import DOCUMENTS, LINKED, write_project
from tests.soak.prepared import leftovers


def save_and_take_back(path: Path) -> None:
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    path.write_bytes(before)


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return write_project(tmp_path / "small", DOCUMENTS, **LINKED)


@pytest.mark.parametrize(
    ("part", "file"), [("country", "sources/country.csv"), ("country_profile", "sources/dataset.yaml")]
)
def test_what_was_made_of_a_file_saved_meanwhile_and_taken_back_is_refused(
    small: Project, part: str, file: str
) -> None:
    making = Making(small, plan(), [part])
    save_and_take_back(small.path(file))

    with pytest.raises(PipelineError, match=f"{file} was written to while it was read; run wb6 release again"):
        making.keep({part: 1})

    assert read_made(small, part) is None


def test_of_several_files_saved_meanwhile_none_is_recorded(small: Project) -> None:
    making = Making(small, plan(), ["country", "mission", "organisation"])
    save_and_take_back(small.sources / "country.csv")
    with (small.sources / "mission.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")

    making.keep({"country": 1, "mission": 1, "organisation": 1})

    recorded = [name for name in ("country", "mission", "organisation") if read_made(small, name)]
    assert recorded == ["organisation"]


def test_a_description_saved_while_a_release_is_staged_and_taken_back_is_not_published(
    ready: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ready.root, tmp_path / "copy", symlinks=True)
    project = Project(tmp_path / "copy")

    def meanwhile(project: Project) -> Dataset:
        path = project.sources / "dataset.yaml"
        before = path.read_text("utf-8")
        path.write_text(before.replace("Small", "Little"), "utf-8")
        done = read_dataset(project)
        path.write_text(before, "utf-8")
        return done

    monkeypatch.setattr("pipeline.publish.read_dataset", meanwhile)
    with pytest.raises(PipelineError, match=r"sources/dataset\.yaml was written to while it was read"):
        publish(project)

    assert not (project.outputs / "latest").exists()
    assert leftovers(project) == []
