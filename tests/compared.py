"""Two releases in the engine, made from plain rows, and what a list of changes does to them: an oracle for the diff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.claimed import CLAIM_ID
from pipeline.diff.change import create_change_table
from pipeline.diff.side import Side
from pipeline.engine import Connection, connect, quoted
from pipeline.verify.model import table_of
from schemas.registry import tables

Row = Mapping[str, Any]
Cells = dict[tuple[str, str], dict[str, str]]
"""The filled cells outside the key, as text, of each row: (table, key) -> column -> value."""

COUNTED = {"n_claims": "BIGINT", "disputed": "BOOLEAN"}


@dataclass(frozen=True)
class Shape:
    """A table's key and columns; those that count claims come by themselves."""

    key: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One row of the table `change`."""

    table: str
    key: str | None
    column: str | None
    old: str | None
    new: str | None
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """The weighed tables of a release and their rows; `cited` names the document of each cell's one claim."""

    shapes: Mapping[str, Shape]
    rows: Mapping[str, Sequence[Row]]
    cited: Mapping[tuple[str, str, str], str]

    def key_of(self, table: str, row: Row) -> str:
        """A row's key as the change table names it."""
        return "|".join(f"{name}={text(row[name]) or ''}" for name in self.shapes[table].key)

    def claims(self) -> list[dict[str, Any]]:
        """One claim per filled cell."""
        found = []
        for table, rows in self.rows.items():
            for row in rows:
                for column in self.shapes[table].columns:
                    value = text(row[column])
                    if column not in self.shapes[table].key and value is not None:
                        key = self.key_of(table, row)
                        document = self.cited.get((table, key, column), "d1")
                        found.append(
                            {"table_name": table, "row_key": key, "column_name": column, "value": value}
                            | {
                                "document_id": document,
                                "rank": "normal",
                                "is_published": True,
                                "evidence": "not_checked",
                            }
                        )
        return found

    def cells(self, con: Connection, schema: str) -> Cells:
        """The cells a diff is about: those of the tables, computed here, and those of the claims, by their ids."""
        found: Cells = {}
        for table, rows in self.rows.items():
            for row in rows:
                filled = {c: text(row[c]) for c in self.shapes[table].columns if c not in self.shapes[table].key}
                counted = {"n_claims": "1", "disputed": "false"}
                found[table, self.key_of(table, row)] = {c: v for c, v in filled.items() if v is not None} | counted
        told = ("table_name", "row_key", "column_name", "value", "document_id", "rank", "evidence")
        for claim_id, *values in con.execute(f"SELECT claim_id, {', '.join(told)} FROM {schema}.claim").fetchall():
            found["claim", f"claim_id={claim_id}"] = dict(zip(told, values, strict=True))
        return found


def text(value: Any) -> str | None:
    """A value as its CSV cell shows it."""
    if isinstance(value, list):
        return "; ".join(value) or None
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def load(con: Connection, schema: str, state: State, backwards: bool = False) -> Side:
    """Put a state into the engine, its rows in the order given or the reverse."""
    con.execute(f"CREATE SCHEMA {schema}").fetchall()
    shown = {}
    for name, shape in state.shapes.items():
        columns = {**shape.columns, **COUNTED}
        shown[name] = table_of(name, shape.key, columns)
        rows = [{**row, "n_claims": 1, "disputed": False} for row in state.rows.get(name, ())]
        _create(con, f"{schema}.{quoted(name)}", columns, rows[::-1] if backwards else rows)
    claim = {c.name: c.type for c in tables()["claim"].columns}
    claims = state.claims()
    _create(con, f"{schema}.claim", claim, claims[::-1] if backwards else claims)
    con.execute(f"UPDATE {schema}.claim SET claim_id = {CLAIM_ID}").fetchall()
    return Side(schema, schema, {**shown, "claim": table_of("claim", ("claim_id",), claim)})


def _create(con: Connection, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{quoted(c)} {t}' for c, t in columns.items())})").fetchall()
    values = [[row.get(column) for column in columns] for row in rows]
    if values:
        con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", values)


def changes(con: Connection, old: Side, new: Side) -> list[Change]:
    """What the diff of two sides lists, in a total order."""
    create_change_table(con, old, new)
    rows = con.execute("SELECT * FROM change ORDER BY ALL").fetchall()
    return [Change(t, k, c, old, new, why, tuple(claims or ())) for t, k, c, old, new, why, claims in rows]


def diff(*states: State, backwards: bool = False) -> list[list[Change]]:
    """The changes from each state to the next."""
    with connect() as con:
        sides = [load(con, f"s{n}", state, backwards) for n, state in enumerate(states)]
        return [changes(con, one, other) for one, other in pairwise(sides)]


def apply(changed: Sequence[Change], cells: Cells) -> Cells:
    """The cells after a list of changes, which must fit: each old value is there, and no new row is."""
    after = {row: dict(values) for row, values in cells.items()}
    for (table, new_key), parts in _moves(changed).items():
        was = dict(part.partition("=")[::2] for part in new_key.split("|"))
        for part in parts:
            assert was[part.column or ""] == part.new
            was[part.column or ""] = part.old or ""
        after[table, new_key] = after.pop((table, "|".join(f"{name}={value}" for name, value in was.items())))
    moved = {id(part) for parts in _moves(changed).values() for part in parts}
    rest = [c for c in changed if c.key is not None and id(c) not in moved]
    for change in sorted(rest, key=lambda c: c.column is not None):
        row = (change.table, str(change.key))
        if change.column is None and row in after:
            assert any(c.column and c.old for c in rest if (c.table, c.key) == row), "a row goes with its cells"
        elif change.column is None:
            after[row] = {}
    for change in rest:
        row = (change.table, str(change.key))
        if change.column is not None:
            assert after[row].get(change.column) == change.old, change
            after[row].pop(change.column, None)
            if change.new is not None:
                after[row][change.column] = change.new
    gone = {(c.table, str(c.key)) for c in rest if c.column is None} & cells.keys()
    return {row: values for row, values in after.items() if row not in gone or values}


def _moves(changed: Sequence[Change]) -> dict[tuple[str, str], list[Change]]:
    """The changes of key columns, by the row's new key."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changed:
        parts = dict(part.partition("=")[::2] for part in (change.key or "").split("|"))
        if change.why == "renamed" and change.column in parts:
            found.setdefault((change.table, str(change.key)), []).append(change)
    return found
