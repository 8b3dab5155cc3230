-- bars: Claims by document, the twenty most cited
SELECT 'claims' AS series, document_id AS x, count(*) AS y
FROM claim
GROUP BY document_id
ORDER BY y DESC, x
LIMIT 20
