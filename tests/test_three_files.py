"""The three-file rule: a CSV, a schema and a SQL file make a new table and join, with no change of code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

CSV = 'port_id,name,iso3,berths,cite,rank,rank_reason,note\nbar,Port of Bar,MNE,~12,"panero2023, sec. Montenegro",,,\n'

SCHEMA = '''
"""Sea ports."""

from schemas import fields
from schemas.base import Published, Source


class Port(Source):
    """One row per sea port."""

    port_id: fields.Cells = fields.identifier("Id of the port.", key=True)
    name: fields.Cells = fields.text("Name in English.")
    iso3: fields.Cells = fields.iso3("Where it lies.")
    berths: fields.Cells = fields.quantity("Berths.", "berths")


class PortByNuts3(Published):
    """One row per country with a port."""

    iso3: fields.Cells = fields.iso3("The country.", key=True)
    ports: fields.Cells = fields.listing("Its ports.", "id", references="port.port_id")
'''

SQL = """
-- port_by_nuts3: one row per country with a port.
SELECT iso3, list_sort(list(port_id)) AS ports FROM port WHERE iso3 IS NOT NULL GROUP BY iso3 ORDER BY iso3
"""


def run(folder: Path, *command: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("WB6_DOCUMENTS", "WB6_PROJECT", "DAGSTER_HOME")}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_csv_a_schema_and_a_sql_file_make_a_table_and_a_join(tmp_path: Path) -> None:
    for name in ("pipeline", "schemas", "sources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "sources" / "port.csv").write_text(CSV, "utf-8")
    (tmp_path / "schemas" / "port.py").write_text(SCHEMA, "utf-8")
    (tmp_path / "pipeline" / "joins" / "port_by_nuts3.sql").write_text(SQL, "utf-8")

    run(tmp_path, "-m", "pipeline.cli", "release", "--quiet")
    graph = run(
        tmp_path,
        "-c",
        "from pipeline.definitions import defs; import json; graph = defs().resolve_asset_graph(); "
        "print(json.dumps({k.to_user_string(): [p.to_user_string() for p in graph.get(k).parent_keys] for k in graph.get_all_asset_keys()}))",
    )

    release = tmp_path / "outputs" / "latest"
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))["tables"]
    parents = json.loads(graph)
    dictionary = (release / "README.md").read_text("utf-8")
    assert (release / "csv" / "port.csv").read_text("utf-8").splitlines()[
        1
    ] == "bar,Port of Bar,MNE,12,,,approx,3,false"
    assert (release / "csv" / "port_by_nuts3.csv").read_text("utf-8") == "iso3,ports\nMNE,bar\n"
    assert {"port", "port_by_nuts3"} <= manifest.keys()
    assert "### port\n" in dictionary
    assert "| berths_qualifier | VARCHAR |" in dictionary
    assert sorted(parents["port"]) == ["document", "sources/port"]
    assert "port" in parents["port_by_nuts3"]
    assert {"port", "port_by_nuts3"} <= set(parents["release"])
    assert "port_id=bar" in (release / "csv" / "claim.csv").read_text("utf-8")
