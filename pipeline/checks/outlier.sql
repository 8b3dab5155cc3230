-- warning in deployment, indicator, mission_strength: a published value is near its neighbours in its series, or a note
-- of its row says why it stands, after the word "Outlier:".
--
-- One row per value more than twice, or less than half, of both neighbours in time; contingents and strengths differ by ten
-- people at least.
-- The first and the last value have the two nearest for neighbours, the nearest within three years; they may differ thrice.
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
told AS (
    SELECT
        *,
        CASE WHEN value = floor(value) THEN CAST(CAST(value AS BIGINT) AS VARCHAR)
            ELSE regexp_replace(CAST(CAST(value AS DECIMAL(24, 6)) AS VARCHAR), '0+$', '') END AS shown
    FROM points
    WHERE value IS NOT NULL
),
placed AS (
    SELECT
        *,
        coalesce(lag(value) OVER in_time, lead(value, 2) OVER in_time) AS value_one,
        coalesce(lag(date) OVER in_time, lead(date, 2) OVER in_time) AS date_one,
        coalesce(lag(shown) OVER in_time, lead(shown, 2) OVER in_time) AS shown_one,
        coalesce(lead(value) OVER in_time, lag(value, 2) OVER in_time) AS value_other,
        coalesce(lead(date) OVER in_time, lag(date, 2) OVER in_time) AS date_other,
        coalesce(lead(shown) OVER in_time, lag(shown, 2) OVER in_time) AS shown_other,
        CASE WHEN lag(value) OVER in_time IS NULL OR lead(value) OVER in_time IS NULL THEN 3 ELSE 2 END AS times,
        coalesce(lag(day) OVER in_time, day) AS day_before,
        coalesce(lead(day) OVER in_time, day) AS day_after
    FROM told
    WINDOW in_time AS (PARTITION BY table_name, series ORDER BY day NULLS LAST, date)
),
neighboured AS (
    SELECT *, greatest(value_one, value_other) AS higher, least(value_one, value_other) AS lower
    FROM placed
    WHERE value_one IS NOT NULL AND value_other IS NOT NULL
      AND (times = 2 OR (day_before + INTERVAL 3 YEAR > day AND day + INTERVAL 3 YEAR > day_after))
),
outliers AS (
    SELECT *
    FROM neighboured
    WHERE (value > times * higher AND value - higher >= least_difference)
       OR (value < lower / times AND lower - value >= least_difference)
),
answered AS (
    SELECT table_name, series, date, value, min(source_line) AS source_line,
           max(CASE WHEN lower(note) LIKE '%outlier: ___%' THEN 1 ELSE 0 END) AS is_answered
    FROM claimed
    GROUP BY table_name, series, date, value
)
SELECT
    o.table_name,
    a.source_line,
    o.column_name,
    o.shown AS value,
    'far from its neighbours, ' || o.shown_one || ' in ' || o.date_one || ' and ' || o.shown_other || ' in ' || o.date_other
        || '; look it up again, and correct it, or say in note why it stands, after the word Outlier:' AS message
FROM outliers o
JOIN answered a ON a.table_name = o.table_name AND a.series = o.series AND a.date = o.date AND a.value = o.value
WHERE a.is_answered = 0
