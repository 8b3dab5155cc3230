"""What a change is put down to, renamed ids, and what is told of it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.engine import connect
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.verify.run import verify
from tests.compared import Change, Shape, State, changes, diff, load
from tests.conftest import ROOT
from tests.small import DOCUMENTS, add, document, row, write_project
from tests.test_version import BEFORE, ORGANISATION, ROWS, rows


def of(changed: list[Change], table: str = "organisation") -> dict[str | None, str]:
    """The class of each changed column of a table."""
    return {c.column: c.why for c in changed if c.table == table}


def cited(state: State, document_id: str, column: str, key: str = "organisation_id=nato") -> State:
    return replace(state, cited={**state.cited, ("organisation", key, column): document_id})


CORRECTED = rows(ROWS[0], {**ROWS[1], "members": 32})


def test_another_value_of_the_same_document_is_a_correction() -> None:
    assert of(diff(BEFORE, CORRECTED)[0]) == {"members": "correction"}


def test_another_value_of_a_document_not_cited_for_it_is_new_evidence() -> None:
    (changed,) = diff(BEFORE, cited(CORRECTED, "d2", "members"))

    assert of(changed) == {"members": "new_evidence"}
    (change,) = [c for c in changed if c.table == "organisation"]
    assert (change.old, change.new, len(change.claims)) == ("30", "32", 1)


def test_a_document_cited_for_another_cell_of_the_row_is_new_evidence_for_this_one() -> None:
    before = cited(BEFORE, "d2", "name")

    assert of(diff(before, cited(cited(CORRECTED, "d2", "name"), "d2", "members"))[0]) == {"members": "new_evidence"}


def test_a_value_that_no_claim_makes_any_longer_is_retracted_and_names_the_claim_that_did() -> None:
    after = rows(ROWS[0], {**ROWS[1], "members": None})
    with connect() as con:
        one, other = load(con, "a", BEFORE), load(con, "b", after)
        (change,) = [c for c in changes(con, one, other) if c.table == "organisation"]
        said = con.execute("SELECT claim_id FROM a.claim WHERE value = '30'").fetchall()

    assert (change.why, [change.claims]) == ("retracted", said)


def test_the_cells_of_a_new_column_are_listed_with_the_column() -> None:
    shape = replace(ORGANISATION, columns={**ORGANISATION.columns, "seat": "VARCHAR"})
    after = State({"organisation": shape}, {"organisation": [{**r, "seat": "Brussels"} for r in ROWS]}, {})

    (changed,) = diff(BEFORE, after)

    found = {(c.key, c.column, c.old, c.new, c.why) for c in changed if c.table == "organisation"}
    assert found == {
        (None, "seat", None, "VARCHAR", "schema"),
        ("organisation_id=eu", "seat", None, "Brussels", "new_evidence"),
        ("organisation_id=nato", "seat", None, "Brussels", "new_evidence"),
    }


def test_another_key_is_a_change_of_schema_down_to_the_cells() -> None:
    after = State({"organisation": replace(ORGANISATION, key=("organisation_id", "name"))}, BEFORE.rows, {})

    (changed,) = diff(BEFORE, after)

    assert {c.why for c in changed if c.table == "organisation"} == {"schema"}
    assert {c.key for c in changed if c.table == "organisation" and c.column == "members" and c.new} == {
        "organisation_id=eu|name=European Union",
        "organisation_id=nato|name=NATO",
    }


def renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "organisation_id": "atlantic-alliance"} if row["organisation_id"] == "nato" else row


def test_a_row_under_another_id_is_renamed_with_all_that_refers_to_it_and_its_claims() -> None:
    membership = replace(
        ORGANISATION,
        key=("iso3", "organisation_id"),
        columns={"iso3": "VARCHAR", "organisation_id": "VARCHAR", "status": "VARCHAR"},
    )
    shapes = {"organisation": ORGANISATION, "membership": membership}
    members: list[dict[str, Any]] = [{"iso3": "ALB", "organisation_id": "nato", "status": "member"}]
    before = State(shapes, {"organisation": ROWS, "membership": members}, {})
    after = State(shapes, {name: [renamed(dict(r)) for r in kept] for name, kept in before.rows.items()}, {})

    (changed,) = diff(before, after)

    assert {c.why for c in changed} == {"renamed"}
    facts = {(c.table, c.key, c.column, c.old, c.new) for c in changed if c.table != "claim"}
    assert facts == {
        ("organisation", "organisation_id=atlantic-alliance", "organisation_id", "nato", "atlantic-alliance"),
        ("membership", "iso3=ALB|organisation_id=atlantic-alliance", "organisation_id", "nato", "atlantic-alliance"),
    }
    assert {c.column for c in changed if c.table == "claim"} == {"claim_id", "row_key"}


def test_more_renamed_ids_than_are_followed_are_rows_gone_and_rows_added(monkeypatch: pytest.MonkeyPatch) -> None:
    both = rows(*({**row, "organisation_id": f"{row['organisation_id']}2"} for row in ROWS))
    monkeypatch.setattr("pipeline.diff.renames.MOST", 2)
    followed = {c.why for c in diff(BEFORE, both)[0]}
    monkeypatch.setattr("pipeline.diff.renames.MOST", 1)

    assert followed == {"renamed"}
    assert {c.why for c in diff(BEFORE, both)[0]} == {"added", "retracted"}


def test_renames_are_followed_from_parents_to_children_and_into_what_claims_say() -> None:
    columns = {"actor_id": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "parent_actor_id": "VARCHAR"}
    shapes = {
        "actor": Shape(("actor_id",), columns),
        "event": Shape(("event_id",), {"event_id": "VARCHAR", "name": "VARCHAR", "actors": "VARCHAR[]"}),
    }

    def state(parent: str, child: str) -> State:
        actors: list[dict[str, Any]] = [
            {"actor_id": parent, "name": "Parent", "kind": "state", "parent_actor_id": None},
            {"actor_id": child, "name": "Child", "kind": "state", "parent_actor_id": parent},
        ]
        events: list[dict[str, Any]] = [{"event_id": "e", "name": "Event", "actors": [child, parent]}]
        return State(shapes, {"actor": actors, "event": events}, {})

    (changed,) = diff(state("p", "c"), state("p2", "c2"))

    assert {c.why for c in changed} == {"renamed"}
    assert ("event", "actors", "c; p", "c2; p2") in {(c.table, c.column, c.old, c.new) for c in changed}


def test_a_key_of_another_type_is_compared_as_text() -> None:
    shape = Shape(("organisation_id",), {"organisation_id": "BIGINT", "name": "VARCHAR"})
    old = State(
        {"organisation": replace(shape, columns={"organisation_id": "VARCHAR", "name": "VARCHAR"})},
        {"organisation": [{"organisation_id": "1", "name": "One"}]},
        {},
    )
    new = State({"organisation": shape}, {"organisation": [{"organisation_id": 1, "name": "One"}]}, {})

    (changed,) = diff(old, new)

    assert [(c.column, c.old, c.new, c.why) for c in changed] == [("organisation_id", "VARCHAR", "BIGINT", "schema")]


def test_a_column_of_another_type_and_a_table_that_is_gone_are_changes_of_schema() -> None:
    columns = {**ORGANISATION.columns, "members": "DOUBLE"}
    kept = [{**r, "members": float(r["members"])} for r in ROWS]
    (retyped,) = diff(
        BEFORE, State({"organisation": replace(ORGANISATION, columns=columns)}, {"organisation": kept}, {})
    )
    (gone,) = diff(BEFORE, State({}, {}, {}))

    assert set(of(retyped).values()) == {"schema"}
    assert {c.why for c in gone if c.table == "organisation"} == {"schema"}


def test_two_rows_of_the_same_content_are_not_taken_for_a_renamed_one() -> None:
    twice = rows(ROWS[0], {**ROWS[1], "organisation_id": "n1"}, {**ROWS[1], "organisation_id": "n2"})

    assert {c.why for c in diff(BEFORE, twice)[0]} == {"added", "retracted"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with three releases: the first, a correction with a new document, and a renamed actor."""
    web = document("web2024", "A", title="A <img src=x> better count", publisher="Office")
    project = write_project(tmp_path_factory.mktemp("store"), [*DOCUMENTS, web])
    add(
        project,
        "mission_strength",
        row("mission_strength", mission_id="kfor", as_of="2023", personnel="4500", cite="web2023"),
    )
    add(project, "actor", row("actor", actor_id="office", name="Office", kind="state", cite="web2023"))
    assert rebuild_once(project).version == "0.1.0"
    add(
        project,
        "mission_strength",
        row("mission_strength", mission_id="kfor", as_of="2023", personnel="~4600", cite="web2024, p. 3"),
    )
    assert rebuild_once(project).version == "0.2.0"
    path = project.sources / "actor.csv"
    path.write_text(path.read_text("utf-8").replace("office,Office", "bureau,Office"), "utf-8")
    assert rebuild_once(project).version == "0.3.0"
    return project


def run(project: Project, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, ["--project", str(project.root), *arguments])
    assert done.exit_code == code, done.output
    return done.output


def test_the_text_tells_a_change_as_it_is_written_with_its_footnote(store: Project) -> None:
    said = run(store, "diff", "0.1.0", "0.2.0")

    assert "From 0.1.0 to 0.2.0. A MINOR version, because" in said
    assert "    kfor, 2023 personnel: 4500 -> ~4600 [1]\n" in said
    assert "  [1] “A <Img Src=x> Better Count,” Office, 2023, 3, https://example.org/web2024.\n" in said


def test_a_release_tells_its_changes_in_markdown(store: Project) -> None:
    releases = store.outputs / "releases"
    said = (releases / "0.2.0" / "CHANGES.md").read_text("utf-8")

    assert said.startswith("# Changes from 0.1.0 to 0.2.0\n")
    assert "- kfor, 2023 personnel: 4500 -> \\~4600 [^1]\n" in said
    assert "[^1]: “A \\<Img Src=x\\> Better Count,” Office, 2023, 3, <https://example.org/web2024>.\n" in said
    assert (releases / "0.1.0" / "CHANGES.md").read_text("utf-8").startswith("# Changes in 0.1.0\n\nThe first release")


def test_a_renamed_row_keeps_the_first_release_of_its_claims(store: Project) -> None:
    with (store.outputs / "releases" / "0.3.0" / "csv" / "claim.csv").open(encoding="utf-8", newline="") as stream:
        first = {c["first_release"] for c in csv.DictReader(stream) if c["row_key"] == "actor_id=bureau"}

    assert first == {"0.1.0"}
    assert "bureau actor_id: office -> bureau" in run(store, "diff", "0.2.0", "0.3.0")


def test_json_and_csv_list_the_published_changes(store: Project) -> None:
    published = list(
        csv.DictReader((store.outputs / "releases" / "0.2.0" / "csv" / "change.csv").open(encoding="utf-8", newline=""))
    )

    assert list(csv.DictReader(io.StringIO(run(store, "diff", "0.1.0", "0.2.0", "--format", "csv")))) == published
    told = json.loads(run(store, "diff", "0.1.0", "0.2.0", "--format", "json"))
    assert (told["from"], told["to"], len(told["changes"])) == ("0.1.0", "0.2.0", len(published))


def test_the_page_is_safe_against_what_cells_hold(store: Project) -> None:
    page = run(store, "diff", "0.1.0", "0.2.0", "--format", "html")

    assert "A &lt;Img Src=x&gt; Better Count" in page
    assert "<img" not in page.lower()
    assert "<td>personnel</td><td>4500</td><td>~4600</td>" in page


def test_the_latest_is_compared_with_by_default_and_releases_that_are_not_there_are_told(store: Project) -> None:
    assert "From 0.1.0 to 0.3.0" in run(store, "diff", "0.1.0")
    assert "there is no release 7.0.0; there are 0.1.0, 0.2.0, 0.3.0" in run(store, "diff", "7.0.0", code=1)


def test_releases_that_explain_themselves_verify(store: Project) -> None:
    assert [fault for one in verify(store, None, True, False) for fault in one.faults] == []


def test_a_dry_run_shows_version_and_changes_and_publishes_nothing(store: Project, tmp_path: Path) -> None:
    copy = Project(tmp_path / "copy")
    shutil.copytree(store.root, copy.root, symlinks=True)
    before = {p: p.read_bytes() for p in copy.outputs.rglob("*") if p.is_file()}

    assert run(copy, "release", "--dry-run", "--quiet") == "Nothing changed since release 0.3.0.\n"
    add(
        copy,
        "mission_strength",
        row("mission_strength", mission_id="kfor", as_of="2022", personnel="3700", cite="web2023"),
    )
    said = run(copy, "release", "--dry-run", "--quiet")

    assert "From 0.3.0 to 0.4.0. A MINOR version" in said
    assert "kfor, 2022: personnel 3700" in said
    assert {p: p.read_bytes() for p in copy.outputs.rglob("*") if p.is_file()} == before


def test_the_committed_releases_are_told_apart_for_an_analyst() -> None:
    said = run(Project(ROOT), "diff", "0.1.0", "0.2.0")

    assert "    kosovo-declaration-of-independence-2008 date: 2008 -> 2008-02-17 [" in said
    assert "    MKD, pfp, participant, 1 start: 1995-11 -> 1995-11-15 [" in said
    assert said.index("CORRECTED") < said.index("WITHDRAWN") < said.index("ADDED")
