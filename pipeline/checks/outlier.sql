-- warning in deployment, indicator, mission_strength: a published value is near its neighbours in its series, or a note
-- of its row says why it stands, after the word "Outlier:".
--
-- One row per value more than twice, or less than half, of both neighbours; persons differ by ten at least.
WITH points AS (
    SELECT 'mission_strength' AS table_name, 'personnel' AS column_name, mission_id AS series, as_of AS date,
           as_of_earliest AS day, CAST(personnel AS DOUBLE) AS value, 10 AS least_difference
    FROM mission_strength
    UNION ALL
    SELECT 'deployment', 'personnel', concat_ws('|', iso3, array_to_string(missions, '; '), location_iso3, unit), as_of,
           as_of_earliest, CAST(personnel AS DOUBLE), 10
    FROM deployment
    UNION ALL
    SELECT 'indicator', 'value', concat_ws('|', iso3, indicator, counterpart), period, period_earliest, value, 0
    FROM indicator
),
claimed AS (
    SELECT 'mission_strength' AS table_name, mission_id AS series, as_of AS date, CAST(personnel AS DOUBLE) AS value,
           note, source_line
    FROM stated.mission_strength
    UNION ALL
    SELECT 'deployment', concat_ws('|', iso3, array_to_string(missions, '; '), location_iso3, unit), as_of,
           CAST(personnel AS DOUBLE), note, source_line
    FROM stated.deployment
    UNION ALL
    SELECT 'indicator', concat_ws('|', iso3, indicator, counterpart), period, value, note, source_line
    FROM stated.indicator
),
neighboured AS (
    SELECT
        *,
        lag(value) OVER in_time AS before,
        lag(date) OVER in_time AS before_date,
        lead(value) OVER in_time AS after,
        lead(date) OVER in_time AS after_date
    FROM points
    WHERE value IS NOT NULL
    WINDOW in_time AS (PARTITION BY table_name, series ORDER BY day, date)
),
outliers AS (
    SELECT
        *,
        regexp_replace(CAST(value AS VARCHAR), '[.]0$', '') AS shown,
        regexp_replace(CAST(before AS VARCHAR), '[.]0$', '') || ' in ' || before_date AS shown_before,
        regexp_replace(CAST(after AS VARCHAR), '[.]0$', '') || ' in ' || after_date AS shown_after
    FROM neighboured
    WHERE (value > 2 * greatest(before, after) AND value - greatest(before, after) >= least_difference)
       OR (value < least(before, after) / 2 AND least(before, after) - value >= least_difference)
),
answered AS (
    SELECT table_name, series, date, value, min(source_line) AS source_line,
           max(CASE WHEN note LIKE '%Outlier:%' THEN 1 ELSE 0 END) AS is_answered
    FROM claimed
    GROUP BY table_name, series, date, value
)
SELECT
    o.table_name,
    a.source_line,
    o.column_name,
    o.shown AS value,
    'far from its neighbours, ' || o.shown_before || ' and ' || o.shown_after
        || '; look it up again, and correct it, or say in note why it stands, after the word Outlier:' AS message
FROM outliers o
JOIN answered a ON a.table_name = o.table_name AND a.series = o.series AND a.date = o.date AND a.value = o.value
WHERE a.is_answered = 0 AND o.before IS NOT NULL AND o.after IS NOT NULL
