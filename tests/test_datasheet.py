"""The datasheet of a release: what people say in dataset.yaml, where it shows, and figures that are those of the tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline import count
from pipeline.dataset import read_dataset
from pipeline.datasheet import datasheet
from pipeline.datasheet_sections import SECTIONS
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.sqlfiles import sql_files
from pipeline.standards.staged import Staged
from pipeline.verify.run import verify
from schemas.registry import tables
from tests import validators
from tests.conftest import ROOT
from tests.small import DATASET, DOCUMENTS, document, released, row, told, write_project
from tests.stated import differences, stated

SAID = "datasheet:\n" + "".join(
    f"  {name}: >-\n    Of {name},\n    | at length.\n" for name in reversed(list(SECTIONS))
)
"""Every section, in another order than it is read in."""

ROWS = {
    "indicator": row(
        "indicator", iso3="ALB", indicator="debt_pct_gdp", period="2019", value="60", unit="pct_gdp", cite="web2023"
    )
    + row(
        "indicator",
        iso3="ALB",
        indicator="debt_pct_gdp",
        period="2021/2022",
        value="61",
        unit="pct_gdp",
        cite="web2023",
    )
    + row("indicator", iso3="ALB", indicator="debt_pct_gdp", period="2019", value="70", unit="pct_gdp", cite="old2001"),
    "milestone": row(
        "milestone", iso3="ALB", organisation_id="eu", milestone="candidate_status", date="2014-06-27", cite="web2023"
    )
    + row("milestone", iso3="SRB", organisation_id="eu", milestone="candidate_status", date="2012", cite="undated"),
}
"""Rows with a dispute, a year between two others that lacks a value, and a document without a date."""

MORE = (document("old2001", "C", "2001", language="sr"), document("undated", "A", None), document("unread", "F"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a small project with a datasheet; not to be changed."""
    root = tmp_path_factory.mktemp("small")
    project = write_project(root, (*DOCUMENTS, *MORE), **ROWS)
    (project.sources / "dataset.yaml").write_text(DATASET + SAID, "utf-8")
    outcome = rebuild_once(project)
    assert outcome.published, outcome.failures
    return (project.outputs / "latest").resolve()


def readme(folder: Path) -> str:
    return (folder / "README.md").read_text("utf-8")


def changes(folder: Path) -> list[tuple[str, ...]]:
    with (folder / "csv" / "change.csv").open(encoding="utf-8", newline="") as stream:
        return [(r["table"], r["column"], r["old"], r["new"], r["class"]) for r in csv.DictReader(stream)]


def test_every_section_stands_under_its_heading_in_the_order_of_the_standard(small: Path) -> None:
    text = readme(small)
    headings = [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")][: len(SECTIONS)]

    assert headings == list(SECTIONS.values())
    for name, heading in SECTIONS.items():
        assert f"### {heading}\n\nOf {name}, | at length.\n" in text


def test_the_figures_are_those_of_the_tables(small: Path) -> None:
    assert differences(small) == []
    assert len(stated(readme(small))) == 1 + len(sql_files(count._FIGURES))


def test_the_figures_tell_of_gaps(small: Path) -> None:
    said = stated(readme(small))

    gaps = {r["what"]: (r["number"], r["out of"]) for r in said["Known gaps"]}
    assert gaps["documents without a date of issue"] == ("1", "5")
    assert gaps["documents that no claim was read in"] == ("1", "5")
    six = {r["country"]: (r["indicators"], r["years between without any"]) for r in said["The six, and the years for which they have no indicator"]}  # fmt: skip
    assert six == {"ALB": ("1", "2020"), "SRB": ("0", "all"), "XKX": ("0", "all")}
    assert said["Indicators of the six"][0]["countries without a value"] == "SRB, XKX"
    (indicator,) = (r for r in said["Tables that are read and weighed, and the years that their dates can mean"] if r["table"] == "indicator")  # fmt: skip
    assert (indicator["rows"], indicator["disputed rows"], indicator["last year"]) == ("2", "1", "2022")


def test_every_table_that_people_write_is_counted(small: Path) -> None:
    said = stated(readme(small))["Tables that are read and weighed, and the years that their dates can mean"]

    assert [r["table"] for r in said] == [t.name for t in tables().values() if t.layer != "published"]


def test_a_figure_of_nothing_says_none(tmp_path: Path) -> None:
    text = readme(released(tmp_path))

    assert "\nIndicators of the six: none.\n" in text
    assert "### Motivation" not in text
    assert "### Composition" in text


def test_a_cell_does_not_break_its_table(tmp_path: Path) -> None:
    odd = count.Figure("odd", "uses", "Odd", ("what", "number"), (("a|b", None), ("c", 2)))

    parts = datasheet(Staged(tmp_path, read_dataset(Project(ROOT)), {}, {}, "1.0.0", (odd,)))

    assert "Odd:\n\n| what | number |\n| --- | ---: |\n| a\\|b |  |\n| c | 2 |\n" in parts


def test_the_release_verifies(small: Path) -> None:
    assert [str(f) for one in verify(Project(small.parent.parent.parent)) for f in one.faults] == []


def test_the_same_said_in_another_order_gives_the_same(small: Path, tmp_path: Path) -> None:
    project = write_project(tmp_path, (*MORE, *DOCUMENTS), **ROWS)
    sections = "".join(f"  {name}: Of {name}, | at length.\n" for name in SECTIONS)
    (project.sources / "dataset.yaml").write_text(f"datasheet:\n{sections}{DATASET}", "utf-8")

    assert rebuild_once(project).published
    latest = (project.outputs / "latest").resolve()
    assert readme(latest) == readme(small)
    about = [json.loads((p / "manifest.json").read_text("utf-8"))["dataset"] for p in (latest, small)]
    assert list(about[0].items()) == list(about[1].items())


@pytest.mark.usefixtures("no_network")
def test_croissant_tells_how_the_data_came_about_and_may_be_used(small: Path) -> None:
    said = json.loads((small / "croissant.json").read_text("utf-8"))

    assert said["conformsTo"] == ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
    assert said["rai:dataCollection"] == "Of collection, | at length."
    assert "documents without a date of issue: 1 out of 5" in said["rai:dataLimitations"]
    assert validators.mlcroissant(small) == []


def test_a_changed_section_is_one_change_and_another_order_is_none(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    dataset = project.sources / "dataset.yaml"

    def release(more: str) -> tuple[bool, str | None]:
        dataset.write_text(DATASET + more, "utf-8")
        done = rebuild_once(project)
        return done.published, done.version

    assert release("datasheet:\n  uses: To read.\n  motivation: To know.\n") == (True, "0.1.0")
    assert release("datasheet:\n  motivation: To\n    know.\n  uses: To read.\n") == (False, "0.1.0")
    assert release("datasheet:\n  motivation: To know.\n  uses: To cite.\n") == (True, "0.1.1")
    latest = (project.outputs / "latest").resolve()
    assert changes(latest) == [("dataset", "datasheet.uses", "To read.", "To cite.", "correction")]
    about = json.loads((latest / "manifest.json").read_text("utf-8"))["dataset"]
    assert {k: v for k, v in about.items() if k.startswith("datasheet")} == {
        "datasheet.motivation": "To know.",
        "datasheet.uses": "To cite.",
    }
    assert [str(f) for one in verify(project, every=True) for f in one.faults] == []


ALL = ", ".join(SECTIONS)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            "datasheet:\n  motivation: Why.\n  motivatoin: Why.\n",
            f"11:3: datasheet.motivatoin: unknown section; did you mean motivation? The sections are {ALL}",
        ),
        ("datasheet:\n  funding: None.\n", f"10:3: datasheet.funding: unknown section; the sections are {ALL}"),
        ("datasheet:\n  uses: A.\n  uses: B.\n", "11:3: datasheet.uses: repeated; keep one"),
        (
            "datasheet:\n  uses: [a, b]\n",
            "10:3: datasheet.uses: not a text; write it in plain sentences, after >- where it is long",
        ),
        (
            "datasheet:\n  uses: 2023-01-01\n",
            "10:3: datasheet.uses: not a text; write it in plain sentences, after >- where it is long",
        ),
        (
            "datasheet:\n  uses:\n",
            "10:3: datasheet.uses: not a text; write it in plain sentences, after >- where it is long",
        ),
        (
            'datasheet:\n  uses: "### membership"\n',
            "10:3: datasheet.uses: begins as a heading, a list or a table would; write it in plain sentences",
        ),
        (
            "datasheet: A text.\n",
            "9:12: datasheet: not a mapping of sections; write below it lines such as motivation: why the dataset was made",
        ),
    ],
)
def test_a_datasheet_that_is_miswritten_is_told_by_line_and_column(tmp_path: Path, more: str, problem: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "dataset.yaml").write_text(DATASET + more, "utf-8")

    assert told(project) == [f"sources/dataset.yaml:{problem}"]


def test_a_figure_that_does_not_say_where_it_belongs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lost.sql").write_text("-- nowhere: a figure\nSELECT 1 AS n\n", "utf-8")
    monkeypatch.setattr(count, "_FIGURES", tmp_path)
    outcome = rebuild_once(write_project(tmp_path / "project"))

    assert not outcome.published
    assert "/lost.sql: open it with -- <section>: <title>; sections are motivation, " in "".join(outcome.failures)


def test_the_real_dataset_says_something_in_every_section() -> None:
    assert list(read_dataset(Project(ROOT)).datasheet) == list(SECTIONS)


def test_the_committed_release_states_what_its_tables_hold() -> None:
    latest = ROOT / "outputs" / "latest"
    if not stated(readme(latest)):
        pytest.skip("the latest release was made before releases had a datasheet")

    assert differences(latest) == []
