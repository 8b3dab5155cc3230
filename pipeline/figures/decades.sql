-- composition: When dated things began or happened
SELECT
    coalesce(CAST(CAST(floor(date_part('year', date_earliest) / 10) * 10 AS INTEGER) AS VARCHAR) || 's', 'no first day') AS decade,
    count(*) AS "rows of timeline"
FROM timeline
GROUP BY 1
ORDER BY 1
