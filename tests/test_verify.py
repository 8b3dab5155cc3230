"""Verifying a release: a table of tamperings, and what catches each.

Where a deeper check is the point, the forger has signed again: metadata and SHA256SUMS agree with what was changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engine import connect
from pipeline.files import write_csv, write_parquet
from pipeline.project import Project
from pipeline.verify import SUMS
from pipeline.verify.cells import unequal_cells
from pipeline.verify.run import verify
from schemas.registry import tables
from tests.conftest import ROOT
from tests.tampered import (
    caught,
    change_json,
    change_table,
    change_text,
    release,
    rename,
    resign,
    resource,
    sign_again,
    write_and_sign,
)

Tamper = Callable[[Path], object]
A_CLAIM = "(SELECT min(claim_id) FROM claim WHERE table_name = 'mission_strength' AND column_name = 'nations')"


def swap_lines(folder: Path) -> None:
    lines = (folder / "csv" / "country.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "csv" / "country.csv").write_text("".join([lines[0], *reversed(lines[1:])]), "utf-8")
    sign_again(folder, "country")


def column(folder: Path, table: str, name: str, type_: str) -> None:
    def change(said: dict[str, dict[str, dict[str, list[dict[str, str]]]]]) -> None:
        next(c for c in said["tables"][table]["columns"] if c["name"] == name)["type"] = type_

    change_json(folder, "manifest.json", change)


def resign_cell(folder: Path, table: str, old: str, new: str) -> None:
    change_text(folder, f"csv/{table}.csv", old, new)
    sign_again(folder, table)


TAMPERINGS: dict[str, tuple[Tamper, set[str], str]] = {
    # the bytes
    "wrong hash": (lambda f: change_text(f, SUMS, "0", "1"), {"checksums"}, "not the bytes that SHA256SUMS states"),
    "changed licence": (
        lambda f: change_text(f, "LICENSE", "CC", "XX"), {"checksums", "metadata"}, "LICENSE: not the bytes"),
    "missing CSV": (lambda f: (f / "csv/event.csv").unlink(), {"checksums"}, "csv/event.csv: missing"),
    "missing Parquet": (
        lambda f: (f / "parquet/event.parquet").unlink(), {"checksums", "schemas"}, "parquet/event.parquet: missing"),
    "missing sums": (lambda f: (f / SUMS).unlink(), {"checksums"}, "SHA256SUMS: missing"),
    "stray file": (lambda f: (f / "notes.txt").write_text("x"), {"checksums"}, "notes.txt: not listed"),
    "stray file, listed": (
        lambda f: write_and_sign(f, "csv/harbour.csv", b"a\n"), {"schemas"}, "csv/harbour.csv: belongs to no table"),
    # the cells
    "changed CSV cell": (
        lambda f: resign_cell(f, "mission_strength", ",28,", ",29,"), {"cells"}, "the first is row 1, in nations"),
    "changed CSV header": (
        lambda f: resign_cell(f, "mission_strength", "nations,", "states,"), {"cells"}, "its header is mission_id"),
    "CSV row removed": (
        lambda f: resign_cell(f, "mission", "eufor,EUFOR", "\n"), {"cells"}, "csv/mission.csv: "),
    "CSV rows in another order": (swap_lines, {"cells"}, "2 rows differ"),
    "CSV no text": (lambda f: write_and_sign(f, "csv/event.csv", b"\xff\xfe\x00"), {"cells", "metadata"}, "csv/event.csv"),
    "changed Parquet cell": (
        lambda f: change_table(f, "country", "UPDATE country SET capital = 'Tirana' WHERE iso3 = 'ALB'", csv=False),
        {"cells", "claims"}, "in capital"),
    # the shape
    "wrong type in manifest": (
        lambda f: column(f, "country", "gw_code", "VARCHAR"), {"schemas", "metadata", "version"}, "has the column gw_code BIGINT"),
    "unknown type in manifest": (
        lambda f: column(f, "country", "gw_code", "BLOB"), {"metadata", "version"}, "which is none of ours"),
    "wrong type in Parquet": (
        lambda f: write_and_sign(f, "parquet/event.parquet", (f / "parquet/actor.parquet").read_bytes()),
        {"schemas"}, "parquet/event.parquet: lacks the column event_id"),
    "Parquet that is none": (
        lambda f: write_and_sign(f, "parquet/event.parquet", b"PAR1 no PAR1"), {"schemas"}, "cannot be read"),
    "Parquet cut short": (
        lambda f: write_and_sign(f, "parquet/country.parquet", (f / "parquet/country.parquet").read_bytes()[:-9]),
        {"schemas"}, "parquet/country.parquet: cannot be read"),
    # keys and references
    "duplicated key": (
        lambda f: change_table(f, "organisation", "INSERT INTO organisation SELECT * FROM organisation LIMIT 1"),
        {"keys"}, "2 rows have the key organisation_id=eu"),
    "dangling reference": (
        lambda f: change_table(f, "actor", "INSERT INTO actor BY NAME SELECT 'x' AS actor_id, 'ZZZ' AS iso3, 1 AS n_claims, false AS disputed"),
        {"references", "claims"}, "iso3 'ZZZ' is not in country.iso3"),
    "dangling item of a list": (
        lambda f: change_table(f, "mission", "UPDATE mission SET hosts = ['XKX', 'ZZZ'] WHERE mission_id = 'kfor'"),
        {"references", "claims"}, "hosts 'ZZZ' is not in country.iso3"),
    "claim of no document": (
        lambda f: change_table(f, "claim", f"UPDATE claim SET document_id = 'nil' WHERE claim_id = {A_CLAIM}"),
        {"references", "claims"}, "document_id 'nil' is not in document.document_id"),
    # claims
    "claim removed": (
        lambda f: change_table(f, "claim", f"DELETE FROM claim WHERE claim_id = {A_CLAIM}"),
        {"claims"}, 'kfor|as_of=2023-06: nations "28 exact" has no published claim'),
    "claim of a row removed": (
        lambda f: change_table(f, "claim", "DELETE FROM claim WHERE row_key = 'mission_id=eufor'"),
        {"claims"}, "mission_id=eufor: no claim says that there is such a row"),
    "claim not published": (
        lambda f: change_table(f, "claim", f"UPDATE claim SET is_published = false WHERE claim_id = {A_CLAIM}"),
        {"claims"}, "has no published claim"),
    "deprecated claim published": (
        lambda f: change_table(f, "claim", "UPDATE claim SET is_published = true WHERE rank = 'deprecated'"),
        {"claims", "conflicts"}, "is deprecated and published"),
    "claimed value changed": (
        lambda f: change_table(f, "claim", f"UPDATE claim SET value = '30' WHERE claim_id = {A_CLAIM}"),
        {"claims"}, 'nations is "28 exact", and "30 exact" is claimed'),
    "published value changed": (
        lambda f: change_table(f, "mission_strength", "UPDATE mission_strength SET personnel_low = 4501"),
        {"claims"}, 'personnel is "4501 more_than", and "4500 more_than" is claimed'),
    "published row removed": (
        lambda f: change_table(f, "relation", "DELETE FROM relation"),
        {"claims"}, "relation_id=loan: claimed, and not there"),
    "miscounted claims": (
        lambda f: change_table(f, "relation", "UPDATE relation SET n_claims = 9"), {"claims"}, "n_claims is 9"),
    "dispute denied": (
        lambda f: change_table(f, "mission_strength", "UPDATE mission_strength SET disputed = false"),
        {"claims"}, "disputed is false, and by its claims it is true"),
    "first release changed": (
        lambda f: change_table(f, "claim", f"UPDATE claim SET first_release = '0.2.0' WHERE claim_id = {A_CLAIM}"),
        {"version"}, "says it first appeared in 0.2.0, and it did in 0.1.0"),
    "conflict removed": (
        lambda f: change_table(f, "conflict", "DELETE FROM conflict WHERE column_name = 'personnel'"),
        {"conflicts"}, "is claimed with several values, and missing here"),
    "conflict with another outcome": (
        lambda f: change_table(f, "conflict", "UPDATE conflict SET published_value = '4400' WHERE column_name = 'personnel'"),
        {"conflicts"}, "has another published_value than its claims"),
    # metadata
    "datapackage hash": (lambda f: resource(f, "event", hash="sha256:0"), {"metadata"}, "event: the hash stated"),
    "datapackage bytes": (lambda f: resource(f, "event", bytes=1), {"metadata"}, "event: 1 bytes stated"),
    "datapackage path": (lambda f: resource(f, "event", path="../../x"), {"metadata"}, "its path is '../../x'"),
    "datapackage field type": (
        lambda f: resign(f, "datapackage.json", '"type": "integer"', '"type": "string"'), {"metadata"}, "has the type 'string'"),
    "datapackage field required": (
        lambda f: resign(f, "datapackage.json", '"required": true', '"required": false'), {"metadata"}, "not required"),
    "datapackage foreign key": (
        lambda f: resign(f, "datapackage.json", '"resource": "country"', '"resource": "land"'), {"metadata"}, "names land.iso3"),
    "datapackage key": (
        lambda f: resign(f, "datapackage.json", '"primaryKey": [', '"primaryKey": ["name",'), {"metadata"}, "its key is"),
    "datapackage codes": (
        lambda f: resign(f, "datapackage.json", '"more_reliable"', '"louder"'), {"metadata"}, "none of its codes"),
    "datapackage without a table": (
        lambda f: change_json(f, "datapackage.json", lambda p: p["resources"].pop()), {"metadata"}, "lacks a resource"),
    "rows wrong": (
        lambda f: change_json(f, "manifest.json", lambda m: m["tables"]["mission"].update(rows=7)),
        {"metadata"}, "mission: 7 rows stated, and there are 2"),
    "content digest wrong": (
        lambda f: change_json(f, "manifest.json", lambda m: m.update(content_sha256="0" * 64)), {"metadata"}, "content_sha256"),
    "licence changed and signed": (
        lambda f: resign(f, "LICENSE", "CC", "XX"), {"metadata"}, "licence_sha256 is not the digest of LICENSE"),
    "rows wrong in the dictionary": (
        lambda f: resign(f, "README.md", "Rows: 2.", "Rows: 3."), {"metadata"}, "3 rows stated, and 2 in manifest.json"),
    "description listed and missing": (
        lambda f: change_json(f, "manifest.json", lambda m: m.update(descriptions=["croissant.json"])),
        {"metadata"}, "croissant.json: missing"),
    "broken manifest": (
        lambda f: resign(f, "manifest.json", "{", "{,"), {"claims", "metadata", "schemas", "version"}, "manifest.json: not JSON"),
    "broken datapackage": (lambda f: resign(f, "datapackage.json", "{", "["), {"metadata"}, "datapackage.json: not JSON"),
    "manifest that repeats itself": (
        lambda f: resign(f, "manifest.json", "{", '{"version": "9.9.9",'),
        {"claims", "metadata", "schemas", "version"}, "it says something twice"),
    # versions
    "previous that is not there": (
        lambda f: change_json(f, "manifest.json", lambda m: m.update(previous="0.0.9")), {"version"}, "names '0.0.9'"),
    "previous forgotten": (
        lambda f: change_json(f, "manifest.json", lambda m: m.update(previous=None)), {"version"}, "the release before it"),
    "another version than its folder": (
        lambda f: change_json(f, "manifest.json", lambda m: m.update(version="0.3.0")), {"metadata"}, "its folder is 0.2.0"),
    "the release before damaged": (
        lambda f: change_text(f.with_name("0.1.0"), "LICENSE", "CC", "XX"), {"version"}, "0.1.0, which is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_caught(store: Project, what: str) -> None:
    tamper, by, telling = TAMPERINGS[what]

    tamper(release(store))
    found = caught(store)

    assert found.keys() == by, found
    assert any(telling in line for lines in found.values() for line in lines), found
    assert all(line.startswith("outputs/releases/0.2.0/") and line.isprintable() for f in found.values() for line in f)


@pytest.mark.parametrize("version", ["0.1.1", "0.2.1", "0.3.0", "1.0.0"])
def test_a_version_too_low_or_too_high_is_caught(store: Project, version: str) -> None:
    rename(release(store), version)

    found = caught(store, version)

    assert found.keys() == {"version"}
    assert f"is {version}, and its difference from 0.1.0 makes it 0.2.0 (minor: " in found["version"][0]


def test_a_release_that_changes_nothing_is_caught(store: Project) -> None:
    folder = release(store)
    shutil.rmtree(folder)
    shutil.copytree(release(store, "0.1.0"), folder)
    change_json(folder, "manifest.json", lambda m: m.update(version="0.2.0", previous="0.1.0"))
    change_json(folder, "datapackage.json", lambda p: p.update(version="0.2.0"))
    resign(folder, "README.md", "version 0.1.0", "version 0.2.0")

    found = caught(store)

    assert found.keys() == {"version"}
    assert "changes nothing against 0.1.0" in found["version"][0]


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("releases/0.1.0", "leads to releases/0.1.0, and the newest release is 0.2.0"),
        ("releases/0.9.0", "leads to releases/0.9.0"),
        ("/etc", "leads to /etc"),
        (None, "missing"),
    ],
)
def test_a_latest_that_leads_elsewhere_is_caught(store: Project, target: str | None, what: str) -> None:
    link = store.outputs / "latest"
    link.unlink()
    if target:
        link.symlink_to(target)

    found = caught(store, None)

    assert found.keys() == {"latest"}
    assert found["latest"][0].startswith(f"outputs/latest: {what}")


def test_a_latest_that_is_a_folder_is_caught(store: Project) -> None:
    (store.outputs / "latest").unlink()
    shutil.copytree(release(store), store.outputs / "latest")

    assert "outputs/latest: no link" in caught(store, None)["latest"][0]


def test_the_committed_releases_have_no_faults() -> None:
    assert [one.faults for one in verify(Project(ROOT), every=True) if one.faults] == []


def test_the_order_of_rows_is_compared_in_long_tables_too(tmp_path: Path) -> None:
    table = tables()["milestone"]
    values = {"VARCHAR": "format('{:07d}', i)", "BIGINT": "i", "BOOLEAN": "i % 2 = 0", "DATE": "NULL::DATE"}
    cells = ", ".join(f"{values[c.type]} AS {c.name}" for c in table.columns)
    with connect() as con:
        con.execute(f"CREATE TABLE milestone AS SELECT {cells} FROM range(1, 1000001) AS r(i)").fetchall()
        write_csv(con, table, tmp_path)
        write_parquet(con, table, tmp_path)
        assert unequal_cells(con, tmp_path, table) == []
        con.execute("UPDATE milestone SET date = 'x' WHERE n_claims IN (777777, 999999)").fetchall()
        write_csv(con, table, tmp_path)

        found = unequal_cells(con, tmp_path, table)

    assert [f.what for f in found] == ["2 rows differ from parquet/milestone.parquet; the first is row 777777, in date"]
