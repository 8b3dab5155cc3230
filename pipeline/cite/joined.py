"""What to cite in place of a row of a table that is put together from others, and so has no claims of its own."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from pipeline.engine import Connection


def claimed_origins(manifest: Mapping[str, Any], keys: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Of each table without claims of its own, those with claims that it is put together from; none where no lineage is told."""
    found = {}
    for table, lineage in manifest.get("lineage", {}).items():
        if table not in keys:
            named = dict.fromkeys(origin.partition(".")[0] for origins in lineage.values() for origin in origins)
            found[table] = [name for name in named if name in keys]
    return {table: origins for table, origins in found.items() if origins}


def put_together(
    con: Connection, table: str, parts: Sequence[str], keys: Mapping[str, Sequence[str]], manifest: Mapping[str, Any]
) -> str:
    """That a table is a join, which tables it is of, and the command that cites the row of it which the parts name.

    Given the release, the key of each table that has claims, and the manifest of the release; where that tells no lineage, as in
    earlier releases, every such table is named.
    """
    lineage = manifest.get("lineage", {}).get(table, {})
    of = claimed_origins(manifest, keys).get(table, [])
    key = manifest["tables"][table]["key"]
    columns = {name: [c for part in key for c in keys[name] if f"{name}.{c}" in lineage.get(part, ())] for name in of}
    named = {name: _named(con, name, columns[name], parts) for name in of}
    first = next((name for name in of if named[name]), None)
    if first is None:
        return f"{table} is put together from other tables; cite a row of one of these: {', '.join(of or keys)}"
    asked = " ".join(named[first])
    others = f"; the rest of it is of {', '.join(name for name in of if name != first)}" if of[1:] else ""
    return f"{table} is put together from other tables; cite the row of {first}: wb6 cite {first} {asked}{others}"


def _named(con: Connection, source: str, columns: Sequence[str], parts: Sequence[str]) -> list[str]:
    """The parts of a join's key that are of one of its tables, each by the first of these columns that holds such a value."""
    given: dict[str, str] = {}
    for part in parts:
        value = part.partition("=")[2] or part
        fitting = (name for name in columns if name not in given and _holds(con, source, name, value))
        given |= dict.fromkeys(islice(fitting, 1), value)
    return [shlex.quote(f"{column}={value}") for column, value in given.items()]


def _holds(con: Connection, source: str, column: str, value: str) -> bool:
    sql = "SELECT 1 FROM claim WHERE table_name = ? AND contains(lower('|' || row_key || '|'), lower(?)) LIMIT 1"
    return bool(con.execute(sql, [source, f"|{column}={value}|"]).fetchall())
