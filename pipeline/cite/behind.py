"""The documents behind the answer to a query: which of them each row rests on.

The first of these that an answer has says it, and what has none of them cannot be cited:

1. `claim_id`: the documents of these claims;
2. `table_name` and `row_key`, or `table` and `key`: those of the values that stand in these rows, of the column that
   `column_name` or `column` names where it is there;
3. the key of a table that the query reads: those of the values that stand in these rows, of the columns of the answer
   or, where it has none of them, of all;
4. `document_id`: these documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.engine import Connection
from pipeline.files import LIST_SEPARATOR
from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]


def documents_behind(
    con: Connection, keys: Mapping[str, Sequence[str]], answer: duckdb.DuckDBPyRelation, sql: str
) -> list[str]:
    """The ids of the documents that an answer rests on, and of those that they cite for it, in order."""
    columns = answer.columns
    rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    if "claim_id" in columns:
        return _found(con, "c.claim_id = w.claim_id", ({"claim_id": row["claim_id"]} for row in rows))
    for table, key, column in (("table_name", "row_key", "column_name"), ("table", "key", "column")):
        if table in columns and key in columns:
            named = ({"t": row[table], "k": row[key], "c": row.get(column)} for row in rows)
            return _found(con, _STANDING, named)
    tables = [name for name in _read(con, sql) if name in keys]
    read = [name for name in tables if set(keys[name]) <= set(columns)]
    if read:
        return _found(con, _STANDING, (wanted for t in read for wanted in _wanted(t, keys[t], columns, rows)))
    if "document_id" in columns:
        return sorted({row["document_id"] for row in rows if row["document_id"]})
    lacking = " or ".join(f"{', '.join(keys[t])} ({t})" for t in tables)
    raise PipelineError(
        "the answer does not say what its rows rest on; select "
        f"{f'the key, {lacking}, or ' if lacking else ''}claim_id, document_id, or table_name and row_key"
    )


def _read(con: Connection, sql: str) -> list[str]:
    """The tables that a query reads, those that a macro of theirs (`membership_as_of`) reads included."""
    said = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.update(str(node[name]) for name in ("table_name", "function_name") if node.get(name))
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(child)

    walk(json.loads(said))
    return sorted({re.sub("_(as_of|known_by)$", "", name) for name in found})


_STANDING = "c.is_published AND c.table_name = w.t AND c.row_key = w.k AND (w.c IS NULL OR c.column_name = w.c)"


def _wanted(table: str, key: Sequence[str], columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of a table, once for each column of the answer that is not its key."""
    asked: list[str | None] = [name for name in columns if name not in key]
    for row in rows:
        named = "|".join(f"{name}={_as_written(row[name])}" for name in key)
        for column in asked or [None]:
            yield {"t": table, "k": named, "c": column}


def _as_written(cell: object) -> str:
    return LIST_SEPARATOR.join(map(str, cell)) if isinstance(cell, list) else "" if cell is None else str(cell)


def _found(con: Connection, condition: str, wanted: Iterator[Row]) -> list[str]:
    """The documents of the claims that fit one of those wanted, and the documents that they rest on."""
    import pyarrow as pa

    named = list({tuple(row.items()): row for row in wanted}.values())
    if not named:
        return []
    schema = pa.schema([(name, pa.string()) for name in named[0]])
    con.register("wanted", pa.Table.from_pylist(named, schema))
    rows = con.execute(
        f"SELECT DISTINCT unnest([c.document_id, c.origin_document_id]) FROM claim c JOIN wanted w ON {condition}"
    ).fetchall()
    con.unregister("wanted")
    return sorted(row[0] for row in rows if row[0])
