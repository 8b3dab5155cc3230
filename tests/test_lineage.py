"""Where columns come from: told of every published column, naming only what exists, and true where it can be tried."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.blueprint import LINEAGE
from pipeline.dataset import read_dataset
from pipeline.dictionary import readme
from pipeline.lineage import Lineage, Origin, lineage, listed_lineage, table_lineage
from pipeline.project import Project
from pipeline.record import COLUMNS, RECORD
from pipeline.standards.staged import Staged
from schemas.registry import tables
from tests.conftest import ROOT
from tests.fresh import plan
from tests.small import released

PROJECT = Project(ROOT)


@pytest.fixture(scope="module")
def found() -> dict[str, Lineage]:
    return lineage(PROJECT, plan())


def exists() -> dict[str, set[str]]:
    places = {name: {c.name for c in table.columns} for name, table in tables().items()}
    files = {f"sources/{t.file.split('.')[0]}": {f.name for f in t.fields} for t in plan().written.values()}
    return {**places, **files, RECORD: set(COLUMNS)}


def named(lineage: Lineage, column: str) -> list[str]:
    return list(map(str, lineage[column]))


def test_every_column_of_every_table_has_its_lineage(found: dict[str, Lineage]) -> None:
    assert {name: list(of) for name, of in found.items()} == {
        n: [c.name for c in t.columns] for n, t in tables().items()
    }


def test_lineage_names_only_what_exists(found: dict[str, Lineage]) -> None:
    known = exists()

    for table, of in found.items():
        for column, origins in of.items():
            for origin in origins:
                assert origin.column in known[origin.place], f"{table}.{column} comes from {origin}"
            assert list(origins) == sorted(set(origins))


def test_a_join_comes_from_nothing_but_the_tables_that_it_reads(found: dict[str, Lineage]) -> None:
    for name in plan().joins:
        places = {origin.place for origins in found[name].values() for origin in origins}
        assert places <= set(plan().parts[name].deps)
        assert places


def test_what_is_expanded_comes_from_the_cell_that_was_written(found: dict[str, Lineage]) -> None:
    of = found["mission_strength"]

    for column in ("personnel", "personnel_low", "personnel_high", "personnel_qualifier"):
        assert named(of, column) == ["sources/mission_strength.personnel"]
    for column in ("as_of", "as_of_earliest", "as_of_latest"):
        assert named(of, column) == ["sources/mission_strength.as_of"]
    assert named(of, "n_claims") == [f"sources/mission_strength.{c}" for c in ("cite", "nations", "personnel")]
    assert named(of, "disputed") == [f"sources/mission_strength.{c}" for c in ("nations", "personnel", "rank")]
    assert named(found["document"], "issued_latest") == ["sources/references.issued"]


def test_lineage_goes_through_ctes_renames_lists_and_expressions(found: dict[str, Lineage]) -> None:
    assert named(found["country_profile"], "nato_status_since_earliest") == ["membership.start_earliest"]
    assert named(found["country_profile"], "threat_actors") == ["threat.actor_id"]
    assert "deployment.personnel" in named(found["mission_contribution"], "share")
    assert "mission_strength.personnel" in named(found["mission_contribution"], "share")
    assert "membership.start" in named(found["timeline"], "date")
    assert "policy.adopted" in named(found["timeline"], "date")
    assert named(found["conflict"], "documents") == ["claim.document_id"]


def test_claims_come_from_every_file_of_claims(found: dict[str, Lineage]) -> None:
    files = {f"sources/{name}" for name, table in tables().items() if table.layer == "source"}

    assert {origin.place for origin in found["claim"]["document_id"]} == files
    assert Origin("sources/membership", "start") in found["claim"]["value"]
    assert Origin("sources/membership", "iso3") not in found["claim"]["value"]
    assert Origin("sources/membership", "iso3") in found["claim"]["row_key"]
    assert named(found["change"], "claims") == ["claim.claim_id"]
    assert Origin("membership", "start_earliest") in found["change"]["new"]


def test_kept_lineage_is_what_was_found_and_damage_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.lineage.kept_in", lambda _: tmp_path)
    first = table_lineage(PROJECT, plan(), "threat_exposure")
    kept = (tmp_path / LINEAGE).read_text("utf-8")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.lineage._sql_lineage", lambda *_: pytest.fail("lineage that is kept is found again"))
        assert table_lineage(PROJECT, plan(), "threat_exposure") == first
    wrong = kept.replace('"membership"', '"mission"')
    assert wrong != kept
    for damage in ("", "[]", '{"threat_exposure": 1}', wrong.replace('"code": "', '"code": "0')):
        (tmp_path / LINEAGE).write_text(damage, "utf-8")
        assert table_lineage(PROJECT, plan(), "threat_exposure") == first


def test_lineage_is_of_the_sql_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.lineage.kept_in", lambda _: tmp_path / "kept")
    joins = shutil.copytree(PROJECT.joins, tmp_path / "joins")
    monkeypatch.setattr(Project, "joins", property(lambda _: joins))
    path, before = joins / "conflict.sql", (joins / "conflict.sql").read_text("utf-8")
    first = table_lineage(PROJECT, plan(), "conflict")

    path.write_text(
        "SELECT * REPLACE (CAST('' AS VARCHAR) AS reason) FROM (" + before.rstrip().rstrip(";") + ")", "utf-8"
    )
    edited = table_lineage(PROJECT, plan(), "conflict")
    path.write_text(before, "utf-8")

    assert edited["reason"] != first["reason"]
    assert table_lineage(PROJECT, plan(), "conflict") == first


def test_a_release_tells_it_in_its_manifest_and_in_its_dictionary(tmp_path: Path) -> None:
    release = released(tmp_path)

    said = json.loads((release / "manifest.json").read_text("utf-8"))["lineage"]
    text = (release / "README.md").read_text("utf-8")
    assert said == listed_lineage(PROJECT)
    assert "| column | type | meaning | comes from |" in text
    assert "`membership.start_earliest` |" in text


def test_the_dictionary_counts_origins_where_they_are_many(tmp_path: Path) -> None:
    rows = dict.fromkeys(tables(), 0)
    text = readme(Staged(tmp_path, read_dataset(PROJECT), tables(), rows, "1.2.3"), listed_lineage(PROJECT))

    value = next(line for line in text.splitlines() if line.startswith("| value | VARCHAR"))
    assert " tables or files, listed in manifest.json |" in value
    assert max(len(line) for line in text.splitlines() if line.startswith("| ")) < 2500
