-- error in indicator, relation: a series has one unit and one base, which the indicator's code names.
--
-- One row per value in another unit than most of its series, without a unit, or in a unit or price base that the
-- indicator's code does not name. Budgets and expenditure in money have a price base; a stock of debt has none.
WITH measured AS (
    SELECT 'indicator' AS table_name, indicator AS series, unit, source_line
    FROM stated.indicator
    WHERE value_qualifier IS NOT NULL
    UNION ALL
    SELECT 'relation', relation_id, unit, source_line
    FROM stated.relation
    WHERE value_qualifier IS NOT NULL
),
counted AS (
    SELECT table_name, series, unit, count(*) AS uses
    FROM measured
    WHERE unit IS NOT NULL
    GROUP BY table_name, series, unit
),
ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY table_name, series ORDER BY uses DESC, unit) AS place,
        count(*) OVER (PARTITION BY table_name, series, uses) AS n_equal
    FROM counted
),
judged AS (
    SELECT
        m.*,
        u.unit AS usual_unit,
        u.n_equal > 1 AS is_tied,
        '_' || m.series || '_' LIKE '%\_' || replace(m.unit, '_', '\_') || '\_%' ESCAPE '\'
            AND (m.unit <> 'pct' OR m.series NOT LIKE '%\_pct\_gdp%' ESCAPE '\') AS is_named,
        m.unit IN ('all', 'bam', 'eur', 'mkd', 'rsd', 'usd') AND regexp_matches(m.series, '(expenditure|budget|spending)')
            AND NOT regexp_matches(m.series, '_(current|[0-9]{4}_prices)(_|$)') AS lacks_base
    FROM measured m
    LEFT JOIN ranked u ON u.table_name = m.table_name AND u.series = m.series AND u.place = 1
)
SELECT DISTINCT
    table_name,
    source_line,
    'unit' AS column_name,
    unit AS value,
    CASE
        WHEN unit IS NULL THEN 'empty beside a value; name its unit'
        WHEN unit <> usual_unit AND is_tied THEN
            'other values of ' || series || ' are in ' || usual_unit
            || '; one series has one unit, so give one of them a code of its own'
        WHEN unit <> usual_unit THEN
            'most values of ' || series || ' are in ' || usual_unit
            || '; convert this one only if its document does, or give it a code of its own'
        WHEN NOT is_named THEN
            'the code ' || series || ' does not name this unit; rename one of the two, such as debt_eur with eur'
        ELSE
            'the code ' || series || ' names no price base; end it with _current, or with a year as in _2015_prices'
    END AS message
FROM judged
WHERE unit IS NULL
   OR unit <> usual_unit
   OR (table_name = 'indicator' AND (unit <> 'persons' AND NOT is_named OR lacks_base))
