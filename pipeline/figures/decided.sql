-- preprocessing: How a value was chosen where claims differ
SELECT replace(decided_by, '_', ' ') AS "decided by", count(*) AS cells
FROM conflict
GROUP BY decided_by
ORDER BY cells DESC, decided_by
