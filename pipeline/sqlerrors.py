"""What DuckDB says of a query that it cannot answer, in a reader's words: what is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from pipeline.engine import Connection

_OUTSIDE = (
    "a query sees the tables of the release, and no other file or address; to join files of your own, open the release "
    "in DuckDB with its wb6.sql"
)
_TABLE = re.compile(r"Table with name (?P<name>.+?) does not exist", re.DOTALL)
_FUNCTION = re.compile(r"(?P<kind>Table|Scalar|Aggregate|Macro)? ?Function with name (?P<name>.+?) does not exist")
_COLUMN = re.compile(
    r'(?:Referenced column|column named|Column|table) "(?P<name>[^"]+)"(?: not found in FROM clause| does not exist|$)'
)
_LINE = re.compile(r"\n\nLINE (?P<line>\d+): (?P<text>.*)\n(?P<pad> *)\^", re.DOTALL)


def explained(con: Connection, error: Exception, sql: str) -> str:
    """Why a query has no answer, with the place in it and the names that may have been meant."""
    said = str(error)
    what = said.split("\n", 1)[0].partition(" Error: ")[2] or said.split("\n", 1)[0]
    if "disabled by configuration" in said or "configuration has been locked" in said:
        return _OUTSIDE
    if match := _TABLE.search(said):
        return _of_table(con, match["name"], sql)
    if match := _FUNCTION.search(said):
        known = _function_names(con)
        if match["name"].lower() in known:
            use = "a value: SELECT it" if match["kind"] == "Table" else "a table: ask FROM it"
            return f"{match['name']} gives {use}"
        return _unknown("function or macro", match["name"], known, sql, "see .macros of wb6 sql, or duckdb_functions()")
    if match := _COLUMN.search(what.rstrip("!")):
        return _unknown("column", match["name"], _columns(con, sql), sql, "DESCRIBE a table to see its columns")
    if "is not an table" in said:  # a view that a statement inside the SELECT would write to
        return "a release is never written: only ask"
    return what.strip().rstrip("!.") + _hint(con, what) + _place(said, sql)


def _hint(con: Connection, what: str) -> str:
    """How a column is written whose name is a word of SQL."""
    near = re.search(r'syntax error at or near "(\w+)"', what)
    if near and near[1].lower() in _columns(con, ""):
        return f'; {near[1]} is a word of SQL, so the column is written "{near[1].lower()}"'
    return ""


def _place(said: str, sql: str) -> str:
    place = _LINE.search(said)
    if not place:
        return ""
    if place["text"].startswith("..."):  # a long line, of which DuckDB shows a part
        return said[place.start() + 1 :]
    return _pointed(sql, int(place["line"]), len(place["pad"]) - len(f"LINE {place['line']}: "))


def _of_table(con: Connection, name: str, sql: str) -> str:
    if "/" in name or "\\" in name or re.search(r"\.(csv|tsv|json|parquet|txt|xlsx|db|duckdb)\b", name):
        return _OUTSIDE
    macros = _names(con, "SELECT function_name FROM duckdb_functions() WHERE NOT internal")
    known = [*_names(con, "SELECT view_name FROM duckdb_views() WHERE NOT internal"), *macros]
    return _unknown("table", name, known, sql, "SHOW TABLES lists them")


def _unknown(kind: str, name: str, known: Iterable[str], sql: str, otherwise: str) -> str:
    """That a name is none, the ones like it, and where it stands."""
    near = difflib.get_close_matches(name.lower(), sorted(set(known)), 3, 0.6)
    hint = f"did you mean {', '.join(near[:-1])}{' or ' if near[1:] else ''}{near[-1]}?" if near else otherwise
    found = re.search(rf"(?<![\w.]){re.escape(name)}\b|\b{re.escape(name)}\b", sql, re.IGNORECASE)
    what = f"there is no {kind} {name}; {hint}"
    if not found:
        return what
    before = sql[: found.start()]
    return what + _pointed(sql, before.count("\n") + 1, len(before) - before.rfind("\n") - 1)


def _pointed(sql: str, line: int, column: int) -> str:
    """The line of a query with a caret below the place."""
    lines = sql.split("\n")
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1]
    return f"\n{line}:{column + 1}: {text}\n{' ' * (len(f'{line}:{column + 1}: ') + column)}^"


def _columns(con: Connection, sql: str) -> list[str]:
    """The columns of the tables that a query names, or of all where it names none."""
    rows = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1, 2"
    ).fetchall()
    words = set(re.findall(r"\w+", sql.lower()))
    named = [column for table, column in rows if table.lower() in words]
    return named or [column for _, column in rows]


def _function_names(con: Connection) -> list[str]:
    return _names(
        con, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_matches(function_name, '^[a-z]')"
    )


def _names(con: Connection, sql: str) -> list[str]:
    return [row[0] for row in con.execute(sql).fetchall()]
