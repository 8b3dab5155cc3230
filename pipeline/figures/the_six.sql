-- composition: The six, and the years for which they have no indicator
WITH measured AS (
    SELECT DISTINCT iso3, unnest(generate_series(year(period_earliest), year(period_latest))) AS measured_year
    FROM indicator
    WHERE period_earliest IS NOT NULL AND period_latest IS NOT NULL
),
spans AS (
    SELECT iso3, min(measured_year) AS first_year, max(measured_year) AS last_year
    FROM measured
    GROUP BY iso3
),
missing AS (
    SELECT every.iso3, string_agg(CAST(every.one_year AS VARCHAR), ', ' ORDER BY every.one_year) AS years
    FROM (SELECT iso3, unnest(generate_series(first_year, last_year)) AS one_year FROM spans) AS every
    LEFT JOIN measured AS m ON m.iso3 = every.iso3 AND m.measured_year = every.one_year
    WHERE m.iso3 IS NULL
    GROUP BY every.iso3
)
SELECT
    c.iso3 AS country,
    (SELECT count(*) FROM timeline AS t WHERE t.iso3 = c.iso3) AS "rows of timeline",
    (SELECT count(DISTINCT i.indicator) FROM indicator AS i WHERE i.iso3 = c.iso3) AS indicators,
    s.first_year AS "first year",
    s.last_year AS "last year",
    CASE WHEN s.iso3 IS NULL THEN 'all' ELSE coalesce(m.years, 'none') END AS "years between without any"
FROM country AS c
LEFT JOIN spans AS s ON s.iso3 = c.iso3
LEFT JOIN missing AS m ON m.iso3 = c.iso3
WHERE c.is_wb6
ORDER BY c.iso3
