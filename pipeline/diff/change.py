"""The table `change`: every changed cell with the reason for it, which follows from the claims behind it."""

from __future__ import annotations

from pathlib import Path

from pipeline.diff.cells import cell_changes
from pipeline.diff.renames import Renames, find_renames, followed, translated
from pipeline.diff.schema import KEY, schema_changes
from pipeline.diff.side import Side, restated, same_file
from pipeline.engine import Connection, literal

SQL = Path(__file__).parent / "sql"
"""Where the queries lie that need no name filled in."""

_EMPTY_CLAIMS = (
    "SELECT '' AS claim_id, '' AS table_name, '' AS row_key, '' AS column_name, '' AS value, '' AS written, "
    "'' AS document_id, '' AS rank, false AS is_published LIMIT 0"
)


def create_change_table(con: Connection, old: Side, new: Side) -> None:
    """Create `change`: against `old`, every changed cell, row, column and table of `new`, and what it says of itself.

    Leaves `moved` as well (see `pipeline.diff.renames`), and the tables that the classes were found from.
    """
    renames = find_renames(con, old, new)
    names = sorted(old.compared.keys() | new.compared.keys())
    parts = [
        cell_changes(n, old, new, lambda t, c: translated(t, c, renames)) for n in names if not same_file(old, new, n)
    ]
    nothing = cell_changes("", Side("", "", {}), Side("", "", {}), lambda _t, c: c.name)
    con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {' UNION ALL '.join(f'({p})' for p in parts or [nothing])}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE compared_column AS {_columns(old, new)}").fetchall()
    for side, when in ((old, "before"), (new, "after")):
        con.execute(f"CREATE OR REPLACE TEMP TABLE claims_{when} AS {_claims(side, renames)}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE change AS {(SQL / 'change.sql').read_text('utf-8')}").fetchall()
    rows = [[c.table, c.column, c.old, c.new, "schema"] for c in schema_changes(old.tables, new.tables)]
    rows += [
        [
            "dataset",
            name,
            *(None if s.about.get(name) is None else str(s.about[name]) for s in (old, new)),
            "correction",
        ]
        for name in restated(old, new)
    ]
    if rows:
        con.executemany("INSERT INTO change VALUES (?, NULL, ?, ?, ?, ?, NULL)", rows)


def first_releases(old: Side | None) -> str:
    """The query for the release in which each claim of a side first appeared, by the id it has now: needs `moved`."""
    if old is None or "claim" not in old.tables:
        return "SELECT '' AS claim_id, '' AS first_release LIMIT 0"
    return f"""
        SELECT coalesce(m.new, c.claim_id) AS claim_id, c.first_release
        FROM {old.relation("claim")} c
        LEFT JOIN moved m ON m."table" = 'claim' AND m."column" = 'claim_id' AND m.old = c.claim_id
    """


def _columns(old: Side, new: Side) -> str:
    """The query for the columns of both sides: table_name, column_name, field, rekeyed, reshaped.

    `rekeyed` where the table is no more or has another key; `reshaped` where the column is on one side only, or of
    another type.
    """
    rows = []
    for name in sorted(old.compared.keys() | new.compared.keys()):
        before, after = (
            {c.name: c for c in s.compared[name].columns} if name in s.compared else {} for s in (old, new)
        )
        rekeyed = name in old.compared and (
            name not in new.compared or old.compared[name].key != new.compared[name].key
        )
        for column, shown in {**before, **after}.items():
            types = {side[column].type if column in side else None for side in (before, after) if side}
            rows.append((name, column, shown.field, rekeyed, len(types) > 1))
        rows.append((name, KEY, "", rekeyed, False))
    listed = ", ".join(f"({literal(t)}, {literal(c)}, {literal(f)}, {k}, {r})" for t, c, f, k, r in rows)
    names = "table_name, column_name, field, rekeyed, reshaped"
    return f"SELECT * FROM (VALUES {listed or '(NULL, NULL, NULL, NULL, NULL)'}) v({names})"


def _claims(side: Side, renames: Renames) -> str:
    """The query for one side's claims on what `cell` has changed, in the ids of now; `written` is the value as that side has it."""
    if "claim" not in side.tables:
        return _EMPTY_CLAIMS
    return f"""
        WITH moves AS (SELECT DISTINCT "table", old_key, new_key FROM moved),
        changed AS (SELECT DISTINCT "table", key FROM cell),
        present AS (
            SELECT coalesce(split_part(i.new_key, '=', 2), c.claim_id) AS claim_id, c.table_name, c.row_key,
                   coalesce(c.column_name, '') AS column_name, coalesce(c.value, '') AS value,
                   coalesce(c.written, '') AS written, c.document_id, c.rank, c.is_published
            FROM ({followed(side, renames)}) c
            LEFT JOIN moves i ON i."table" = 'claim' AND i.old_key = 'claim_id=' || c.claim_id
        )
        SELECT * FROM present
        WHERE (table_name, row_key) IN (SELECT ("table", key) FROM changed)
           OR ('claim', 'claim_id=' || claim_id) IN (SELECT ("table", key) FROM changed)
    """
