-- composition: Known gaps
WITH value_read AS (
    SELECT
        c.table_name, c.row_key, c.column_name,
        min(d.reliability) AS best,
        max(c.corroboration) AS documents
    FROM claim AS c
    JOIN document AS d ON d.document_id = c.document_id
    WHERE c.is_published AND c.column_name IS NOT NULL
    GROUP BY c.table_name, c.row_key, c.column_name
)
SELECT what, number, "out of"
FROM (
    SELECT
        1 AS place, 'claims not compared with a text: none at hand, or nothing in them to look for' AS what,
        count(*) FILTER (evidence = 'not_checked') AS number, count(*) AS "out of"
    FROM claim
    UNION ALL
    SELECT 2, 'claims compared, and not found in the passage', count(*) FILTER (evidence = 'not_found'), count(*)
    FROM claim
    UNION ALL
    SELECT 3, 'published values that one document alone states', count(*) FILTER (documents = 1), count(*)
    FROM value_read
    UNION ALL
    SELECT 4, 'published values that no document of grade A or B states', count(*) FILTER (best > 'B'), count(*)
    FROM value_read
    UNION ALL
    SELECT 5, 'documents without a date of issue', count(*) FILTER (issued IS NULL), count(*) FROM document
    UNION ALL
    SELECT 6, 'documents whose language is not stated', count(*) FILTER (language IS NULL), count(*) FROM document
    UNION ALL
    SELECT 7, 'documents that no claim was read in', count(*) FILTER (c.document_id IS NULL), count(*)
    FROM document AS d
    LEFT JOIN (SELECT DISTINCT document_id FROM claim) AS c ON c.document_id = d.document_id
) AS counted
ORDER BY place
