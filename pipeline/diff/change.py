"""The table `change`: every changed cell with the reason for it, which follows from the claims behind it."""

from __future__ import annotations

from pipeline.diff.cells import cell_changes
from pipeline.diff.renames import find_renames, translated
from pipeline.diff.schema import KEY, schema_changes
from pipeline.diff.side import Side
from pipeline.engine import Connection, literal

_EMPTY_CLAIMS = (
    "SELECT '' AS claim_id, '' AS table_name, '' AS row_key, '' AS column_name, '' AS value, "
    "'' AS document_id, false AS is_published LIMIT 0"
)


def create_change_table(con: Connection, old: Side, new: Side) -> None:
    """Create `change`: against `old`, every changed cell, row, column and table of `new`, and what it says of itself.

    Leaves `moved` as well (see `pipeline.diff.renames`), and the tables that the classes were found from.
    """
    renames = find_renames(con, old, new)
    names = sorted(old.compared.keys() | new.compared.keys())
    parts = [cell_changes(n, old, new, lambda t, c: translated(t, c, renames)) for n in names if _differs(n, old, new)]
    nothing = cell_changes("", Side("", "", {}), Side("", "", {}), lambda _t, c: c.name)
    con.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {' UNION ALL '.join(f'({p})' for p in parts or [nothing])}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE compared_column AS {_columns(old, new)}").fetchall()
    for side, when in ((old, "before"), (new, "after")):
        con.execute(f"CREATE OR REPLACE TEMP TABLE claims_{when} AS {_claims(side)}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE change AS {_CLASSED}").fetchall()
    rows = [[c.table, c.column, c.old, c.new, "schema"] for c in schema_changes(old.tables, new.tables)]
    rows += [
        [
            "dataset",
            name,
            *(None if s.about.get(name) is None else str(s.about[name]) for s in (old, new)),
            "correction",
        ]
        for name in sorted(old.about.keys() | new.about.keys())
        if old.about.get(name) != new.about.get(name)
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


def _differs(name: str, old: Side, new: Side) -> bool:
    """Whether a table's cells need to be compared: not where both files are known to be the same."""
    digests = {side.digests.get(name) for side in (old, new)}
    return len(digests) > 1 or None in digests


def _columns(old: Side, new: Side) -> str:
    """The query for the columns of both sides: table_name, column_name, field, rekeyed, reshaped.

    `rekeyed` where the table has another key, `reshaped` where only one side has the column.
    """
    rows = []
    for name in sorted(old.compared.keys() | new.compared.keys()):
        before, after = (
            {c.name: c.field for c in s.compared[name].columns} if name in s.compared else {} for s in (old, new)
        )
        both = name in old.compared and name in new.compared
        anew = both and old.compared[name].key != new.compared[name].key
        rows += [(name, c, f, anew, both and not (c in before and c in after)) for c, f in {**before, **after}.items()]
        rows.append((name, KEY, "", anew, False))
    listed = ", ".join(f"({literal(t)}, {literal(c)}, {literal(f)}, {k}, {r})" for t, c, f, k, r in rows)
    names = "table_name, column_name, field, rekeyed, reshaped"
    return f"SELECT * FROM (VALUES {listed or '(NULL, NULL, NULL, NULL, NULL)'}) v({names})"


def _claims(side: Side) -> str:
    """The query for the claims of one side, about rows as they are named now."""
    if "claim" not in side.tables:
        return _EMPTY_CLAIMS
    return f"""
        WITH moves AS (SELECT DISTINCT "table", old_key, new_key FROM moved)
        SELECT coalesce(split_part(i.new_key, '=', 2), c.claim_id) AS claim_id, c.table_name,
               coalesce(m.new_key, c.row_key) AS row_key, coalesce(c.column_name, '') AS column_name,
               coalesce(c.value, '') AS value, c.document_id, c.is_published
        FROM {side.relation("claim")} c
        LEFT JOIN moves m ON m."table" = c.table_name AND m.old_key = c.row_key
        LEFT JOIN moves i ON i."table" = 'claim' AND i.old_key = 'claim_id=' || c.claim_id
    """


_CLASSED = """
    WITH named AS (
        SELECT c.*, coalesce(p.field, '') AS field, coalesce(p.rekeyed, false) AS rekeyed,
               coalesce(p.reshaped, false) AS reshaped
        FROM cell c
        LEFT JOIN compared_column p ON p.table_name = c."table" AND p.column_name = coalesce(c."column", '(key)')
    ),
    cell_before AS (
        SELECT table_name, row_key, column_name, document_id, list(DISTINCT value) AS said
        FROM claims_before
        GROUP BY table_name, row_key, column_name, document_id
    ),
    row_before AS (
        SELECT table_name, row_key, document_id, list(DISTINCT claim_id) AS ids
        FROM claims_before
        GROUP BY table_name, row_key, document_id
    ),
    -- one row per cell that a claim is about: those that stand now, and whether they are new
    of_cell AS (
        SELECT a.table_name, a.row_key, a.column_name,
               list(a.claim_id ORDER BY a.claim_id) FILTER (a.is_published) AS standing,
               list(a.claim_id ORDER BY a.claim_id) AS said,
               bool_or(a.is_published AND b.document_id IS NULL) AS new_document,
               bool_or(a.is_published AND b.document_id IS NOT NULL AND NOT list_contains(b.said, a.value)) AS reread
        FROM claims_after a
        LEFT JOIN cell_before b ON b.table_name = a.table_name AND b.row_key = a.row_key
                               AND b.column_name = a.column_name AND b.document_id = a.document_id
        GROUP BY a.table_name, a.row_key, a.column_name
    ),
    -- one row per row that claims are about: the standing ones, the new ones, and whether a document is new
    of_row AS (
        SELECT a.table_name, a.row_key,
               list(a.claim_id ORDER BY a.claim_id) FILTER (a.is_published) AS standing,
               list(a.claim_id ORDER BY a.claim_id) FILTER (b.ids IS NULL OR NOT list_contains(b.ids, a.claim_id)) AS fresh,
               bool_or(b.ids IS NULL) AS new_document
        FROM claims_after a
        LEFT JOIN row_before b ON b.table_name = a.table_name AND b.row_key = a.row_key
                              AND b.document_id = a.document_id
        GROUP BY a.table_name, a.row_key
    ),
    gone_from_cell AS (
        SELECT table_name, row_key, column_name, list(claim_id ORDER BY claim_id) FILTER (is_published) AS ids
        FROM claims_before
        GROUP BY table_name, row_key, column_name
    ),
    gone_from_row AS (
        SELECT b.table_name, b.row_key, list(b.claim_id ORDER BY b.claim_id) FILTER (b.is_published) AS standing,
               list(b.claim_id ORDER BY b.claim_id) FILTER (a.claim_id IS NULL) AS ids
        FROM claims_before b
        LEFT JOIN claims_after a ON a.claim_id = b.claim_id
        GROUP BY b.table_name, b.row_key
    )
    SELECT n."table", n.key, n."column", n.old, n.new,
           CASE WHEN n.rekeyed AND (n.added OR n.removed) THEN 'schema'
                WHEN n.renamed THEN 'renamed'
                WHEN n.removed THEN 'retracted'
                WHEN n.added THEN 'added'
                WHEN n."table" = 'claim' AND n."column" = 'row_key' THEN 'renamed'
                WHEN n."table" = 'claim' AND n."column" IN ('rank', 'rank_reason') THEN 'reassessed'
                WHEN n."table" = 'document' AND n."column" = 'reliability' THEN 'reassessed'
                WHEN n."table" IN ('claim', 'document') THEN CASE WHEN n.reshaped THEN 'schema' ELSE 'correction' END
                WHEN n.field = '' AND r.fresh IS NOT NULL THEN CASE WHEN r.new_document THEN 'new_evidence' ELSE 'correction' END
                WHEN n.field = '' AND g.ids IS NOT NULL THEN 'retracted'
                WHEN n.field = '' THEN 'reassessed'
                WHEN c.new_document THEN 'new_evidence'
                WHEN n.reshaped THEN 'schema'
                WHEN c.reread THEN 'correction'
                WHEN n.new IS NULL AND c.said IS NULL THEN 'retracted'
                ELSE 'reassessed' END AS "class",
           CASE WHEN n."table" = 'claim' THEN [split_part(n.key, '=', 2)]
                WHEN n.removed THEN g.standing
                WHEN n."column" IS NULL OR (n.renamed AND c.standing IS NULL) THEN r.standing
                WHEN n.field = '' THEN coalesce(r.fresh, g.ids, r.standing)
                ELSE coalesce(c.standing, c.said, w.ids) END AS claims
    FROM named n
    LEFT JOIN of_cell c ON c.table_name = n."table" AND c.row_key = n.key AND c.column_name = n.field
    LEFT JOIN of_row r ON r.table_name = n."table" AND r.row_key = n.key
    LEFT JOIN gone_from_cell w ON w.table_name = n."table" AND w.row_key = n.key AND w.column_name = n.field
    LEFT JOIN gone_from_row g ON g.table_name = n."table" AND g.row_key = n.key
"""
