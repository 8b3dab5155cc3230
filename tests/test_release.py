"""A release is whole, the same wherever it is built, and as its own metadata says."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.conform import nonconformities
from pipeline.engine import connect
from pipeline.engines import DuckDB
from pipeline.verify.itself import faults
from pipeline.verify.sums import write_sums
from schemas.registry import tables
from tests.conftest import ROOT

LATEST = ROOT / "outputs" / "latest"


def build(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build a copy of the sources in another process; the bytes of every file of the release."""
    shutil.copytree(ROOT / "sources", folder / "sources")
    (folder / "outputs").mkdir(exist_ok=True)
    shutil.copy(ROOT / "outputs" / "evidence.csv", folder / "outputs" / "evidence.csv")
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(folder), "release", "--quiet"]
    kept = {k: v for k, v in os.environ.items() if k not in ("WB6_DOCUMENTS", "DAGSTER_HOME", "WB6_PROJECT")}
    subprocess.run(command, check=True, cwd=ROOT, env=kept | environment, capture_output=True)
    release = (folder / "outputs" / "latest").resolve()
    return {p.relative_to(release).as_posix(): p.read_bytes() for p in release.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("one")
    return build(folder, PYTHONHASHSEED="1", WB6_THREADS="1", TZ="UTC", LC_ALL="C")


def test_two_builds_elsewhere_with_other_seeds_threads_zones_and_locales_are_the_same(
    rebuilt: dict[str, bytes], tmp_path: Path
) -> None:
    other = build(tmp_path / "two", PYTHONHASHSEED="2", WB6_THREADS="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")

    assert other["SHA256SUMS"] == rebuilt["SHA256SUMS"]
    assert other == rebuilt


def test_the_latest_release_is_what_the_sources_give_after_the_one_before(tmp_path: Path) -> None:
    store = tmp_path / "outputs"
    latest = LATEST.resolve().name
    shutil.copytree(ROOT / "outputs" / "releases", store / "releases", ignore=shutil.ignore_patterns(latest))
    earlier = sorted((store / "releases").iterdir(), key=lambda p: [int(n) for n in p.name.split(".")])
    if earlier:
        (store / "latest").symlink_to(Path("releases") / earlier[-1].name)

    made = build(tmp_path)

    tables = {name for name in made if name.startswith("csv/")}
    assert json.loads(made["manifest.json"])["version"] == latest
    assert tables == {f"csv/{path.name}" for path in (LATEST / "csv").iterdir()}
    for name in tables:
        assert made[name] == (LATEST / name).read_bytes(), f"{name} is not what the sources give; run wb6 release"


def test_no_file_of_a_release_names_a_folder_or_a_clock(rebuilt: dict[str, bytes]) -> None:
    for name, content in rebuilt.items():
        assert str(ROOT).encode() not in content, name
        assert b"/tmp/" not in content, name


def test_sha256sum_accepts_the_committed_release() -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is not installed")

    done = subprocess.run(
        [tool, "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=LATEST, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_the_committed_release_has_no_faults() -> None:
    with connect() as con:
        assert faults(con, LATEST.resolve()) == []


def test_every_table_of_the_committed_release_is_as_its_model_says() -> None:
    with connect() as con:
        for name, table in tables().items():
            con.execute(
                f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{LATEST}/parquet/{name}.parquet')"
            ).fetchall()
            assert nonconformities(DuckDB(con), table) == []


def test_every_digest_of_the_manifest_is_of_the_csv_file() -> None:
    tables = json.loads((LATEST / "manifest.json").read_text("utf-8"))["tables"]

    for name, entry in tables.items():
        assert entry["sha256"] == hashlib.sha256((LATEST / "csv" / f"{name}.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize("harm", ["flip", "remove", "add", "differ"])
def test_harm_to_a_release_is_found(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "release"
    shutil.copytree(LATEST.resolve(), folder)
    path = folder / "csv" / "mission_strength.csv"
    if harm == "flip":
        path.write_bytes(path.read_bytes().replace(b"4500", b"4501"))
    elif harm == "remove":
        path.unlink()
    elif harm == "add":
        (folder / "csv" / "stray.csv").write_text("a\n", "utf-8")
    else:
        path.write_bytes(path.read_bytes().replace(b"3735", b"3734"))
        write_sums(folder)

    with connect() as con:
        found = faults(con, folder)

    assert len(found) == 1
    assert found[0].startswith(("csv/mission_strength.csv", "csv/stray.csv"))


def test_parquet_carries_descriptions_types_and_order() -> None:
    from pyarrow import parquet

    file = parquet.ParquetFile(LATEST / "parquet" / "membership.parquet")
    schema = file.schema_arrow

    assert b"One row per country" in schema.metadata[b"description"]
    assert schema.field("iso3").metadata[b"description"]
    assert str(schema.field("start_earliest").type) == "date32[day]"
    assert file.metadata.row_group(0).sorting_columns[0].column_index == schema.names.index("iso3")


def test_the_data_package_is_valid_with_its_foreign_keys() -> None:
    frictionless = pytest.importorskip("frictionless")

    report = frictionless.validate(str((LATEST / "datapackage.json").resolve()))

    assert report.valid, report.flatten(["type", "message"])
    assert any("foreignKeys" in r["schema"] for r in json.loads((LATEST / "datapackage.json").read_text())["resources"])


def test_a_broken_foreign_key_is_caught_by_the_validator(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = tmp_path / "release"
    shutil.copytree(LATEST.resolve(), folder)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    path = folder / "csv" / "milestone.csv"
    path.write_text(path.read_text("utf-8").replace("ALB,", "ZZZ,", 1), "utf-8")
    for resource in descriptor["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")

    report = frictionless.validate(str(folder / "datapackage.json"))

    assert "foreign-key" in {row[0] for row in report.flatten(["type"])}


def test_parquet_and_csv_are_listed_for_every_table() -> None:
    names = set(json.loads((LATEST / "manifest.json").read_text("utf-8"))["tables"])

    assert {p.stem for p in (LATEST / "parquet").iterdir()} == names
    assert {p.stem for p in (LATEST / "csv").iterdir()} == names
    with duckdb.connect() as con:
        for name in names:
            con.execute(f"SELECT * FROM '{LATEST}/parquet/{name}.parquet' LIMIT 1").fetchall()
