-- composition: What is claimed, and what becomes of it
SELECT what, number
FROM (
    SELECT 1 AS place, 'claims' AS what, count(*) AS number FROM claim
    UNION ALL
    SELECT 2, 'cells and rows that they are about', count(*)
    FROM (SELECT DISTINCT table_name, row_key, column_name FROM claim) AS cells
    UNION ALL
    SELECT 3, 'documents that they were read in', count(DISTINCT document_id) FROM claim
    UNION ALL
    SELECT 4, 'preferred claims', count(*) FROM claim WHERE rank = 'preferred'
    UNION ALL
    SELECT 5, 'deprecated claims: known to be wrong', count(*) FROM claim WHERE rank = 'deprecated'
    UNION ALL
    SELECT 6, 'cells on which claims differ', count(*) FROM conflict
    UNION ALL
    SELECT 7, 'of these, only in how exactly they give a date', count(*) FROM conflict WHERE only_precision
    UNION ALL
    SELECT 8, 'of these, without a value, since every claim is deprecated', count(*)
    FROM conflict
    WHERE decided_by = 'none_stands'
) AS counted
ORDER BY place
