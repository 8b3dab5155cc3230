"""The sources behind the answer to a query: the passages that its rows rest on, and what those cite in turn.

The first of these that an answer has says it, and what has none of them cannot be cited:

1. `claim_id`: the sources of these claims;
2. `table_name` and `row_key`, or `table` and `key`: those of the values that stand in these rows, of the column that
   `column_name` or `column` names where it is there;
3. the key of a table that the query reads: those of the values that stand in these rows, of the columns of the answer
   and what they are expanded from; where it has none of them, or one of its own making, of all;
4. `document_id`: these documents, each as a whole.

What this leaves out is told, never dropped in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.cite.source import ORIGIN_LOCATOR, Passage, Source
from pipeline.engine import Connection
from pipeline.expand import field_of
from pipeline.files import LIST_SEPARATOR
from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Behind:
    """What an answer rests on, each passage once, in order of the documents that were read; and what is left out."""

    sources: list[Source]
    left_out: list[str]


def sources_behind(
    con: Connection,
    keys: Mapping[str, Sequence[str]],
    joins: Mapping[str, Sequence[str]],
    answer: duckdb.DuckDBPyRelation,
    sql: str,
) -> Behind:
    """The sources that an answer rests on, given the key of each table that has claims, and what each join is put together from.

    Raises PipelineError where it does not say what its rows rest on.
    """
    columns = answer.columns
    rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    if "claim_id" in columns:
        return Behind(_found(con, "c.claim_id = w.claim_id", ({"claim_id": row["claim_id"]} for row in rows)), [])
    fields = _claimed(con)
    for table, key, column in (("table_name", "row_key", "column_name"), ("table", "key", "column")):
        if table in columns and key in columns:
            return _standing(
                con,
                (
                    {"t": row[table], "k": row[key], "c": field_of(row.get(column) or "", fields.get(row[table], ()))}
                    for row in rows
                ),
            )
    named_in = _read(con, sql)
    tables = [name for name in named_in if name in keys]
    joined = {name: ", ".join(joins[name]) for name in named_in if name in joins}
    read = {name: fields[name] for name in tables if set(keys[name]) <= set(columns)}
    unnamed = [name for name in tables if name not in read]
    lacking = " or ".join(f"{', '.join(keys[t])} ({t})" for t in unnamed)
    if read:
        behind = _standing(con, (w for t in read for w in _wanted(t, keys, read, columns, rows)))
        left_out = [f"what tables say whose key is not in the answer; select {lacking}, too"] if unnamed else []
        left_out += [f"what {name} puts together from {of}; query these for it" for name, of in joined.items()]
        return Behind(behind.sources, [*behind.left_out, *left_out])
    if "document_id" in columns:
        named = sorted({row["document_id"] for row in rows if row["document_id"]})
        return Behind([Source(Passage(name, None)) for name in named], [])
    if joined:
        told = "; ".join(f"{name} is put together from {of}" for name, of in joined.items())
        raise PipelineError(f"{told}: query these for what its rows rest on, and select their keys")
    raise PipelineError(
        "the answer does not say what its rows rest on; select "
        f"{f'the key, {lacking}, or ' if lacking else ''}claim_id, document_id, or table_name and row_key"
    )


def _claimed(con: Connection) -> dict[str, set[str]]:
    """The columns of each table that claims are made of."""
    found: dict[str, set[str]] = {}
    for table, column in con.execute("SELECT DISTINCT table_name, column_name FROM claim").fetchall():
        found.setdefault(table, set()).update([column] if column else [])
    return found


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


def _standing(con: Connection, wanted: Iterable[Row]) -> Behind:
    """The sources of the values that stand in rows, and how many of the rows have none."""
    cells = [*wanted]
    sources = _found(con, _STANDING, cells)
    rows = {(cell["t"], cell["k"]) for cell in cells}
    claimed = {*con.execute("SELECT DISTINCT table_name, row_key FROM claim WHERE is_published").fetchall()}
    without: dict[str, list[str]] = {}
    for table, key in sorted(row for row in rows - claimed if all(row)):
        without.setdefault(table, []).append(key)
    return Behind(sources, [f"{len(k)} of the rows, which are none of {t}, such as {k[0]}" for t, k in without.items()])


def _wanted(
    table: str,
    keys: Mapping[str, Sequence[str]],
    read: Mapping[str, Collection[str]],
    columns: Sequence[str],
    rows: Sequence[Row],
) -> Iterator[Row]:
    """The rows of one of the tables that were read, once for each field that the answer has of it.

    A column that no table has was made or renamed by the query, so that it may rest on any field.
    """
    key = keys[table]
    others = [name for other in read if other != table for name in (*keys[other], *read[other])]
    made = [name for name in columns if not field_of(name, key)]
    asked = {field_of(name, read[table]) for name in made if field_of(name, read[table]) or not field_of(name, others)}
    for row in rows:
        if all(row[name] is None for name in key):  # of an outer join
            continue
        named = "|".join(f"{name}={_as_written(row[name])}" for name in key)
        for column in asked if made else [None]:
            yield {"t": table, "k": named, "c": column}


def _as_written(cell: object) -> str:
    return LIST_SEPARATOR.join(map(str, cell)) if isinstance(cell, list) else "" if cell is None else str(cell)


def _found(con: Connection, condition: str, wanted: Iterable[Row]) -> list[Source]:
    """The sources of the claims that fit one of those wanted, each once."""
    import pyarrow as pa

    named = list({tuple(row.items()): row for row in wanted}.values())
    if not named:
        return []
    schema = pa.schema([(name, pa.string()) for name in named[0]])
    con.register("wanted", pa.Table.from_pylist(named, schema))
    rows = con.execute(
        f"""
        SELECT DISTINCT c.document_id, c.locator, c.origin_document_id,
               {ORIGIN_LOCATOR.format(reference="reference")} AS origin_locator
        FROM claim c
        JOIN wanted w ON {condition}
        ORDER BY c.document_id, c.locator NULLS FIRST, c.origin_document_id NULLS FIRST, origin_locator NULLS FIRST
        """
    ).fetchall()
    con.unregister("wanted")
    return [Source.of(*row) for row in rows]
