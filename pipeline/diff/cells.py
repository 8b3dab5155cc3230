"""The cells of a release as rows, and those of them that differ between two releases."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.diff.side import FOLLOWING, Side
from pipeline.engine import literal, quoted
from pipeline.files import as_text, key_text
from schemas.registry import Column, Table

Text = Callable[[Table, Column], str]
"""How a column's value is written in SQL."""


def plain(_table: Table, column: Column) -> str:
    """A column's value as its CSV cell shows it."""
    return as_text(column)


def compared_columns(table: Table) -> list[Column]:
    """The columns whose cells are compared: none of the key, or expanded from it, and none that only follows."""
    return [c for c in table.columns if c.field not in table.key and c.name not in FOLLOWING.get(table.name, ())]


def counts(table: Table) -> str:
    """The columns that count the claims of a row, as a list of SQL literals, never empty."""
    return ", ".join([literal(c.name) for c in table.columns if not c.field] or ["''"])


def cells(side: Side, name: str, other: Side | None = None, text: Text = plain) -> str:
    """The query for the cells of one table of one side, and for its rows, as cells of no column with an empty value.

    One row per filled cell: id, column_name, value, meant. `id` is the row's key as claims name it; `value` is as the
    CSV has it, `meant` as `text` writes it. Rows that are the same in `other` are left out.
    """
    table = side.tables[name]
    items = ["('', '', '')"] + [
        f"({literal(c.name)}, CAST({as_text(c)} AS VARCHAR), CAST({text(table, c)} AS VARCHAR))"
        for c in compared_columns(table)
    ]
    listed = f"SELECT {key_text(table)} AS id, unnest([{', '.join(items)}]) AS cell FROM {_unlike(side, name, other)}"
    return (
        f"SELECT id, cell[1] AS column_name, cell[2] AS value, cell[3] AS meant FROM ({listed}) "
        "WHERE cell[1] = '' OR cell[2] <> ''"
    )


def _unlike(side: Side, name: str, other: Side | None) -> str:
    """A table, without the rows that the other side has as well; the whole of it, where their shapes differ."""
    if other is None or name not in other.tables or side.tables[name].key != other.tables[name].key:
        return side.relation(name)
    ours, theirs = ({(c.name, c.type) for c in s.tables[name].columns} for s in (side, other))
    if ours != theirs:
        return side.relation(name)
    names = ", ".join(quoted(c.name) for c in side.tables[name].columns if c.name not in FOLLOWING.get(name, ()))
    return f"(SELECT {names} FROM {side.relation(name)} EXCEPT SELECT {names} FROM {other.relation(name)})"


def cell_changes(name: str, old: Side, new: Side, text: Text) -> str:
    """The query for the cells of one table that differ, given the table `moved`; a side may lack the table.

    One row per changed cell, and per row that was added or removed (with no column): "table", key, "column", old, new,
    added (its row is new), removed (its row is gone), renamed (the cell means the same under another id). `text` writes
    the old values as they would be written now.
    """
    nothing = "SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS column_name, NULL::VARCHAR AS value, NULL::VARCHAR AS meant LIMIT 0"
    before = cells(old, name, new, text) if name in old.tables else nothing
    after = cells(new, name, old) if name in new.tables else nothing
    return f"""
        WITH before AS (
            SELECT coalesce(m.new_key, c.id) AS id, c.column_name, c.value, c.meant
            FROM ({before}) c
            LEFT JOIN (SELECT DISTINCT old_key, new_key FROM moved WHERE "table" = {literal(name)}) m ON m.old_key = c.id
        ),
        both_sides AS (
            SELECT coalesce(a.id, b.id) AS id, coalesce(a.column_name, b.column_name) AS column_name,
                   b.value AS old, a.value AS new, b.meant
            FROM before b
            FULL JOIN ({after}) a ON a.id = b.id AND a.column_name = b.column_name
            WHERE a.value IS DISTINCT FROM b.value
        ),
        marked AS (
            SELECT *, bool_or(column_name = '' AND old IS NULL) OVER (PARTITION BY id) AS added,
                   bool_or(column_name = '' AND new IS NULL) OVER (PARTITION BY id) AS removed
            FROM both_sides
        )
        SELECT {literal(name)} AS "table", id AS key, nullif(column_name, '') AS "column", nullif(old, '') AS old,
               nullif(new, '') AS new, added, removed, coalesce(meant = new, false) AS renamed
        FROM marked
        UNION ALL
        SELECT "table", new_key, "column", old, new, false, false, true FROM moved WHERE "table" = {literal(name)}
    """
