-- composition: Indicators of the six
SELECT
    i.indicator,
    min(date_part('year', i.period_earliest)) AS "first year",
    max(date_part('year', i.period_latest)) AS "last year",
    count(DISTINCT i.iso3) AS countries,
    (
        SELECT coalesce(string_agg(w.iso3, ', ' ORDER BY w.iso3), 'none')
        FROM country AS w
        WHERE w.is_wb6 AND w.iso3 NOT IN (SELECT j.iso3 FROM indicator AS j WHERE j.indicator = i.indicator)
    ) AS "countries without a value"
FROM indicator AS i
JOIN country AS c ON c.iso3 = i.iso3 AND c.is_wb6
GROUP BY i.indicator
ORDER BY i.indicator
