"""Verifying a release: every tampering of the tables in `tests/tamperings*.py`, left crude and made right, is caught."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.engine import connect
from pipeline.files import write_csv, write_parquet
from pipeline.project import Project
from pipeline.verify.cells import unequal_cells
from pipeline.verify.run import verify
from pipeline.verify.sums import sum_faults
from schemas.registry import tables
from tests.conftest import ROOT
from tests.tampered import caught, change_json, change_text, release, rename, seal
from tests.tamperings_of_all import TAMPERINGS, UNSEEN


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_caught_left_crude_and_made_right(store: Project, what: str) -> None:
    tampering, folder = TAMPERINGS[what], release(store)

    tampering.change(folder)
    crude = sum_faults(folder)
    tampering.sign(folder)
    found = caught(store)

    assert crude
    assert found.keys() - (_unlisted(found) - set(tampering.by)) == set(tampering.by), found
    assert any(tampering.telling in line for lines in found.values() for line in lines), found
    assert all(line.startswith("outputs/releases/0.2.0/") and line.isprintable() for f in found.values() for line in f)


def _unlisted(found: dict[str, list[str]]) -> set[str]:
    """The version, where it is told only that cells differ from the release before and are not listed as changed."""
    return {"version"} if all("csv/change.csv: " in line for line in found.get("version", [])) else set()


@pytest.mark.parametrize("what", UNSEEN)
def test_what_contradicts_nothing_in_the_release_passes_once_signed(store: Project, what: str) -> None:
    UNSEEN[what].change(release(store))
    crude = sum_faults(release(store))
    UNSEEN[what].sign(release(store))

    assert crude
    assert caught(store) == {}


def test_a_statement_that_an_earlier_version_of_the_code_wrote_is_accepted(
    store: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_text(release(store), "wb6.sql", "'certain'", "'possible'")
    seal(release(store))
    told = re.findall(r"sha256 ([0-9a-f]{64})", " ".join(caught(store)["metadata"]))

    monkeypatch.setattr("pipeline.verify.sqlfile.FORMER", frozenset(told))

    assert told
    assert caught(store) == {}


def test_a_damaged_release_before_is_told(store: Project) -> None:
    change_text(release(store, "0.1.0"), "LICENSE", "CC", "XX")

    found = caught(store)

    assert found.keys() == {"version"}
    assert "0.1.0, which is damaged" in found["version"][0]


@pytest.mark.parametrize("version", ["0.1.1", "0.2.1", "0.3.0", "1.0.0"])
def test_a_version_too_low_or_too_high_is_caught(store: Project, version: str) -> None:
    rename(release(store), version)

    found = caught(store, version)

    assert found.keys() == {"version"}
    assert f"is {version}, and its difference from 0.1.0 makes it 0.2.0 (minor: " in found["version"][0]


def test_a_release_that_changes_nothing_is_caught(store: Project) -> None:
    shutil.rmtree(release(store))
    shutil.copytree(release(store, "0.1.0"), release(store, "0.3.0"))
    change_json(release(store, "0.3.0"), "manifest.json", lambda m: m.update(previous="0.1.0"))
    rename(release(store, "0.3.0"), "0.2.0")

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
        write_parquet(con, table, tmp_path, {})
        assert unequal_cells(con, tmp_path, table) == []
        con.execute("UPDATE milestone SET date = 'x' WHERE n_claims IN (777777, 999999)").fetchall()
        write_csv(con, table, tmp_path)

        found = unequal_cells(con, tmp_path, table)

    assert [f.what for f in found] == ["2 rows differ from parquet/milestone.parquet; the first is row 777777, in date"]
