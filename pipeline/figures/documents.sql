-- composition: Documents by their Admiralty grade
SELECT d.reliability AS grade, count(*) AS documents, coalesce(sum(c.claims), 0) AS "claims read in them"
FROM document AS d
LEFT JOIN (SELECT document_id, count(*) AS claims FROM claim GROUP BY document_id) AS c ON c.document_id = d.document_id
GROUP BY d.reliability
ORDER BY d.reliability
