"""Keys name one row each, rows stand in the order of their key, and references lead to rows that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from pipeline.engine import quoted
from pipeline.engines import rows_of
from pipeline.files import key_text
from pipeline.problems import counted
from pipeline.verify.fault import Fault, contradictions
from pipeline.verify.opened import Opened
from schemas.registry import Column, Table, tables


@dataclass(frozen=True)
class Reference:
    """A column whose values, or the items of whose lists, stand in one of some other columns."""

    table: str
    column: Column
    targets: tuple[tuple[str, str], ...]


def key_faults(release: Opened) -> list[Fault]:
    """Keys that are empty, or name two rows; rows out of order."""
    found: list[Fault] = []
    for name, table in release.tables.items():
        if _rises(release, table):
            continue
        if table.key:
            found += contradictions(f"csv/{name}.csv", _repeated(release, table))
        found += contradictions(f"csv/{name}.csv", _out_of_order(release, table))
    return found


def _rises(release: Opened, table: Table) -> bool:
    """Whether each row has a greater key than the one before it, which proves all that is asked, in one pass.

    lag() without an order goes by that in which rows stand. A row without all of its key is greater than any with it.
    """
    if not table.key:
        return False
    key, name = ", ".join(map(quoted, table.key)), f"now.{quoted(table.name)}"
    steps = f"SELECT row({key}) AS key, lag(row({key})) OVER () AS before FROM {name}"
    falls = f"SELECT count(*) FROM ({steps}) WHERE key <= before"
    empty = f"SELECT count(*) FROM {name} WHERE {' AND '.join(f'{quoted(k)} IS NULL' for k in table.key)}"
    return release.con.execute(f"SELECT ({falls}) + ({empty})").fetchall() == [(0,)]


def _repeated(release: Opened, table: Table) -> Iterator[str]:
    keys = ", ".join(quoted(k) for k in table.key)
    sql = f"SELECT {key_text(table)}, count(*) FROM now.{quoted(table.name)} GROUP BY {keys} HAVING count(*) > 1 ORDER BY 1"
    empty = " AND ".join(f"{quoted(k)} IS NULL" for k in table.key)
    without = f"SELECT count(*) FROM now.{quoted(table.name)} WHERE {empty}"
    n = release.con.execute(without).fetchall()[0][0]
    if n:
        yield f"{counted(n, 'row')} without a key"
    yield from (f"{count} rows have the key {key}" for key, count in rows_of(release.con, sql))


def _out_of_order(release: Opened, table: Table) -> list[str]:
    names = table.key or [c.name for c in table.columns]
    order = ", ".join(f"{quoted(n)} NULLS LAST" for n in names)
    placed = f"SELECT *, row_number() OVER () AS place FROM now.{quoted(table.name)}"
    ranked = f"SELECT place, rank() OVER (ORDER BY {order}) AS rank FROM ({placed})"
    # Rows that are equal in all that orders them share a rank, so a rank never falls in a table that is in order.
    sql = f"SELECT count(*) FROM (SELECT rank < lag(rank) OVER (ORDER BY place) AS falls FROM ({ranked})) WHERE falls"
    n = release.con.execute(sql).fetchall()[0][0]
    return [f"rows are not in the order of their key ({n} stand after a greater one)"] if n else []


def reference_faults(release: Opened) -> list[Fault]:
    """Values that refer to a row which is not there."""
    found: list[Fault] = []
    for reference in references(release):
        here = dict(reference.targets)
        column, name = quoted(reference.column.name), quoted(reference.table)
        value = f"unnest({column})" if reference.column.type == "VARCHAR[]" else column
        known = " UNION ALL ".join(f"SELECT CAST({quoted(c)} AS VARCHAR) FROM now.{quoted(t)}" for t, c in here.items())
        sql = (
            f"SELECT DISTINCT CAST(value AS VARCHAR) FROM (SELECT {value} AS value FROM now.{name}) "
            f"WHERE value IS NOT NULL AND CAST(value AS VARCHAR) NOT IN (SELECT * FROM ({known}) AS k(known) WHERE known IS NOT NULL) ORDER BY 1"
        )
        where = " or ".join(f"{t}.{c}" for t, c in here.items())
        lost = (f"{reference.column.name} {row[0]!r} is not in {where}" for row in rows_of(release.con, sql))
        found += contradictions(f"csv/{reference.table}.csv", lost)
    return found


def references(release: Opened) -> list[Reference]:
    """What refers to what: as the models say, where the release has the column; and as its data package says."""
    said = {(r.table, r.column.name, r.targets): r for r in [*_of_models(release), *_of_package(release)]}
    return list(said.values())


def _of_models(release: Opened) -> Iterator[Reference]:
    columns = {(n, c.name): c for n, t in release.tables.items() for c in t.columns}
    for name, table in tables().items():
        for column in table.columns:
            shown = columns.get((name, column.name))
            pairs = [reference.split(".") for reference in column.cell.references]
            targets = tuple((t, c) for t, c in pairs if (t, c) in columns)
            unread = any(t in release.unread for t, _ in pairs)
            if shown and targets and not unread and shown.type == column.type and column.name == column.field:
                yield Reference(name, shown, targets)


def _of_package(release: Opened) -> Iterator[Reference]:
    # What has no form there is told of with the metadata.
    with suppress(AttributeError, LookupError, TypeError, ValueError):
        for resource in release.json("datapackage.json")["resources"]:
            name, foreign = resource["name"], resource["schema"].get("foreignKeys", [])
            for column, to in ((f["fields"][0], f["reference"]) for f in foreign):
                target, key = to.get("resource") or name, to["fields"][0]
                by_name = {c.name: c for c in release.tables[name].columns} if name in release.tables else {}
                leads = target in release.tables and release.tables[target].key == (key,)
                if leads and column in by_name and by_name[column].type != "VARCHAR[]":
                    yield Reference(name, by_name[column], ((target, key),))
