-- error in indicator, relation: a series has one unit and one base, which the indicator's code names.
--
-- One row per value in another unit than most of its series, and per value whose unit is not in the indicator's code.
WITH measured AS (
    SELECT 'indicator' AS table_name, indicator AS series, coalesce(unit, '') AS unit, source_line
    FROM stated.indicator
    WHERE value_qualifier IS NOT NULL
    UNION ALL
    SELECT 'relation', relation_id, coalesce(unit, ''), source_line
    FROM stated.relation
    WHERE value_qualifier IS NOT NULL
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY table_name, series, unit) AS uses
    FROM measured
),
usual AS (
    SELECT *, first_value(unit) OVER (PARTITION BY table_name, series ORDER BY uses DESC, unit DESC) AS usual_unit
    FROM counted
)
SELECT DISTINCT
    table_name,
    source_line,
    'unit' AS column_name,
    CASE WHEN unit <> '' THEN unit END AS value,
    CASE
        WHEN unit = '' THEN 'empty beside a value; name its unit'
        WHEN unit <> usual_unit THEN
            'most values of ' || series || ' are in ' || usual_unit
            || '; convert this one only if its document does, or give it a code of its own'
        ELSE 'the code ' || series || ' does not name this unit; rename one of the two, such as debt_eur with eur'
    END AS message
FROM usual
WHERE unit = ''
   OR unit <> usual_unit
   OR (table_name = 'indicator' AND unit <> 'persons' AND '_' || series || '_' NOT LIKE '%\_' || replace(unit, '_', '\_') || '\_%' ESCAPE '\')
