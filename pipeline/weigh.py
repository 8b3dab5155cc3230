"""Weighing: claims to one value per key, by a stated rule, with nothing thrown away.

The rule: deprecated claims are dropped; preferred ones go first; then the more reliable document
(A to E, then F); then the one issued later; then the value that more documents state; then, for a stable result, by
document, passage and value.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.claimed import CITATIONS, CLAIM_ID, LIVE, row_key
from pipeline.engine import literal, quoted
from pipeline.engines import Sql
from pipeline.expand import earliest, expressions
from schemas.registry import Table


def publish_documents(con: Sql, table: Table) -> None:
    """Create the published document table from `source.document`."""
    items = [item for f in table.fields for item in expressions(f, quoted(f.name))]
    con.execute(
        f"CREATE TABLE {quoted(table.name)} AS SELECT {', '.join(items)} FROM source.{quoted(table.name)} ORDER BY 1"
    ).fetchall()


def create_claims(con: Sql, tables: Iterable[Table]) -> None:
    """Create `claims.weighed` and `claims.standing` from `source.<table>` of each table and `source.document`.

    One row per filled value cell and citation of every source row, or per citation of a row that fills none.
    """
    cells = " UNION ALL ".join(f"({_cells_sql(table)})" for table in tables)
    con.execute(f"CREATE OR REPLACE TABLE claims.weighed AS {_WEIGHED.format(cells=cells)}").fetchall()
    con.execute(f"CREATE OR REPLACE TABLE claims.standing AS {_STANDING}").fetchall()


def _cells_sql(table: Table) -> str:
    """The filled value cells of a table, each with its row's key, citation and rank; a null one for a row with none."""
    names = [f.name for f in table.claimed]
    columns = ", ".join([*map(literal, names), "NULL"])
    values = ", ".join([*map(quoted, names), "NULL"])
    nothing = f"coalesce({', '.join(map(quoted, names))}) IS NULL" if names else "true"
    return (
        "SELECT table_name, row_key, column_name, value, cite, rank, rank_reason, note, source_file, source_line "
        f"FROM (SELECT {literal(table.name)} AS table_name, {row_key(table)} AS row_key, cite, "
        "coalesce(rank, 'normal') AS rank, rank_reason, note, "
        f"{literal(f'sources/{table.name}.csv')} AS source_file, source_line, {nothing} AS fills_none, "
        f"unnest([{columns}]) AS column_name, unnest([{values}]) AS value FROM source.{quoted(table.name)}) "
        "WHERE value IS NOT NULL OR (fills_none AND column_name IS NULL)"
    )


_KEPT = "table_name, row_key, column_name, value, rank, rank_reason, note, source_file, source_line"
_BEST = "strpos('ABCDEF', d.reliability)"  # F, which cannot be judged, comes last

_WEIGHED = f"""
    WITH cells AS ({{cells}}),
    cited AS ({CITATIONS.format(columns=_KEPT + ", cite", rows="cells")}),
    claimed AS (
        SELECT c.* EXCLUDE (cite, citation, cited_id), c.cited_id AS document_id,
               {_BEST} AS grade, {earliest("d.issued")} AS issued
        FROM cited c
        LEFT JOIN source.document d ON d.document_id = c.cited_id
    ),
    identified AS (SELECT *, {CLAIM_ID} AS claim_id FROM claimed),
    corroborated AS (
        SELECT table_name, row_key, column_name, value, count(DISTINCT document_id) AS corroboration
        FROM claimed WHERE rank <> 'deprecated'
        GROUP BY table_name, row_key, column_name, value
    ),
    placed AS (
        SELECT c.*, coalesce(k.corroboration, 0) AS corroboration,
               row_number() OVER (
                   PARTITION BY c.table_name, c.row_key, c.column_name, c.rank = 'deprecated'
                   ORDER BY CASE WHEN c.rank = 'preferred' THEN 0 ELSE 1 END, c.grade, c.issued DESC NULLS LAST,
                            k.corroboration DESC NULLS LAST, c.document_id, coalesce(c.locator, ''), c.value
               ) AS place
        FROM identified c
        LEFT JOIN corroborated k
               ON k.table_name = c.table_name AND k.row_key = c.row_key
              AND k.column_name IS NOT DISTINCT FROM c.column_name AND k.value IS NOT DISTINCT FROM c.value
    ),
    winners AS (
        SELECT table_name, row_key, column_name, value AS winner FROM placed WHERE place = 1 AND rank <> 'deprecated'
    )
    SELECT p.* EXCLUDE (grade, issued, place),
           p.rank <> 'deprecated' AND w.row_key IS NOT NULL AND p.value IS NOT DISTINCT FROM w.winner AS is_published
    FROM placed p
    LEFT JOIN winners w
           ON w.table_name = p.table_name AND w.row_key = p.row_key
          AND w.column_name IS NOT DISTINCT FROM p.column_name
"""

_STANDING = """
    SELECT table_name, row_key, CAST(sum(n_claims) AS BIGINT) AS n_claims, max(n_values) > 1 AS disputed
    FROM (
        SELECT table_name, row_key, count(*) AS n_claims,
               count(DISTINCT CASE WHEN rank <> 'deprecated' THEN value END) AS n_values
        FROM claims.weighed
        GROUP BY table_name, row_key, column_name
    )
    GROUP BY table_name, row_key
"""  # how many claims bear on each row, and whether any of its cells is claimed with more than one value


def publish_weighed(con: Sql, table: Table) -> None:
    """Create the published `<table>`, one row per key that a live claim states, from its source and `claims.weighed`."""
    keys = ", ".join(quoted(k) for k in table.key)
    names = [f.name for f in table.claimed]
    wins = [f"max(CASE WHEN column_name = {literal(n)} THEN value END) AS {quoted(n)}" for n in names]
    items = [item for f in table.facts for item in expressions(f, quoted(f.name))]
    order = ", ".join(f"{quoted(k)} NULLS LAST" for k in table.key)
    con.execute(
        f"""
        CREATE TABLE {quoted(table.name)} AS
        WITH live AS (
            SELECT DISTINCT {row_key(table)} AS row_key, {keys} FROM source.{quoted(table.name)} WHERE {LIVE}
        ),
        won AS (
            SELECT {", ".join(["row_key", *wins])}
            FROM claims.weighed WHERE table_name = {literal(table.name)} AND is_published
            GROUP BY row_key
        )
        SELECT {", ".join(items)}, n_claims, disputed
        FROM live
        JOIN (SELECT row_key, n_claims, disputed FROM claims.standing WHERE table_name = {literal(table.name)}) USING (row_key)
        LEFT JOIN won USING (row_key)
        ORDER BY {order}
        """
    ).fetchall()
