-- conflict: one row per key, column and value, wherever claims on that cell differ.
-- Deprecated claims count: a statement known to be wrong is shown beside the value that replaces it.
WITH cells AS (
    SELECT table_name, row_key, column_name, value, document_id, rank, rank_reason, is_published
    FROM claim
    WHERE column_name IS NOT NULL
),
differing AS (
    SELECT table_name, row_key, column_name, count(DISTINCT value) AS n_values
    FROM cells
    GROUP BY table_name, row_key, column_name
    HAVING count(DISTINCT value) > 1
),
reasons AS (
    SELECT table_name, row_key, column_name, value, list_sort(list(DISTINCT rank_reason)) AS rank_reasons
    FROM cells
    WHERE rank_reason IS NOT NULL
    GROUP BY table_name, row_key, column_name, value
),
said AS (
    SELECT
        c.table_name,
        c.row_key,
        c.column_name,
        c.value,
        list_sort(list(DISTINCT c.document_id)) AS documents,
        list_sort(list(DISTINCT c.rank)) AS ranks,
        min(d.reliability) AS reliability,
        max(d.issued) AS issued,
        bool_or(c.is_published) AS is_published
    FROM cells c
    LEFT JOIN document d ON d.document_id = c.document_id
    GROUP BY c.table_name, c.row_key, c.column_name, c.value
)
SELECT
    s.table_name,
    s.row_key,
    s.column_name,
    s.value,
    s.documents,
    s.ranks,
    array_to_string(r.rank_reasons, ' | ') AS rank_reasons,
    s.reliability,
    s.issued,
    n.n_values,
    s.is_published
FROM said s
JOIN differing n ON n.table_name = s.table_name AND n.row_key = s.row_key AND n.column_name = s.column_name
LEFT JOIN reasons r ON r.table_name = s.table_name AND r.row_key = s.row_key AND r.column_name = s.column_name AND r.value = s.value
ORDER BY s.table_name, s.row_key, s.column_name, s.value
