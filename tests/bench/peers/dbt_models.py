"""The models of the dbt project: SQL of its own for reading, weighing and claims; the joins as they are.

Each model is a table, and has in its post-hooks the two files of a published one.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.claimed import CITATIONS, CLAIM_ID, LIVE, note_of, row_key
from pipeline.engine import literal, quoted
from pipeline.expand import earliest, expressions
from pipeline.files import as_text
from pipeline.sqlfiles import DATASET, sql_files
from schemas.registry import Table, sources, tables, written

FIRST = "0.1.0"
_KEPT = "table_name, row_key, column_name, value, rank, rank_reason, note, source_file, source_line"


def source_model(table: Table, folder: Path) -> str:
    """The rows of a file, as written; documents lie beside as CSV, in the columns of their table."""
    path = folder / f"{table.name}.csv"
    options = "header = true, all_varchar = true, delim = ',', quote = '\"'"
    return f"SELECT *, row_number() OVER () + 1 AS source_line FROM read_csv({literal(path)}, {options})"


def published_model(table: Table) -> str:
    """A published table: documents as they are, others with the values that won."""
    items = ", ".join(item for f in table.facts for item in expressions(f, quoted(f.name)))
    if table.layer == "bibliography":
        items = ", ".join(item for f in table.fields for item in expressions(f, quoted(f.name)))
        return f"SELECT {items} FROM {_ref('source_document')} ORDER BY 1"
    keys = ", ".join(quoted(k) for k in table.key)
    wins = [f"max(CASE WHEN column_name = {literal(f.name)} THEN value END) AS {quoted(f.name)}" for f in table.claimed]
    mine = f"table_name = {literal(table.name)}"
    return f"""
WITH live AS (
    SELECT DISTINCT {row_key(table)} AS row_key, {keys} FROM {_ref("source_" + table.name)} WHERE {LIVE}
),
won AS (
    SELECT {", ".join(["row_key", *wins])} FROM {_ref("weighed")} WHERE {mine} AND is_published GROUP BY row_key
),
standing AS (
    SELECT row_key, CAST(sum(n_claims) AS BIGINT) AS n_claims, max(n_values) > 1 AS disputed
    FROM (
        SELECT row_key, count(*) AS n_claims, count(DISTINCT CASE WHEN rank <> 'deprecated' THEN value END) AS n_values
        FROM {_ref("weighed")} WHERE {mine} GROUP BY row_key, column_name
    )
    GROUP BY row_key
)
SELECT {items}, n_claims, disputed
FROM live
JOIN standing USING (row_key)
LEFT JOIN won USING (row_key)
ORDER BY {", ".join(f"{quoted(k)} NULLS LAST" for k in table.key)}"""


def weighed_model() -> str:
    """Every claim of every table, with whether its value won."""
    cells = " UNION ALL ".join(_cells(table) for table in sources().values())
    return f"""
WITH cells AS ({cells}),
cited AS ({CITATIONS.format(columns=_KEPT + ", cite", rows="cells")}),
claimed AS (
    SELECT c.* EXCLUDE (cite, citation, cited_id), c.cited_id AS document_id,
           strpos('ABCDEF', d.reliability) AS grade, {earliest("d.issued")} AS issued
    FROM cited c
    LEFT JOIN {_ref("source_document")} d ON d.document_id = c.cited_id
),
corroborated AS (
    SELECT table_name, row_key, column_name, value, count(DISTINCT document_id) AS corroboration
    FROM claimed WHERE rank <> 'deprecated'
    GROUP BY table_name, row_key, column_name, value
),
identified AS (SELECT *, {CLAIM_ID} AS claim_id FROM claimed),
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
       ON w.table_name = p.table_name AND w.row_key = p.row_key AND w.column_name IS NOT DISTINCT FROM p.column_name"""


def claim_model() -> str:
    """The published table of claims; no text is at hand, so there is no evidence."""
    made = {"evidence": "'not_checked'", "first_release": literal(FIRST)}
    columns = ", ".join(f"{made.get(c.name, c.name)} AS {c.name}" for c in tables()["claim"].columns)
    return f"""
WITH stated AS (SELECT *, {note_of("locator")} AS note_number FROM {_ref("weighed")}),
cited AS (
    SELECT document_id, note_number, min(cited_document_id) AS origin_document_id
    FROM {_ref("source_reference")} WHERE {LIVE}
    GROUP BY document_id, note_number
)
SELECT {columns} FROM stated s LEFT JOIN cited c USING (document_id, note_number) ORDER BY claim_id"""


def models(folder: Path, day: str, joins: Path) -> dict[str, str]:
    """Every model by its name: sources as written, published tables, claims, joins."""
    plain = {f"source_{name}": source_model(table, folder) for name, table in written().items()}
    plain |= {name: published_model(table) for name, table in written().items()}
    plain |= {"weighed": weighed_model(), "claim": claim_model()}
    plain[DATASET] = f"SELECT DATE {literal(day)} AS as_of"
    joined = {name: path.read_text("utf-8") for name, path in sql_files(joins).items()}
    needed = [*written(), "claim", DATASET]
    ahead = "".join(f"-- depends_on: {_ref(name)}\n" for name in needed)
    made = plain | {name: f"{ahead}{{% raw %}}{sql}{{% endraw %}}" for name, sql in joined.items()}
    return dict(sorted(made.items()))


def post_hooks(table: Table, output: Path) -> list[str]:
    """What writes a published table as Parquet and as CSV once it is built."""
    cells = ", ".join(f"{as_text(c)} AS {quoted(c.name)}" for c in table.columns)
    parquet, csv = (literal(output / kind / f"{table.name}.{kind}") for kind in ("parquet", "csv"))
    return [
        f"COPY {{{{ this }}}} TO {parquet} (FORMAT parquet, COMPRESSION zstd)",
        f"COPY (SELECT {cells} FROM {{{{ this }}}}) TO {csv} (FORMAT csv, HEADER true)",
    ]


def _ref(name: str) -> str:
    return f"{{{{ ref('{name}') }}}}"


def _cells(table: Table) -> str:
    names = [f.name for f in table.claimed]
    columns = ", ".join([*map(literal, names), "NULL"])
    values = ", ".join([*map(quoted, names), "NULL"])
    nothing = f"coalesce({', '.join(map(quoted, names))}) IS NULL" if names else "true"
    return (
        f"SELECT table_name, row_key, column_name, value, cite, rank, rank_reason, note, source_file, source_line "
        f"FROM (SELECT {literal(table.name)} AS table_name, {row_key(table)} AS row_key, cite, "
        f"coalesce(rank, 'normal') AS rank, rank_reason, note, {literal('sources/' + table.file)} AS source_file, "
        f"source_line, {nothing} AS fills_none, unnest([{columns}]) AS column_name, unnest([{values}]) AS value "
        f"FROM {_ref('source_' + table.name)}) WHERE value IS NOT NULL OR (fills_none AND column_name IS NULL)"
    )
