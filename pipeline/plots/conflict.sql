-- bars: Conflicts by what decided them
SELECT 'conflicts' AS series, replace(decided_by, '_', ' ') AS x, count(*) AS y
FROM conflict
GROUP BY x
ORDER BY y DESC, x
