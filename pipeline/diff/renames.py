"""Rows that are there under another id: found by their content, and followed to every row that refers to them.

Ids never change by the rules of the sources. Where one does nevertheless, that is no loss and no gain of facts.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claimed import CLAIM_ID
from pipeline.diff.cells import cells, counts
from pipeline.diff.side import Side
from pipeline.engine import Connection, literal, quoted
from pipeline.files import as_text, key_text
from schemas.registry import Column, Table, tables

Renames = Mapping[str, Mapping[str, str]]
"""The ids that changed: `table.column` of the id -> old id -> new id."""

_LEAST = 2
"""How many filled cells must be equal for two rows to be taken for one: a kind alone is shared by many."""


def find_renames(con: Connection, old: Side, new: Side) -> Renames:
    """Create `moved`, and give the ids that changed.

    `moved` has one row per key column of a row that is there under another key: "table", old_key, new_key, "column",
    old, new.
    """
    con.execute(
        'CREATE OR REPLACE TEMP TABLE moved ("table" VARCHAR, old_key VARCHAR, new_key VARCHAR, '
        '"column" VARCHAR, old VARCHAR, new VARCHAR)'
    ).fetchall()
    shared = {n: t for n, t in new.compared.items() if n in old.compared and old.compared[n].key == t.key}
    renames = {
        f"{name}.{table.key[0]}": found for name, table in shared.items() if (found := _renamed(con, old, new, table))
    }
    if not renames:
        return {}
    for table in shared.values():
        if table.name != "claim" and any(_targets(table, c) & renames.keys() for c in _keys(table)):
            _move(con, old, new, table, renames)
    if "claim" in shared:
        _move_claims(con, old, new, renames)
    return renames


def translated(table: Table, column: Column, renames: Renames) -> str:
    """SQL of a column's value as text, with the ids that changed since as they are now."""
    ids = {o: n for target in _targets(table, column) for o, n in renames.get(target, {}).items()}
    if not ids:
        return as_text(column)
    cases = " ".join(f"WHEN {literal(o)} THEN {literal(n)}" for o, n in sorted(ids.items()))
    if column.type != "VARCHAR[]":
        return f"CASE {quoted(column.name)} {cases} ELSE {quoted(column.name)} END"
    items = f"list_transform({quoted(column.name)}, lambda item: CASE item {cases} ELSE item END)"
    return f"array_to_string({f'list_sort({items})' if column.name in table.key else items}, '; ')"


def _renamed(con: Connection, old: Side, new: Side, table: Table) -> dict[str, str]:
    """Old id -> new id of the rows of one table whose cells are all the same, where only one row can be meant."""
    if len(table.key) != 1 or _keys(table)[0].cell.kind == "edtf" or table.name == "claim":
        return {}
    key = quoted(table.key[0])

    def gone(side: Side, other: Side) -> str:
        """One row per content of the rows that only one side has: their id, where it is only one."""
        own = (
            f"{cells(side, table.name, table.key[0])}) WHERE column_name NOT IN ('', {counts(side.tables[table.name])}"
        )
        return f"""
            SELECT content, min(id) AS id
            FROM (SELECT id, list((column_name, value) ORDER BY column_name) AS content FROM ({own}) GROUP BY id)
            WHERE len(content) >= {_LEAST} AND id NOT IN (SELECT {key} FROM {other.relation(table.name)})
            GROUP BY content HAVING count(*) = 1
        """

    sql = f"SELECT o.id, n.id FROM ({gone(old, new)}) o JOIN ({gone(new, old)}) n ON n.content = o.content"
    return dict(con.execute(sql).fetchall())


def _keys(table: Table) -> list[Column]:
    by_name = {c.name: c for c in table.columns}
    return [by_name[name] for name in table.key]


def _targets(table: Table, column: Column) -> set[str]:
    """The ids that a column holds: its own where it is the key, and those it refers to by today's models."""
    own = {f"{table.name}.{column.name}"} if (column.name,) == table.key else set()
    model = tables().get(table.name)
    named = [c for c in model.columns if c.name == column.name == c.field] if model else []
    return own.union(*(c.cell.references for c in named))


def _move(con: Connection, old: Side, new: Side, table: Table, renames: Renames) -> None:
    """Add to `moved` the rows of one table that are there under a key of other ids."""
    then = old.tables[table.name]
    parts = {
        c.name: (f"coalesce({as_text(c)}, '')", f"coalesce({translated(then, c, renames)}, '')") for c in _keys(then)
    }
    after = " || '|' || ".join(f"{literal(name + '=')} || {now}" for name, (_, now) in parts.items())
    listed = ", ".join(f"({literal(name)}, {was}, {now})" for name, (was, now) in parts.items())
    con.execute(
        f"""
        INSERT INTO moved
        SELECT {literal(table.name)}, o.old_key, o.new_key, o.part[1], o.part[2], o.part[3]
        FROM (
            SELECT {key_text(then)} AS old_key, {after} AS new_key, unnest([{listed}]) AS part
            FROM {old.relation(table.name)}
        ) o
        JOIN (SELECT {key_text(table)} AS key FROM {new.relation(table.name)}) n ON n.key = o.new_key
        WHERE o.part[2] <> o.part[3]
        """
    ).fetchall()


def _move_claims(con: Connection, old: Side, new: Side, renames: Renames) -> None:
    """Add to `moved` the claims that are about a moved row, or read in a renamed document, and otherwise the same."""
    claims = old.tables["claim"]
    document = next(translated(claims, c, renames) for c in claims.columns if c.name == "document_id")
    con.execute(
        f"""
        INSERT INTO moved
        WITH rows_moved AS (SELECT DISTINCT "table", old_key, new_key FROM moved),
        cited AS (
            SELECT claim_id AS was, table_name, row_key, column_name, value, locator, {document} AS document_id
            FROM {old.relation("claim")}
        ),
        followed AS (
            SELECT c.* REPLACE (coalesce(m.new_key, c.row_key) AS row_key)
            FROM cited c
            LEFT JOIN rows_moved m ON m."table" = c.table_name AND m.old_key = c.row_key
        )
        SELECT 'claim', 'claim_id=' || f.was, 'claim_id=' || n.claim_id, 'claim_id', f.was, n.claim_id
        FROM (SELECT was, {CLAIM_ID} AS claim_id FROM followed) f
        JOIN {new.relation("claim")} n ON n.claim_id = f.claim_id
        WHERE f.was <> f.claim_id
        """
    ).fetchall()
