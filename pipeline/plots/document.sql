-- bars: Documents by year of issue, the latest twenty-five years
SELECT 'documents' AS series, CAST(year(issued_earliest) AS VARCHAR) AS x, count(*) AS y
FROM document
WHERE issued_earliest >= (SELECT max(issued_earliest) FROM document) - INTERVAL 25 YEAR
GROUP BY x
ORDER BY x
