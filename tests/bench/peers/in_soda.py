"""Soda over described sources: each file read into DuckDB, one contract per table, in JSON, which is YAML.

Run with the environment of the peers: python in_soda.py FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["SODA_CORE_TELEMETRY_ENABLED"] = "false"


def main(folder: Path) -> None:
    """Verify every contract. Raises AssertionError where one does not hold."""
    import duckdb
    from soda_core.contracts import verify_contract_locally
    from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBDataSourceImpl

    con = duckdb.connect()
    source = DuckDBDataSourceImpl.from_existing_cursor(con, name="wb6")
    for name, columns in json.loads((folder / "asked.json").read_text("utf-8")).items():
        path = folder / f"{name}.csv"
        con.execute(f"CREATE TABLE \"{name}\" AS FROM read_csv('{path}', header = true, all_varchar = true)")
        contract = {"dataset": f"wb6/main/{name}", "columns": [agreed(c, asked) for c, asked in columns.items()]}
        written = folder / f"{name}.contract.yml"
        written.write_text(json.dumps(contract), "utf-8")
        found = verify_contract_locally(contract_file_path=str(written), data_sources=[source])
        assert found.is_passed, f"{name}: {found.get_errors_str()}"


def agreed(column: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What a contract says of one column."""
    checks: list[dict[str, Any]] = [{"missing": {}}] if asked["required"] else []
    if asked["codes"]:
        checks.append({"invalid": {"valid_values": asked["codes"]}})
    if asked["pattern"]:
        checks.append({"invalid": {"valid_format": {"regex": asked["pattern"], "name": "as written"}}})
    return {"name": column, "checks": checks} if checks else {"name": column}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
