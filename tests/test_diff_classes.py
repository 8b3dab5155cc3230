"""What each edit of the sources is put down to: one case per class, and per kind of cell that has its own rule."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.diff.side import attach
from pipeline.diff.story import compare
from pipeline.engine import connect
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from tests.conftest import edit
from tests.small import add, document, row, write_documents, write_project

DOCUMENTS = [
    document("one2020", "B", "2020"),
    document("two2021", "C", "2021"),
    document("web2023"),
    {**document("book2023", "A"), "URL": ""},
]
STRENGTH = {"mission_id": "kfor", "as_of": "2023"}
WRONG = {"rank": "deprecated", "rank_reason": "Misread."}


def strength(**cells: str) -> str:
    return row("mission_strength", **{**STRENGTH, **cells})


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A first release: one strength from two documents that agree, one from two that differ."""
    rows = (
        strength(personnel="4500", cite="one2020")
        + strength(personnel="4500", cite="two2021")
        + strength(as_of="2022", personnel="3700", nations="27", cite="one2020")
        + strength(as_of="2022", personnel="3800", cite="two2021")
    )
    project = write_project(tmp_path_factory.mktemp("first"), DOCUMENTS, mission_strength=rows)
    assert rebuild_once(project).version == "0.1.0"
    return project


def replaced(old: str, new: str, name: str = "mission_strength.csv") -> Callable[[Project], None]:
    return lambda project: edit(project, name, old, new)


def graded(project: Project) -> None:
    write_documents(project, [{**d, "custom": {"reliability": "D"}} if d["id"] == "one2020" else d for d in DOCUMENTS])


N = "nations"


def withdrawn(project: Project) -> None:
    edit(project, "mission_strength.csv", "kfor,2022,3700,27,one2020,,,\n", "")
    edit(project, "mission_strength.csv", "kfor,2022,3800,,two2021,,,\n", "")


EDITS: dict[str, tuple[Callable[[Project], None], str, dict[tuple[str, str], str]]] = {
    "another value read": (
        replaced("2022,3700,27,one2020", "2022,3701,27,one2020"),
        "0.1.1",
        {("mission_strength", "personnel"): "correction"},
    ),
    "a value withdrawn": (
        replaced("2022,3700,27,one2020", "2022,3700,,one2020"),
        "0.2.0",
        {("mission_strength", "nations"): "retracted", ("mission_strength", "n_claims"): "retracted"},
    ),
    "a document that agrees": (
        lambda p: add(p, "mission_strength", strength(personnel="4500", cite="web2023")),
        "0.2.0",
        {("mission_strength", "n_claims"): "new_evidence"},
    ),
    "a document that says otherwise, more reliable": (
        lambda p: add(p, "mission_strength", strength(as_of="2022", personnel="3750", cite="book2023, n. 19")),
        "0.2.0",
        {("mission_strength", "personnel"): "new_evidence", ("mission_strength", "n_claims"): "new_evidence"},
    ),
    "a further cell of a document that is cited": (
        replaced("2023,4500,,one2020", "2023,4500,28,one2020"),
        "0.2.0",
        {("mission_strength", "nations"): "new_evidence", ("mission_strength", "n_claims"): "correction"},
    ),
    "a claim judged wrong": (
        replaced("2022,3700,27,one2020,,,", "2022,3700,27,one2020,deprecated,Misread.,"),
        "0.1.1",
        {
            ("mission_strength", "personnel"): "reassessed",
            ("mission_strength", "nations"): "reassessed",
            ("mission_strength", "disputed"): "reassessed",
            ("claim", "rank"): "reassessed",
            ("claim", "rank_reason"): "reassessed",
        },
    ),
    "a note": (
        replaced("2022,3700,27,one2020,,,", "2022,3700,27,one2020,,,Rounded."),
        "0.1.1",
        {("claim", "note"): "correction"},
    ),
    "a document graded otherwise": (
        graded,
        "0.1.1",
        {("document", "reliability"): "reassessed", ("mission_strength", "personnel"): "reassessed"},
    ),
    "a row": (
        lambda p: add(p, "mission_strength", strength(as_of="2021", personnel="3500", cite="web2023")),
        "0.2.0",
        {("mission_strength", "personnel"): "added", ("mission_strength", ""): "added"},
    ),
    "a row withdrawn": (
        withdrawn,
        "0.2.0",
        {("mission_strength", "personnel"): "retracted", ("mission_strength", ""): "retracted"},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_is_put_down_to_its_class_and_makes_its_version(first: Project, tmp_path: Path, name: str) -> None:
    change, version, expected = EDITS[name]
    project = Project(tmp_path / "copy")
    shutil.copytree(first.root, project.root, symlinks=True)
    change(project)

    outcome = rebuild_once(project)

    assert outcome.version == version, outcome.failures
    with (project.outputs / "latest" / "csv" / "change.csv").open(encoding="utf-8", newline="") as stream:
        found = {(c["table"], c["column"]): c["class"] for c in csv.DictReader(stream)}
    assert {cell: found.get(cell) for cell in expected} == expected
    if expected.keys() == {("claim", "note")}:
        assert found == expected


def test_lines_moved_about_make_no_release(first: Project, tmp_path: Path) -> None:
    project = Project(tmp_path / "copy")
    shutil.copytree(first.root, project.root, symlinks=True)
    path = project.sources / "mission_strength.csv"
    head, *lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(head + "".join(reversed(lines)), "utf-8")

    assert not rebuild_once(project).published


def test_a_claim_judged_wrong_is_told_apart_from_further_evidence(first: Project, tmp_path: Path) -> None:
    project = Project(tmp_path / "copy")
    shutil.copytree(first.root, project.root, symlinks=True)
    add(project, "mission_strength", strength(personnel="9999", cite="web2023", **WRONG))
    assert rebuild_once(project).version == "0.2.0"

    with connect() as con:
        releases = project.outputs / "releases"
        story = compare(con, attach(con, releases / "0.1.0", "old"), attach(con, releases / "0.2.0", "new"), 30)

    assert [(n.section, n.key, n.new) for n in story.lines if n.new == "9999"] == [("rejected", "kfor, 2023", "9999")]
