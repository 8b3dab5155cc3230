-- line: Coverage: dated things by year since 1990
SELECT 'dated things' AS series, CAST(year(date_earliest) || '-07-01' AS DATE) AS x, count(*) AS y
FROM timeline
WHERE date_earliest >= DATE '1990-01-01'
GROUP BY x
ORDER BY x
