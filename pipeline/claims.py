"""The claim table: every claim of every table, with the document it rests on and the evidence found for it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.claimed import LIVE, note_of
from pipeline.engine import quoted
from pipeline.engines import Engine
from pipeline.portions import portions
from pipeline.weigh import WEIGHED
from schemas.registry import sources, tables


def create_claim_table(con: Engine, names: Iterable[str], record: Iterable[tuple[str, str, str]]) -> None:
    """Create `claim`, in no order, from `claims.<name>` of each name, `source.reference` and `source.document`.

    `record` holds evidence as (text_sha256, claim_id, result). `first_release` is left empty: a release fills it in.
    """
    import pyarrow as pa

    rows = [dict(zip(("text_sha256", "claim_id", "evidence"), row, strict=True)) for row in record]
    schema = pa.schema([(name, pa.string()) for name in ("text_sha256", "claim_id", "evidence")])
    columns = ", ".join(c.name for c in tables()["claim"].columns)
    con.register("recorded", pa.Table.from_pylist(rows, schema))
    how = "CREATE TABLE claim AS"
    for group in portions(con, [sources()[name] for name in names], "claims"):
        union = " UNION ALL ".join(f"SELECT {WEIGHED} FROM claims.{quoted(table.name)}" for table in group)
        con.execute(f"{how} {_WHOLE.format(union=union, columns=columns)}").fetchall()
        how = "INSERT INTO claim"


_WHOLE = f"""
    WITH stated AS (SELECT *, {note_of("locator")} AS note_number FROM ({{union}})),
    cited AS (
        SELECT document_id, note_number, min(cited_document_id) AS origin_document_id
        FROM source.reference WHERE {LIVE}
        GROUP BY document_id, note_number
    ),
    checked AS (
        SELECT r.claim_id, d.document_id, r.evidence
        FROM recorded r
        JOIN source.document d ON d.text_sha256 = r.text_sha256
    ),
    whole AS (
        SELECT s.*, c.origin_document_id, coalesce(e.evidence, 'not_checked') AS evidence,
               CAST(NULL AS VARCHAR) AS first_release
        FROM stated s
        LEFT JOIN cited c ON c.document_id = s.document_id AND c.note_number = s.note_number
        LEFT JOIN checked e ON e.claim_id = s.claim_id AND e.document_id = s.document_id
    )
    SELECT {{columns}} FROM whole
"""
