"""SQL files that lie with the code: one query each, named by its file, over tables by their names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.engine import Connection
from pipeline.engines import SqlError
from pipeline.problems import PipelineError

DATASET = "dataset"
"""A table of one row that every join may read: `as_of`, the dataset's cut-off date."""


def sql_files(folder: Path) -> dict[str, Path]:
    """The SQL files of a folder by their names, without the ending."""
    return {path.stem: path for path in sorted(folder.glob("*.sql"))}


def named(path: Path) -> str:
    """A SQL file as messages name it."""
    return f"pipeline/{path.parent.name}/{path.name}"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name a SQL file in what an engine says of it. Raises PipelineError, but where only memory is wanting."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise  # it is not the SQL that is wrong
    except (duckdb.Error, SqlError) as error:
        raise PipelineError(f"{named(path)}: {str(error).splitlines()[0]}") from None


def tables_read(con: Connection, path: Path) -> set[str]:
    """The tables that a SQL file reads, with their schema where it names one; its own common table expressions left out.

    Raises PipelineError where it is not one SELECT.
    """
    return _read(con, path) - {DATASET}


def reads_dataset(con: Connection, path: Path) -> bool:
    """Whether a SQL file reads the cut-off date. Raises PipelineError where it is not one SELECT."""
    return DATASET in _read(con, path)


def _read(con: Connection, path: Path) -> set[str]:
    text = path.read_text("utf-8")
    found = json.loads(con.execute("SELECT json_serialize_sql(?)", [text]).fetchall()[0][0])
    if found["error"] or len(found["statements"]) != 1:
        several = "it holds more than one statement" if found.get("statements") else "it holds no statement"
        place, reason = named(path), found.get("error_message", several)
        if found.get("position"):
            before = text.encode()[: int(found["position"])].decode("utf-8", "ignore")
            place += f":{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        raise PipelineError(f"{place}: not one SELECT statement: {reason}")
    nodes = list(_nodes(found["statements"]))
    own = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", [])}
    read = [(node["schema_name"], node["table_name"]) for node in nodes if node.get("type") == "BASE_TABLE"]
    return {f"{schema}.{name}" if schema else name for schema, name in read} - own


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
