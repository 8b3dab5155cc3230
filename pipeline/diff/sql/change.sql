-- change: one row per changed cell, and per row that was added or removed, with its class and the claims behind it
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
       CASE WHEN n.rekeyed AND (n.added OR n.removed) THEN 'schema'  -- the table is gone, or has another key
            WHEN n.renamed THEN 'renamed'
            WHEN n.removed THEN 'retracted'
            WHEN n.added THEN 'added'
            WHEN n."table" = 'claim' AND n."column" IN ('row_key', 'value', 'document_id') THEN 'renamed'
            WHEN n."table" = 'claim' AND n."column" IN ('rank', 'rank_reason') THEN 'reassessed'
            WHEN n."table" = 'document' AND n."column" = 'reliability' THEN 'reassessed'
            WHEN n."table" IN ('claim', 'document') THEN CASE WHEN n.reshaped THEN 'schema' ELSE 'correction' END
            WHEN n.field = '' AND n.reshaped THEN 'schema'
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
