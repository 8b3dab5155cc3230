-- collection: What was read
SELECT what, which
FROM (
    SELECT 1 AS place, 'documents by type' AS what, string_agg(type || ' ' || n, ', ' ORDER BY n DESC, type) AS which
    FROM (SELECT type, count(*) AS n FROM document GROUP BY type) AS types
    UNION ALL
    SELECT 2, 'documents by language', string_agg(language || ' ' || n, ', ' ORDER BY n DESC, language)
    FROM (SELECT coalesce(language, 'not stated') AS language, count(*) AS n FROM document GROUP BY 1) AS languages
    UNION ALL
    SELECT 3, 'years of issue', min(date_part('year', issued_earliest)) || ' to ' || max(date_part('year', issued_latest))
    FROM document
) AS listed
ORDER BY place
