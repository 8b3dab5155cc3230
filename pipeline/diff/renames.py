"""Rows that are there under another id: found by their content, and followed to every row that refers to them.

Ids never change by the rules of the sources. Where one does nevertheless, that is no loss and no gain of facts.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claimed import CLAIM_ID
from pipeline.diff.cells import Text, cells, counts, plain
from pipeline.diff.side import Side
from pipeline.engine import Connection, literal, quoted
from pipeline.files import LIST_SEPARATOR, as_text, key_text
from schemas.registry import Column, Table, tables

Renames = Mapping[str, Mapping[str, str]]
"""The ids that changed: `table.column` of the id -> old id -> new id."""

_LEAST = 2
"""How many filled cells must be equal for two rows to be taken for one: a kind alone is shared by many."""

MOST = 1_000
"""Of more renamed ids in a table none is followed: its rows are gone, and others there. Each makes the SQL of a comparison longer."""


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
    renames: dict[str, dict[str, str]] = {}
    while found := _further(con, old, new, shared, renames):  # a renamed parent makes its children comparable
        renames |= found
    if not renames:
        return {}
    for table in shared.values():
        if table.name != "claim" and any(_targets(table, c) & renames.keys() for c in _keys(table)):
            _move(con, old, new, table, renames)
    if "claim" in shared:
        _move_claims(con, old, new, renames)
    return renames


def _further(
    con: Connection, old: Side, new: Side, shared: Mapping[str, Table], known: Renames
) -> dict[str, dict[str, str]]:
    """The renamed ids of the tables in which more are found than are known, once the known ones are followed."""
    found = {f"{n}.{t.key[0]}": _renamed(con, old, new, t, known) for n, t in shared.items() if len(t.key) == 1}
    return {target: ids for target, ids in found.items() if len(ids) > len(known.get(target, {}))}


def translated(table: Table, column: Column, renames: Renames) -> str:
    """SQL of a column's value as text, with the ids that changed since as they are now."""
    ids = _ids(_targets(table, column), renames)
    if not ids:
        return as_text(column)
    if column.type != "VARCHAR[]":
        return _now(f"CAST({quoted(column.name)} AS VARCHAR)", ids)
    items = f"list_transform({quoted(column.name)}, lambda item: {_now('item', ids)})"
    return f"array_to_string({f'list_sort({items})' if column.name in table.key else items}, {literal(LIST_SEPARATOR)})"


def _ids(targets: set[str], renames: Renames) -> dict[str, str]:
    """Old id -> new id of all that a column may refer to."""
    return {o: n for target in sorted(targets) for o, n in renames.get(target, {}).items()}


def _now(value: str, ids: Mapping[str, str]) -> str:
    """SQL of an id as it is now."""
    cases = " ".join(f"WHEN {literal(o)} THEN {literal(n)}" for o, n in sorted(ids.items()))
    return f"CASE {value} {cases} ELSE {value} END"


def _renamed(con: Connection, old: Side, new: Side, table: Table, known: Renames) -> dict[str, str]:
    """Old id -> new id of the rows of one table whose cells are all the same, where only one row can be meant, if not too many."""
    if _keys(table)[0].cell.kind == "edtf" or table.name == "claim":
        return {}

    def gone(side: Side, other: Side, text: Text) -> str:
        """One row per content of the rows that only one side has: their id, where it is only one."""
        filled = (
            f"{cells(side, table.name, text=text)}) WHERE column_name NOT IN ('', {counts(side.tables[table.name])}"
        )
        keys = f"SELECT {key_text(other.tables[table.name])} FROM {other.relation(table.name)}"
        return f"""
            SELECT content, min(id) AS id
            FROM (SELECT id, list((column_name, meant) ORDER BY column_name) AS content FROM ({filled}) GROUP BY id)
            WHERE len(content) >= {_LEAST} AND id NOT IN ({keys})
            GROUP BY content HAVING count(*) = 1
        """

    before = gone(old, new, lambda t, c: translated(t, c, known))
    sql = f"SELECT o.id, n.id FROM ({before}) o JOIN ({gone(new, old, plain)}) n ON n.content = o.content ORDER BY 1"
    found = con.execute(f"{sql} LIMIT {MOST + 1}").fetchall()
    return {o.partition("=")[2]: n.partition("=")[2] for o, n in found} if len(found) <= MOST else {}


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
    """Add to `moved` the claims that only speak of renamed ids otherwise: in row, value or document."""
    con.execute(
        f"""
        INSERT INTO moved
        SELECT 'claim', 'claim_id=' || f.was, 'claim_id=' || n.claim_id, 'claim_id', f.was, n.claim_id
        FROM (SELECT claim_id AS was, {CLAIM_ID} AS now FROM ({followed(old, renames)})) f
        JOIN {new.relation("claim")} n ON n.claim_id = f.now
        WHERE f.was <> f.now
        """
    ).fetchall()


def followed(side: Side, renames: Renames) -> str:
    """The query for the claims of a side in the ids of now, given the rows in `moved`; `written` is the value it has."""
    claims = side.tables["claim"]
    document = next(translated(claims, c, renames) for c in claims.columns if c.name == "document_id")
    return f"""
        SELECT c.claim_id, c.table_name, coalesce(m.new_key, c.row_key) AS row_key, c.column_name, c.value, c.written,
               c.locator, c.document_id, c.rank, c.is_published
        FROM (
            SELECT claim_id, table_name, row_key, column_name, {_said_now(side.compared, renames)} AS value,
                   value AS written, locator, {document} AS document_id, rank, is_published
            FROM {side.relation("claim")}
        ) c
        LEFT JOIN (SELECT DISTINCT "table", old_key, new_key FROM moved) m
               ON m."table" = c.table_name AND m.old_key = c.row_key
    """


def _said_now(compared: Mapping[str, Table], renames: Renames) -> str:
    """SQL of what a claim says, in the ids of now: lists of ids are claimed as one text."""
    cases = []
    for table in compared.values():
        for column in table.columns:
            ids = _ids(_targets(table, column), renames)
            if ids and column.name not in table.key:
                items = (
                    f"list_transform(string_split(value, {literal(LIST_SEPARATOR)}), lambda item: {_now('item', ids)})"
                )
                about = f"table_name = {literal(table.name)} AND column_name = {literal(column.name)}"
                cases.append(f"WHEN {about} THEN array_to_string({items}, {literal(LIST_SEPARATOR)})")
    return f"CASE {' '.join(cases)} ELSE value END" if cases else "value"
