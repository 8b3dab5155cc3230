-- error in country: a name, a code or a number is one country's, and the standing of a code is what ISO 3166-1 says of it.
--
-- One row per claim of a name, code or number that another country has, and per standing that is not that of its code: codes that
-- begin with AA, QM to QZ, X or ZZ are left to users.
WITH called AS (
    SELECT 'iso2' AS column_name, iso3, iso2 AS value, source_line
    FROM stated.country
    UNION ALL
    SELECT 'name', iso3, name, source_line
    FROM stated.country
    UNION ALL
    SELECT 'official_name', iso3, official_name, source_line
    FROM stated.country
    UNION ALL
    SELECT 'gw_code', iso3, CAST(gw_code AS VARCHAR), source_line
    FROM stated.country
    UNION ALL
    SELECT 'cow_code', iso3, CAST(cow_code AS VARCHAR), source_line
    FROM stated.country
),
shared AS (
    SELECT a.column_name, a.value, a.source_line, b.iso3 AS other, min(b.source_line) AS other_line
    FROM called a
    JOIN called b ON b.column_name = a.column_name AND b.value = a.value AND b.iso3 <> a.iso3
    GROUP BY a.column_name, a.value, a.source_line, b.iso3
),
judged AS (
    SELECT
        source_line, iso3, code_status,
        CASE WHEN regexp_matches(iso3, '^(AA|Q[M-Z]|X|ZZ)') THEN 'user_assigned' ELSE 'official' END AS standing
    FROM stated.country
)
SELECT
    'country' AS table_name,
    source_line,
    column_name,
    value,
    min(concat(other, ' has the same (line ', CAST(other_line AS VARCHAR), '); correct one of the two')) AS message
FROM shared
GROUP BY source_line, column_name, value
UNION ALL
SELECT DISTINCT
    'country',
    source_line,
    'code_status',
    code_status,
    concat('the code ', iso3, ' is ', standing, '; correct the code or its standing')
FROM judged
WHERE code_status IS NOT NULL AND code_status <> standing
