"""Weighing: claims to one value per key, by a stated rule, with nothing thrown away.

The rule: deprecated claims are dropped; preferred ones go first; then the more reliable document
(A to E, then F); then the one issued later; then, for a stable result, by document, passage and value.
"""

from __future__ import annotations

from pipeline.engine import Connection, literal, quoted
from pipeline.expand import earliest, expressions
from pipeline.rules import CITATIONS, row_key
from schemas.registry import Table

UNRANKED = "strpos('ABCDEF', {grade})"
"""A grade as a number, the best first; F, which cannot be judged, comes last."""


def publish_documents(con: Connection, table: Table) -> None:
    """Create the published document table from `source.document`."""
    items = [item for f in table.fields for item in expressions(f, quoted(f.name))]
    con.execute(f"CREATE TABLE {quoted(table.name)} AS SELECT {', '.join(items)} FROM source.{quoted(table.name)} ORDER BY 1")


def weigh(con: Connection, table: Table) -> None:
    """Create `claims.<table>` and the published `<table>` from `source.<table>` and `source.document`.

    `claims.<table>` has one row per filled value cell and citation, or per citation of a row that fills none.
    """
    claims = f"claims.{quoted(table.name)}"
    con.execute(f"CREATE TABLE {claims} AS {claims_sql(table)}")
    con.execute(f"CREATE TABLE {quoted(table.name)} AS {published_sql(table, claims)}")


def claims_sql(table: Table) -> str:
    """The query for a table's claims. Reads source.<table> and source.document."""
    rows = f"source.{quoted(table.name)}"
    keys = ", ".join(f"{quoted(k)} AS {quoted('key_' + k)}" for k in table.key)
    common = f"source_line, {row_key(table)} AS row_key, {keys}, coalesce(rank, 'normal') AS rank, rank_reason, note"
    names = [f.name for f in table.claimed]
    cells = [
        f"SELECT {common}, {literal(n)} AS column_name, {quoted(n)} AS value FROM {rows} WHERE {quoted(n)} IS NOT NULL"
        for n in names
    ]
    nothing = f"coalesce({', '.join(quoted(n) for n in names)}) IS NULL" if names else "true"
    cells.append(
        f"SELECT {common}, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS value FROM {rows} WHERE {nothing}"
    )
    best = UNRANKED.format(grade="d.reliability")
    return f"""
        WITH cells AS ({" UNION ALL ".join(cells)}),
        cited AS ({CITATIONS.format(columns="source_line", rows=rows)}),
        claimed AS (
            SELECT c.*, t.cited_id AS document_id, t.locator, {best} AS grade, {earliest("d.issued")} AS issued
            FROM cells c
            JOIN cited t ON t.source_line = c.source_line
            LEFT JOIN source.document d ON d.document_id = t.cited_id
        ),
        placed AS (
            SELECT *,
                   row_number() OVER (
                       PARTITION BY row_key, column_name, rank = 'deprecated'
                       ORDER BY CASE WHEN rank = 'preferred' THEN 0 ELSE 1 END, grade, issued DESC NULLS LAST,
                                document_id, coalesce(locator, ''), value
                   ) AS place
            FROM claimed
        ),
        winners AS (
            SELECT row_key, column_name, value AS winner FROM placed WHERE place = 1 AND rank <> 'deprecated'
        ),
        corroborated AS (
            SELECT row_key, column_name, value, count(DISTINCT document_id) AS corroboration
            FROM claimed WHERE rank <> 'deprecated'
            GROUP BY row_key, column_name, value
        )
        SELECT {literal(table.name)} AS table_name, p.*,
               substr(sha256(concat_ws('|', {literal(table.name)}, p.row_key, coalesce(p.column_name, ''),
                                       coalesce(p.value, ''), p.document_id, coalesce(p.locator, ''))), 1, 16) AS claim_id,
               p.rank <> 'deprecated' AND w.row_key IS NOT NULL AND p.value IS NOT DISTINCT FROM w.winner AS is_published,
               coalesce(k.corroboration, 0) AS corroboration,
               {literal(f'sources/{table.name}.csv')} AS source_file
        FROM placed p
        LEFT JOIN winners w
               ON w.row_key = p.row_key AND w.column_name IS NOT DISTINCT FROM p.column_name
        LEFT JOIN corroborated k
               ON k.row_key = p.row_key AND k.column_name IS NOT DISTINCT FROM p.column_name
              AND k.value IS NOT DISTINCT FROM p.value
    """


def published_sql(table: Table, claims: str) -> str:
    """The query for a published table: one row per key that a live claim states. Reads `claims`."""
    keys = ", ".join(quoted("key_" + k) for k in table.key)
    named = ", ".join(f"{quoted('key_' + k)} AS {quoted(k)}" for k in table.key)
    names = [f.name for f in table.claimed]
    wins = [
        f"max(CASE WHEN is_published AND column_name = {literal(n)} THEN value END) AS {quoted(n)}" for n in names
    ]
    shown = [f for f in table.fields if f.cell.key or f.name in names]
    items = [item for f in shown for item in expressions(f, quoted(f.name))]
    order = ", ".join(f"{quoted(k)} NULLS LAST" for k in table.key)
    return f"""
        WITH differing AS (
            SELECT row_key, count(DISTINCT value) > 1 AS differs
            FROM {claims} WHERE rank <> 'deprecated' GROUP BY row_key, column_name
        ),
        disputes AS (SELECT row_key, bool_or(differs) AS disputed FROM differing GROUP BY row_key),
        weighed AS (
            SELECT row_key, {", ".join([named, *wins])}, count(*) AS n_claims,
                   bool_or(rank <> 'deprecated') AS stands
            FROM {claims} GROUP BY row_key, {keys}
        )
        SELECT {", ".join(items)}, n_claims, disputed
        FROM weighed
        JOIN disputes USING (row_key)
        WHERE stands
        ORDER BY {order}
    """
