"""Counting: what a release holds and lacks, in figures for its datasheet.

Each figure is a SQL file in `figures/` that opens with `-- <section>: <title>` and reads tables by their names; what can
be said of every table is derived from the schemas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.datasheet_sections import SECTIONS
from pipeline.engine import Connection, literal, quoted
from pipeline.problems import PipelineError
from pipeline.sqlfiles import named, sql_files
from schemas.registry import Table

_FIGURES = Path(__file__).parent / "figures"
_HEADER = re.compile(r"-- ([a-z]+): (.+)\n")


@dataclass(frozen=True)
class Figure:
    """Some figures of one kind: the section of the datasheet they belong to, and a row for each."""

    name: str
    section: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def count_figures(con: Connection, tables: Mapping[str, Table]) -> tuple[Figure, ...]:
    """Count every figure in the tables of the engine. Raises PipelineError where a file does not say what it counts."""
    every = _ask(
        con,
        "tables",
        "composition",
        "Tables that are read and weighed, and the years that their dates can mean",
        _every(tables),
    )
    return every, *(_counted(con, name, path) for name, path in sql_files(_FIGURES).items())


def _counted(con: Connection, name: str, path: Path) -> Figure:
    sql = path.read_text("utf-8")
    declared = _HEADER.match(sql)
    if not declared or declared[1] not in SECTIONS:
        raise PipelineError(f"{named(path)}: open it with -- <section>: <title>; sections are {', '.join(SECTIONS)}")
    return _ask(con, name, declared[1], declared[2], sql)


def _ask(con: Connection, name: str, section: str, title: str, sql: str) -> Figure:
    answer = con.execute(sql)
    columns = tuple(column[0] for column in answer.description or ())
    return Figure(name, section, title, columns, tuple(answer.fetchall()))


def _every(tables: Mapping[str, Table]) -> str:
    """The query for each table that is not computed: its rows, those disputed, and the years that its dates can mean."""
    chosen = [t for t in tables.values() if t.layer != "published"]
    parts = [
        f"SELECT {n} AS place, {literal(t.name)} AS name, {_span(t)} FROM {quoted(t.name)}"
        for n, t in enumerate(chosen)
    ]
    columns = 'name AS "table", n AS "rows", disputed AS "disputed rows", first_year AS "first year", last_year AS "last year"'
    return (
        f'SELECT {columns}, undated AS "rows without a date" FROM ({" UNION ALL ".join(parts)}) AS spans ORDER BY place'
    )


def _span(table: Table) -> str:
    dates = [f.name for f in table.fields if f.cell.kind == "edtf"]
    disputed = "count(*) FILTER (disputed)" if table.layer == "source" else "NULL"

    def years(aggregate: str, either: str, bound: str) -> str:
        days = ", ".join(quoted(f"{date}_{bound}") for date in dates)
        return f"date_part('year', {aggregate}({either}({days})))" if dates else "NULL"

    undated = " AND ".join(f"{quoted(date)} IS NULL" for date in dates)
    return (
        f"count(*) AS n, {disputed} AS disputed, {years('min', 'least', 'earliest')} AS first_year, "
        f"{years('max', 'greatest', 'latest')} AS last_year, "
        f"{f'count(*) FILTER ({undated})' if dates else 'NULL'} AS undated"
    )
